// Loads the extension as VS Code does, without VS Code: what is imported of it is there and does nothing. Prints JSON.
const Module = require('node:module');

const nothing = new Proxy(class {}, {
  get: (target, key) => (key === 'prototype' ? target.prototype : nothing),
  apply: () => nothing,
});
const load = Module._load;
Module._load = (request, ...rest) => (request === 'vscode' ? nothing : load(request, ...rest));

// An extension host has these already.
for (const name of ['child_process', 'crypto', 'fs/promises', 'stream/promises', 'timers/promises'])
  require(`node:${name}`);

const before = process.cpuUsage();
require('../dist/extension.js');
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpu_ms: (user + system) / 1000 }));

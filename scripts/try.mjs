// Sets up all it lacks, builds, and opens a VS Code with the extension on examples/.
//
//   npm run try [-- --no-open]
//
// A desktop VS Code is used when `code` is on PATH; else a VS Code server from npm, in the browser. --no-open prints the
// address only.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installDependencies } from './dependencies.mjs';
import { findProgram, installCommand } from './programs.mjs';
import { quietSettings } from './quietSettings.mjs';
import { startServer } from './startServer.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const examples = join(root, 'examples');
const say = (line) => console.log(line);

try {
  const { values: options } = parseArgs({ options: { 'no-open': { type: 'boolean', default: false } } });
  installDependencies(root, say);
  warnWithoutPython();
  await (findProgram('code') ? openDesktop() : openServer(!options['no-open']));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function warnWithoutPython() {
  if (findProgram('python3')) return;
  say(`python3 is missing: the Python examples will not run. Install it with: ${installCommand(['python3'])}`);
}

async function openDesktop() {
  say('Building…');
  run('esbuild.config.mjs', '--dev');
  say('Opening VS Code on examples/.');
  const { status } = spawnSync('code', [`--extensionDevelopmentPath=${root}`, examples], { stdio: 'inherit' });
  if (status !== 0) throw new Error('VS Code did not start: its output above says why.');
}

async function openServer(openBrowser) {
  say('Building…');
  run('scripts/package.mjs');
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP')]);
  const vsix = join(root, 'dist', 'flag-review.vsix');
  say('Starting VS Code…');
  const server = await startServer({ workspace: examples, vsix, settings: quietSettings, log: say });
  try {
    const address = `${server.origin}/?${new URLSearchParams({ folder: examples })}`;
    say(`\n  ${address}\n\nOpen calculator.demo.json and press Open Demo. Ctrl+C here ends VS Code.`);
    if (openBrowser) showInBrowser(address);
    await stopped;
    say('Ending VS Code…');
  } finally {
    await server.stop();
  }
}

function showInBrowser(address) {
  const hasDisplay = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay || !findProgram('xdg-open')) {
    say('There is no display here: open the address in a browser.');
    return;
  }
  const opener = spawn('xdg-open', [address], { stdio: 'ignore', detached: true });
  opener.on('error', (error) => say(`The browser did not open: ${error.message}`));
  opener.unref();
}

/** Runs a script of ours, whose output matters only when it fails. */
function run(script, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stdout}${stderr}${script} failed: its output above says why.`);
}

// Loaded with `node --require` before VS Code's server. The workbench of the npm build asks for a few things that only
// the wrapper of that package serves; /mint-key gives SecretStorage the key it encrypts with.
const { randomBytes } = require('node:crypto');
const { Server } = require('node:http');

const key = randomBytes(32);
const emptyIcon = '<svg xmlns="http://www.w3.org/2000/svg"/>';

const emit = Server.prototype.emit;
Server.prototype.emit = function (event, ...args) {
  if (event !== 'request') return emit.call(this, event, ...args);
  const [request, response] = args;
  const answer = answerTo(new URL(request.url, 'http://localhost').pathname);
  if (!answer) return emit.call(this, event, ...args);
  response.writeHead(200, { 'Content-Type': answer.type, ...answer.headers });
  response.end(answer.body);
  return true;
};

function answerTo(path) {
  if (path === '/mint-key') return { type: 'application/octet-stream', body: key };
  if (path === '/manifest.json') return { type: 'application/json', body: '{}' };
  if (path.endsWith('/serviceWorker.js')) {
    return { type: 'text/javascript', body: '', headers: { 'Service-Worker-Allowed': '/' } };
  }
  if (path.startsWith('/_static/')) return { type: 'image/svg+xml', body: emptyIcon };
  return undefined;
}

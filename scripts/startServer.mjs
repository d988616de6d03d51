// Starts the cached VS Code server on a free loopback port, with data folders of its own that end with it.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vscodeServer } from './vscodeServer.mjs';

const shim = fileURLToPath(new URL('./serverShim.cjs', import.meta.url));
const startLimit = 60_000;
const stopLimit = 5_000;

/**
 * @typedef {object} ServerOptions
 * @property {string} workspace the folder that windows open; also the server's working directory
 * @property {string} [vsix] an extension to install first
 * @property {Record<string, unknown>} [settings] user settings
 * @property {boolean} [trust] whether every folder is trusted; true by default
 * @property {NodeJS.ProcessEnv} [env] the environment of the server and its extension hosts
 * @property {string[]} [args] more arguments for the server
 * @property {(line: string) => void} [log] told about an installation
 *
 * @typedef {object} VscodeServer
 * @property {string} origin such as `http://127.0.0.1:43211`
 * @property {string} workspace
 * @property {number} pid of the server; its process group holds all that it started
 * @property {() => string} output what the server printed
 * @property {() => Record<string, string>} logs the log files of windows, extension hosts and extensions, by path
 * @property {string} data holds all that the server and its windows keep
 * @property {() => Promise<void>} stop ends the whole process group and removes the data folders
 */

/**
 * Installs the server when needed, starts it, and waits until it answers.
 *
 * @param {ServerOptions} options
 * @returns {Promise<VscodeServer>}
 */
export async function startServer({ workspace, vsix, settings = {}, trust = true, env = process.env, args = [], log }) {
  const { node, main } = vscodeServer({ log });
  const base = mkdtempSync(join(tmpdir(), 'flag-review-'));
  const data = join(base, 'data');
  mkdirSync(join(data, 'User'), { recursive: true });
  const userSettings = { 'security.workspace.trust.enabled': !trust, ...settings };
  writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify(userSettings, null, 2));
  const folders = ['--extensions-dir', join(base, 'extensions'), '--user-data-dir', data];
  folders.push('--server-data-dir', join(base, 'server'));
  if (vsix) execFileSync(node, [main, '--install-extension', vsix, ...folders], { env, stdio: 'pipe' });

  const running = spawnServer(node, ['--require', shim, main, ...serverArguments(trust), ...args, ...folders], {
    cwd: workspace,
    env,
  });
  const stop = async () => {
    await running.stop();
    rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const origin = `http://127.0.0.1:${await running.port}`;
    await answers(origin);
    const logs = () => readLogs(join(data, 'logs'));
    return { origin, workspace, pid: running.pid, output: running.output, logs, data: base, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments(trust) {
  return [
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--log', 'info'],
    ...(trust ? ['--disable-workspace-trust'] : []),
  ];
}

/** A process group of its own, so that nothing it starts outlives it, even when this process exits by itself. */
function spawnServer(node, args, options) {
  const child = spawn(node, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const killAll = () => signalGroup(child.pid, 'SIGKILL');
  process.once('exit', killAll);
  const exited = new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  let output = '';
  const port = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`VS Code was not up in time.\n${output}`)), startLimit);
    const read = (chunk) => {
      output += chunk;
      const [, found] = /Extension host agent listening on (\d+)/.exec(output) ?? [];
      if (!found) return;
      clearTimeout(timer);
      resolve(Number(found));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then((reason) => {
      clearTimeout(timer);
      reject(new Error(`VS Code ended (${reason}).\n${output}`));
    });
  });
  const stop = async () => {
    signalGroup(child.pid, 'SIGTERM');
    const timer = setTimeout(killAll, stopLimit);
    await exited;
    clearTimeout(timer);
    killAll();
    process.off('exit', killAll);
  };
  return { pid: child.pid, port, output: () => output, stop };
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** The port is open before the workbench's page is served. */
async function answers(origin) {
  for (const end = Date.now() + startLimit; ;) {
    const response = await fetch(origin).catch(() => undefined);
    if (response?.ok) return;
    if (Date.now() > end) throw new Error(`VS Code does not answer at ${origin}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function readLogs(folder) {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.log'));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

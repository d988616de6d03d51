// Installs a real VS Code server from the npm registry, once per machine, in a cache outside the repository.
//
//   node scripts/vscodeServer.mjs [newest|oldest]
//
// Two small native modules are compiled with the machine's own make, g++ and python3.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findProgram, requirePrograms } from './programs.mjs';

/** code-server 4.X.Y carries VS Code 1.X; `node` is the release that its manifest asks for. */
const builds = {
  newest: { codeServer: '4.139.1', node: '24.21.0' },
  oldest: { codeServer: '4.100.3', node: '20.20.2' },
};
const ripgrep = '1.18.0';
/** Raise when the steps below change: the number is part of the cache folder's name. */
const recipe = 1;

/** Parts that nothing here uses, 360 MB: agents, sandboxes and other systems' programs. */
const unusedModules = ['@github/copilot-sdk-linux-x64', '@microsoft/mxc-sdk'];
const unusedExtensions = ['copilot', 'mermaid-markdown-features'];

/**
 * The folder of a VS Code server, its node, and the script to start; installed first when it is not in the cache.
 *
 * @param {{ build?: string, log?: (line: string) => void }} [options] `build` is `newest` (default) or `oldest`
 * @returns {{ dir: string, node: string, main: string }}
 */
export function vscodeServer({ build = process.env.FLAG_REVIEW_VSCODE || 'newest', log = () => {} } = {}) {
  const versions = builds[build];
  if (!versions) throw new Error(`There is no VS Code build "${build}": say ${Object.keys(builds).join(' or ')}.`);
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'flag-review', 'vscode');
  const dir = join(cache, `${versions.codeServer}-node${versions.node}-r${recipe}`);
  if (!existsSync(join(dir, 'ok'))) {
    if (process.platform !== 'linux')
      throw new Error('The npm build of VS Code runs on Linux only: use a desktop one.');
    requirePrograms('compile parts of the VS Code server', ['make', 'g++', 'python3', 'tar']);
    install(versions, cache, dir, log);
  }
  return { dir, node: join(dir, 'bin', 'node'), main: join(dir, 'vscode', 'out', 'server-main.js') };
}

/** Fills a temporary folder and renames it at the end: a run that was stopped leaves nothing that looks finished. */
function install(versions, cache, dir, log) {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, '.tmp-'));
  try {
    log('Installing a VS Code server (once per machine, about a minute)…');
    download(versions, work, log);
    const env = { PATH: `${join(work, 'bin')}:${process.env.PATH}`, npm_config_nodedir: join(work, 'node') };
    compile(join(work, 'vscode'), env, log);
    addRipgrep(work, log);
    prune(work);
    const { version } = JSON.parse(readFileSync(join(work, 'vscode', 'package.json'), 'utf8'));
    writeFileSync(join(work, 'ok'), `VS Code ${version}\n`);
    claim(work, dir);
    log(`VS Code ${version} is ready.`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Only files are taken from either package: no install script of theirs runs. */
function download({ codeServer, node }, work, log) {
  const system = `linux-${process.arch}`;
  writeFileSync(join(work, 'package.json'), '{ "private": true }');
  step(log, 'Downloading VS Code', 'npm', ['pack', `code-server@${codeServer}`, `node-${system}@${node}`], work);
  mkdirSync(join(work, 'node'));
  unpack(work, `code-server-${codeServer}.tgz`, ['--strip-components=2', 'package/lib/vscode']);
  unpack(work, `node-${system}-${node}.tgz`, ['-C', 'node', '--strip-components=1']);
  renameSync(join(work, 'node', 'bin'), join(work, 'bin'));
}

function compile(code, env, log) {
  const install = ['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  step(log, 'Installing what VS Code needs', 'npm', install, code, env);
  const modules = join(code, 'node_modules');
  const native = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog'].filter((name) =>
    existsSync(join(modules, name)),
  );
  step(log, 'Compiling native modules', 'npm', ['rebuild', '--ignore-scripts=false', ...native], code, env);
  // npm reports success for modules whose scripts a project's ignore-scripts kept from running.
  const missing = native.filter((name) => !existsSync(join(modules, name, 'build', 'Release')));
  if (missing.length > 0) throw new Error(`npm did not compile ${missing.join(', ')}.`);
  // The published build looks for an archive that npm does not carry.
  if (!existsSync(join(code, 'node_modules.asar'))) symlinkSync('node_modules', join(code, 'node_modules.asar'));
}

/** Old builds download their search program in an install script; new ones carry it for every system. */
function addRipgrep(work, log) {
  const system = `linux-${process.arch}`;
  const modules = join(work, 'vscode', 'node_modules');
  const target = join(modules, '@vscode', 'ripgrep');
  if (existsSync(target) && !existsSync(join(target, 'bin', 'rg'))) {
    step(log, 'Downloading ripgrep', 'npm', ['pack', `@vscode/ripgrep-${system}@${ripgrep}`], work);
    unpack(work, `vscode-ripgrep-${system}-${ripgrep}.tgz`, ['-C', target, '--strip-components=1', 'package/bin/rg']);
  }
  const universal = join(modules, '@vscode', 'ripgrep-universal', 'bin');
  if (!existsSync(universal)) return;
  for (const name of readdirSync(universal)) {
    if (name !== system) rmSync(join(universal, name), { recursive: true });
  }
}

function prune(work) {
  const code = join(work, 'vscode');
  const unused = [
    ...readdirSync(work).filter((name) => name.endsWith('.tgz')),
    'package.json',
    'node',
    ...unusedModules.map((name) => join('vscode', 'node_modules', name)),
    ...unusedExtensions.map((name) => join('vscode', 'extensions', name)),
  ];
  for (const name of unused) rmSync(join(work, name), { recursive: true, force: true });
  if (!existsSync(join(code, 'out', 'server-main.js'))) throw new Error('code-server no longer holds server-main.js.');
}

/** Of two runs at once the second finds the folder taken and throws its own copy away. */
function claim(work, dir) {
  try {
    renameSync(work, dir);
  } catch (error) {
    if (!existsSync(join(dir, 'ok'))) throw error;
  }
}

function unpack(work, archive, args) {
  execFileSync(findProgram('tar'), ['xzf', archive, ...args], { cwd: work, stdio: 'pipe' });
}

function step(log, name, command, args, cwd, env = {}) {
  log(`${name}…`);
  try {
    execFileSync(command, args, {
      cwd,
      env: { ...process.env, npm_config_loglevel: 'error', JOBS: 'max', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 26,
    });
  } catch (error) {
    throw new Error(`${name} failed.\n${error.stdout ?? ''}${error.stderr ?? ''}`, { cause: error });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(vscodeServer({ build: process.argv[2], log: (line) => console.error(line) }).dir);
}

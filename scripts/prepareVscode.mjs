// Makes ready what the tests in a real VS Code need: the server from npm, and Chromium from Debian.
import { execFileSync } from 'node:child_process';
import { findChromium } from './chromium.mjs';
import { findProgram } from './programs.mjs';
import { vscodeServer } from './vscodeServer.mjs';

/**
 * Installs what is missing, as far as this user may.
 *
 * @param {(line: string) => void} log
 * @returns {string | undefined} why the tests cannot run, and what to do
 */
export function prepareVscode(log) {
  try {
    if (!findChromium()) installChromium(log);
    vscodeServer({ log });
    return undefined;
  } catch (error) {
    return error.message;
  }
}

function installChromium(log) {
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) {
    throw new Error(`Chromium is missing. Install it with: sudo apt-get ${install.join(' ')}`);
  }
  log('Installing Chromium…');
  for (const args of [['update'], install]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

// Installs what package-lock.json names, when node_modules does not hold it.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs `npm ci` when node_modules is absent or older than the lock file.
 *
 * @param {string} root the repository
 * @param {(line: string) => void} log
 */
export function installDependencies(root, log) {
  // npm writes this file at the end of an installation.
  const installed = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  log('Installing dependencies with npm ci…');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm ci failed: its output above says why.');
}

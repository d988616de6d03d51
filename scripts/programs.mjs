// Finds the programs that the scripts call, and names the Debian package of a missing one.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian packages whose name is not the program's. */
const packages = { 'xdg-open': 'xdg-utils' };

/**
 * The path of a program on PATH.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export function findProgram(name) {
  const files = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder || '.', name));
  return files.find(isExecutable);
}

/**
 * Fails with the one command that installs all that is missing.
 *
 * @param {string} purpose what the programs are needed to do
 * @param {readonly string[]} names
 */
export function requirePrograms(purpose, names) {
  const missing = names.filter((name) => !findProgram(name));
  if (missing.length === 0) return;
  throw new Error(
    `${missing.join(', ')} is missing, needed to ${purpose}. Install it with: ${installCommand(missing)}`,
  );
}

/**
 * The Debian command that installs programs.
 *
 * @param {readonly string[]} names
 * @returns {string}
 */
export function installCommand(names) {
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  return `${sudo}apt-get install -y ${names.map((name) => packages[name] ?? name).join(' ')}`;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

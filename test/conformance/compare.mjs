// Two directories are the same when their files have the same names and bytes, random directory names aside.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Folders that Gradio names at random: of a file, and of a flag that has one of its own. */
const randomNames = [
  [/(?<=[\\/])[0-9a-f]{20}(?=[\\/])/g, '<HEX20>'],
  [/(?<=[\\/"])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=[\\/])/g, '<UUID>'],
];

/** The first difference, or undefined. Flag logs are shown, other files only named. */
export function difference(expected, actual) {
  const [wanted, found] = [filesOf(expected), filesOf(actual)];
  const names = [...new Set([...wanted.keys(), ...found.keys()])].sort();
  for (const name of names) {
    const [want, have] = [wanted.get(name), found.get(name)];
    if (want === undefined) return `${name} should not be there`;
    if (have === undefined) return `${name} is missing`;
    if (want !== have) return name + firstDifference(want, have);
  }
  return undefined;
}

/** The surroundings of the first byte that differs. */
function firstDifference(want, have) {
  let at = 0;
  while (want[at] === have[at]) at++;
  const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 80), at + 80));
  return ` at byte ${at}:\n  Gradio ${around(want)}\n  ours   ${around(have)}`;
}

/** Masked path to masked content, as text of one character a byte; files of one masked path are joined in order. */
function filesOf(directory) {
  const files = new Map();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = masked(`/${relative(directory, path)}`);
    const content = masked(readFileSync(path, 'latin1'));
    files.set(name, [...(files.get(name) ?? []), content].sort());
  }
  return new Map([...files].map(([name, contents]) => [name, contents.join('\n')]));
}

function masked(text) {
  return randomNames.reduce((all, [pattern, name]) => all.replaceAll(pattern, name), text);
}

import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file so that it has either its old text or all of the new one, whenever the machine stops. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  await rm(temporary, { force: true });
  await writeFile(temporary, text, { flag: 'wx', flush: true });
  await rename(temporary, path);
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

/** Writes files into folders that are gone after each test. */
export function testFiles(): (name: string, content: string | Buffer) => Promise<string> {
  const folders: string[] = [];
  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
  });
  return async (name, content) => {
    const folder = await mkdtemp(join(tmpdir(), 'dataset-'));
    folders.push(folder);
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
}

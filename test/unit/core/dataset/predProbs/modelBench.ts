import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach } from 'vitest';
import type { WorkerServices } from '../../../../../extension/core/demo/runners/createRunner';
import { findPython } from '../../../../../extension/core/demo/runners/pythonInterpreter';
import { silentLog } from '../../../../../extension/core/log';

/** A folder with models, and what runs them. */
export interface ModelBench {
  readonly folder: string;
  readonly services: WorkerServices;
  readonly write: (name: string, text: string) => Promise<string>;
}

/** Makes benches that are gone after each test. */
export function modelBenches(javascriptWorker = 'none'): () => Promise<ModelBench> {
  const folders: string[] = [];
  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'model-'));
    folders.push(folder);
    const services = {
      log: silentLog,
      cwd: folder,
      workers: { pythonWorker: resolve('python/worker.py'), javascriptWorker, classifierWorker: 'none' },
      python: () => findPython({ baseDir: folder, folders: [], environment: process.env }),
    };
    const write = async (name: string, text: string): Promise<string> => {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      return path;
    };
    return { folder, services, write };
  };
}

import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll } from 'vitest';

const folders = {
  javascriptWorker: 'demo',
  classifierWorker: 'demo',
  foldWorker: 'labels',
  engineWorker: 'review/engine',
};

/** Bundles a worker before the tests of a file. @returns its path */
export function workerBundle(name: keyof typeof folders): string {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'));
  const outfile = join(folder, `${name}.cjs`);
  beforeAll(async () => {
    await build({
      entryPoints: [`extension/core/${folders[name]}/${name}.ts`],
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    return () => rmSync(folder, { recursive: true });
  });
  return outfile;
}

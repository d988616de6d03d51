import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll } from 'vitest';

/** Bundles a worker before the tests of a file. @returns its path */
export function workerBundle(name: 'javascriptWorker' | 'classifierWorker' | 'foldWorker'): string {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'));
  const outfile = join(folder, `${name}.cjs`);
  beforeAll(async () => {
    await build({
      entryPoints: [`extension/core/${name === 'foldWorker' ? 'labels' : 'demo'}/${name}.ts`],
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

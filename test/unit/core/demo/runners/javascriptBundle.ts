import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll } from 'vitest';

/** Bundles the worker before the tests of a file. @returns its path */
export function javascriptBundle(): string {
  const folder = mkdtempSync(join(tmpdir(), 'javascript-worker-'));
  const outfile = join(folder, 'javascriptWorker.cjs');
  beforeAll(async () => {
    await build({
      entryPoints: ['extension/core/demo/javascriptWorker.ts'],
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

import { execFileSync } from 'node:child_process';
import { defineConfig } from 'vitest/config';

/** Of the random cases of property tests: the first digits of the commit's tree, since rebasing does not change them. */
const seed = process.env.FLAG_REVIEW_SEED ?? String(Number.parseInt(treeOfHead().slice(0, 7), 16));
/** Long waits fail no test of a machine that is busy. */
const inNode = {
  env: { FLAG_REVIEW_SEED: seed },
  setupFiles: ['test/propertySeed.ts'],
  testTimeout: 60_000,
  expect: { poll: { timeout: 20_000 } },
};

const jsx = { runtime: 'automatic', importSource: 'preact' };
const inVscode = {
  environment: 'node',
  fileParallelism: false,
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/{unit,hub}/**/*.test.ts'], environment: 'node', ...inNode } },
      {
        oxc: { jsx },
        test: { name: 'webview', include: ['test/webview/**/*.test.{ts,tsx}'], environment: 'happy-dom', ...inNode },
      },
      { test: { name: 'bench', include: ['bench/**/*.measure.ts'], ...inVscode } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...inVscode } },
      { test: { name: 'pictures', include: ['test/e2e/**/*.picture.ts'], ...inVscode } },
    ],
  },
});

/** Not every copy of the sources is a repository. */
function treeOfHead() {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD^{tree}'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '1';
  }
}

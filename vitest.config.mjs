import { defineConfig } from 'vitest/config';

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
      { test: { name: 'unit', include: ['test/{unit,hub}/**/*.test.ts'], environment: 'node', testTimeout: 30_000 } },
      {
        oxc: { jsx },
        test: { name: 'webview', include: ['test/webview/**/*.test.{ts,tsx}'], environment: 'happy-dom' },
      },
      { test: { name: 'bench', include: ['bench/**/*.measure.ts'], ...inVscode } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...inVscode } },
      { test: { name: 'pictures', include: ['test/e2e/**/*.picture.ts'], ...inVscode } },
    ],
  },
});

// One list of targets and a loop. `--watch` rebuilds on change, `--dev` keeps names and source maps.
import { context } from 'esbuild';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path, { basename, resolve } from 'node:path';

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

/** The toolkit asks for `:focus-visible` by a style element, which the pages' content security policy refuses. */
const withoutStyleProbe = {
  name: 'without-style-probe',
  setup(build) {
    build.onLoad({ filter: /fast-web-utilities[\\/]dist[\\/]dom\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace('let _canUseFocusVisible;', 'let _canUseFocusVisible = true;');
      if (contents === source) throw new Error(`${path} has changed: find its new answer to canUseFocusVisible.`);
      return { contents };
    });
  },
};

/** Modules that are loaded on first use only: a dynamic import of one becomes one of its bundle. */
const lazyModules = [
  'extension/core/dataset/parquet.ts',
  'extension/core/dataset/parquetWriter.ts',
  'extension/core/flagging/doctor/checkLog.ts',
  'extension/core/flagging/merge/merging.ts',
  'extension/core/hub/client/hubClient.ts',
  'extension/core/hub/pull/pulling.ts',
  'extension/core/hub/push/pushing.ts',
  'extension/core/hub/saver/sending.ts',
  'extension/core/review/apply/corrections.ts',
  'extension/core/review/datasetReview.ts',
  'extension/core/review/diff/diffDataset.ts',
  'extension/core/review/ledger/datasetAgreement.ts',
  'extension/core/review/searchGuess.ts',
];
const lazyBundles = new Map(lazyModules.map((file) => [basename(file, '.ts'), `${basename(file, '.ts')}.cjs`]));

const withLazyBundles = {
  name: 'lazy-bundles',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, kind }) => {
      const bundle = kind === 'dynamic-import' ? lazyBundles.get(basename(path)) : undefined;
      return bundle ? { path: `./${bundle}`, external: true } : undefined;
    });
  },
};

/**
 * Modules by the names of what they export. Else every file that imports all of one would get a copy of it, which takes
 * more time than all the rest of the loading.
 */
const namesOf = {
  vscode: async () => {
    const types = await readFile('node_modules/@types/vscode/index.d.ts', 'utf8');
    const declared = /^\texport (?:abstract )?(?:class|enum|namespace|const|let|function) (\w+)/gm;
    return new Set([...types.matchAll(declared)].map(([, name]) => name));
  },
  'node:path': () => Object.keys(path),
};

const modulesByName = {
  name: 'modules-by-name',
  setup(build) {
    const namespace = 'by-name';
    build.onResolve({ filter: new RegExp(`^(?:${Object.keys(namesOf).join('|')})$`) }, ({ path, namespace: from }) =>
      from === namespace ? { path, external: true } : { path, namespace },
    );
    build.onLoad({ filter: /.*/, namespace }, async ({ path }) => {
      const names = await namesOf[path]();
      return { contents: `export const { ${[...names].join(', ')} } = require('${path}');` };
    });
  },
};

/** The module `host-tests`: every test file in test/host, found when the suite is built. */
const hostTests = {
  name: 'host-tests',
  setup(build) {
    build.onResolve({ filter: /^host-tests$/ }, ({ path }) => ({ path, namespace: 'host-tests' }));
    build.onLoad({ filter: /.*/, namespace: 'host-tests' }, () => {
      const files = readdirSync('test/host', { recursive: true }).filter((file) => file.endsWith('.test.ts'));
      const contents = files.map((file) => `import './${file.replaceAll('\\', '/')}';`).join('\n');
      return { contents, resolveDir: resolve('test/host') };
    });
  },
};

// Of packages with two builds we take the modules: jsonc-parser's other one has requires that no bundler can follow.
const node = {
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  plugins: [withLazyBundles],
};
const page = {
  platform: 'browser',
  format: 'iife',
  target: 'chrome128',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  plugins: [withoutStyleProbe],
};

const targets = [
  {
    ...node,
    entryPoints: ['extension/extension.ts'],
    outfile: 'dist/extension.js',
    plugins: [withLazyBundles, modulesByName],
  },
  { ...node, entryPoints: ['extension/cli.ts'], outfile: 'dist/cli.cjs', banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: ['extension/core/demo/javascriptWorker.ts'], outfile: 'dist/javascriptWorker.cjs' },
  { ...node, entryPoints: ['extension/core/demo/classifierWorker.ts'], outfile: 'dist/classifierWorker.cjs' },
  { ...node, entryPoints: ['extension/core/labels/foldWorker.ts'], outfile: 'dist/foldWorker.cjs' },
  { ...node, entryPoints: ['extension/core/review/engine/engineWorker.ts'], outfile: 'dist/reviewWorker.cjs' },
  { ...node, entryPoints: ['extension/core/flagging/replay/pixels.ts'], outfile: 'dist/pixels.cjs' },
  ...lazyModules.map((file) => ({ ...node, entryPoints: [file], outfile: `dist/${basename(file, '.ts')}.cjs` })),
  { ...page, entryPoints: ['webview/demo/main.tsx'], outfile: 'dist/demo.js' },
  { ...page, entryPoints: ['webview/log/main.tsx'], outfile: 'dist/log.js' },
  { ...page, entryPoints: ['webview/replay/main.tsx'], outfile: 'dist/replay.js' },
  { ...page, entryPoints: ['webview/review/main.tsx'], outfile: 'dist/review.js' },
  { ...node, entryPoints: ['test/unit/core/flagging/writer.ts'], outfile: 'dist/test/writer.cjs', testOnly: true },
  { ...node, entryPoints: ['test/hub/main.ts'], outfile: 'dist/test/hub.cjs', testOnly: true },
  {
    ...node,
    entryPoints: ['test/host/index.ts'],
    outfile: 'dist/test/host.cjs',
    external: ['vscode', 'mocha'],
    plugins: [withLazyBundles, hostTests],
    testOnly: true,
  },
];

if (!watch) rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });

for (const { testOnly = false, ...target } of targets) {
  const building = await context({
    ...target,
    bundle: true,
    minify: !dev && !testOnly,
    sourcemap: dev || testOnly,
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': dev ? '"development"' : '"production"' },
  });
  if (watch) await building.watch();
  else {
    await building.rebuild();
    await building.dispose();
  }
}

// Every check of the project, whatever the machine has at first; ends with `N passed, N failed`.
//
//   npm test [-- --only lint,unit] [-- --conformance]
//
// A stage that fails does not keep the next from running. The conformance with the real Gradio packages runs in CI, or
// when asked for.
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installDependencies } from './dependencies.mjs';
import { countStage, runStage } from './stages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const results = join(root, 'test-results');
const node = process.execPath;
const npm = (script) => ['npm', 'run', '--silent', script];
const vitest = (project) => [
  ...[node, 'node_modules/vitest/vitest.mjs', 'run', '--project', project, '--reporter=default'],
  ...['--reporter=json', `--outputFile.json=${join(results, `${project}.json`)}`],
];

/** More failed files than these are no chance. */
const mostTriedAgain = 4;

/**
 * In the order of running: the end-to-end tests install the VSIX that `package` makes. `counted` stages hold tests. A file
 * of a stage that is `triedAgain` may fail by what a busy machine does to a whole VS Code, so it gets one more try.
 */
const stages = [
  { name: 'format:check', command: npm('format:check') },
  { name: 'lint', command: npm('lint') },
  { name: 'typecheck', command: npm('typecheck') },
  { name: 'build', command: npm('build') },
  { name: 'unit', command: vitest('unit'), counted: 'vitest' },
  { name: 'webview', command: vitest('webview'), counted: 'vitest' },
  { name: 'package', command: npm('package') },
  { name: 'host', command: [node, 'test/host/run.mjs'], counted: 'lastLine', needsWindow: true },
  { name: 'e2e', command: vitest('e2e'), counted: 'vitest', needsWindow: true, triedAgain: true },
  { name: 'conformance', command: [node, 'test/conformance/run.mjs', '--quick'], counted: 'lastLine', onRequest: true },
];

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, conformance: { type: 'boolean', default: Boolean(process.env.CI) } },
});
const chosen = chooseStages();
process.chdir(root);
mkdirSync(results, { recursive: true });
installDependencies(root, console.log);
const obstacle = chosen.some(({ needsWindow }) => needsWindow) ? await prepareWindow() : undefined;

const tally = { passed: 0, failed: 0, skipped: 0 };
for (const stage of chosen) {
  const counts = stage.needsWindow && obstacle ? skip(stage, obstacle) : await measure(stage);
  for (const key of Object.keys(tally)) tally[key] += counts[key];
}
console.log(`\n${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}`);
process.exitCode = tally.failed > 0 ? 1 : 0;

function chooseStages() {
  const names = options.only?.split(',');
  const unknown = names?.filter((name) => !stages.some((stage) => stage.name === name)) ?? [];
  if (unknown.length > 0) {
    console.error(`No stage ${unknown.join(', ')}: there are ${stages.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  return stages.filter(({ name, onRequest }) => names?.includes(name) ?? (!onRequest || options.conformance));
}

/** Imported late: it needs the dependencies. @returns why the stages in VS Code cannot run, if so */
async function prepareWindow() {
  const { prepareVscode } = await import('./prepareVscode.mjs');
  return prepareVscode(console.log);
}

/** In CI nothing may be left out unseen. */
function skip({ name }, why) {
  const failed = process.env.CI ? 1 : 0;
  console.log(`${failed ? '✗' : '-'} ${name} did not run: ${why}`);
  return { passed: 0, failed, skipped: 1 - failed };
}

async function measure(stage) {
  const started = performance.now();
  const first = await attempt(stage, stage.command);
  const mayFlake = stage.triedAgain && first.failedFiles.length > 0 && first.failedFiles.length <= mostTriedAgain;
  const counts = mayFlake ? await tryAgain(stage, first) : first;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const tests = stage.counted ? `: ${counts.passed} passed, ${counts.failed} failed` : '';
  console.log(`${counts.failed > 0 ? '✗' : '✓'} ${stage.name}${tests} (${seconds} s)`);
  return counts;
}

async function attempt(stage, command) {
  const { status, output } = await runStage(command);
  const counts = countStage(stage, status, output, join(results, `${stage.name}.json`));
  if (counts.failed > 0) console.log(`\n${output.trimEnd()}\n`);
  return counts;
}

/** Both tries are shown: a file that needs two is a fault to be found. */
async function tryAgain(stage, { passed, failed, failedFiles }) {
  const files = failedFiles.map(({ name }) => name);
  console.log(`! ${stage.name}: ${failed} failed, tried again: ${files.map((file) => basename(file)).join(', ')}`);
  const second = await attempt(stage, [...stage.command, ...files]);
  const elsewhere = failedFiles.reduce((rest, file) => rest - file.passed, passed);
  return { ...second, passed: elsewhere + second.passed };
}

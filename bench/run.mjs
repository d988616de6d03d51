// Measures the product and, in the same run, its peers; prints figures and ratios, never a verdict.
//
//   npm run bench -- [--without-vscode] [--labels] [--large] [--apply MiB] [--hub MiB]
//
// --labels measures label errors alone, --large a CSV of 2 GB as well, --apply corrections alone, of a CSV of that size,
// --hub pushes alone, of a file of that size.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { gradioEnvironment } from '../test/conformance/environments.mjs';
import { activated, loading } from './activation.mjs';
import { applied } from './apply.mjs';
import { hubPushes } from './hub.mjs';
import { labelErrors } from './labels.mjs';
import { liveOrder } from './liveOrder.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const rows = 100_000;
const rounds = 3;
const tableRows = 1_000_000;
/** 50 MB. */
const editRows = 520_000;
/** Of the CSV that is corrected. */
const correctedMebibytes = 1024;
/** Of the file that is pushed. */
const pushedMebibytes = 1024;
const { values: options } = parseArgs({
  options: {
    'without-vscode': { type: 'boolean', default: false },
    labels: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    apply: { type: 'string' },
    hub: { type: 'string' },
  },
});

process.chdir(root);
const work = mkdtempSync(join(tmpdir(), 'flag-review-bench-'));
try {
  console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}\n`);
  npm('package');
  if (options.apply !== undefined) await corrections(Number(options.apply));
  else if (options.hub !== undefined) await pushes(Number(options.hub));
  else await everything();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function everything() {
  sizes();
  loading({ measure, row });
  if (!options.labels) {
    await peers();
    await tables();
    await corrections(correctedMebibytes);
    await pushes(pushedMebibytes);
  }
  labelErrors({ measure, ours: await bundled('labels'), timed, row, ratio, work, large: options.large });
  liveOrder({ measure, ours: await bundled('liveOrder'), row, ratio, work });
  if (!options['without-vscode'] && !options.labels) inVscode();
}

async function corrections(mebibytes) {
  applied({ measure, ours: await bundled('apply'), timed, row, ratio, work, mebibytes });
}

async function pushes(mebibytes) {
  await hubPushes({ measure, ours: await bundled('hub'), row, ratio, work, mebibytes });
}

function sizes() {
  console.log('Size, KiB');
  for (const name of ['flag-review.vsix', 'extension.js', 'demo.js', 'cli.cjs', 'javascriptWorker.cjs']) {
    console.log(`  ${name.padEnd(24)} ${(statSync(join('dist', name)).size / 1024).toFixed(0).padStart(6)}`);
  }
}

/** Ours and Gradio in turn, so that a machine whose speed drifts slows both. */
async function peers() {
  const ours = await bundled('ours');
  const gradio = gradioEnvironment('6.25.0');
  const node = (...args) => measure(process.execPath, [ours, ...args]);
  const python = (...args) => (gradio.python ? measure(gradio.python, ['bench/gradio_peer.py', ...args]) : undefined);
  if (gradio.reason) console.log(`\nGradio is not measured: ${gradio.reason}`);

  const flags = { guide: [], 'gradio-6': [], first: [], peer: [] };
  const calls = { ours: [], peer: [] };
  for (let round = 0; round < rounds; round++) {
    for (const format of ['guide', 'gradio-6']) {
      const { flags_per_second, first_ms } = node('flags', join(work, `${format}-${round}`), format, `${rows}`, '500');
      flags[format].push(flags_per_second);
      flags.first.push(first_ms);
    }
    flags.peer.push(python('flags', join(work, `peer-${round}`), `${rows}`, '20')?.flags_per_second);
    calls.ours.push(node('calls', root, '300').median_ms);
    calls.peer.push(python('calls', '50')?.median_ms);
  }
  console.log(`\nFlags per second into a log of ${rows} rows (median of ${rounds}, lowest to highest)`);
  row('ours, layout of the guides', flags.guide);
  row('ours, gradio-6', flags['gradio-6']);
  row("Gradio's CSVLogger", flags.peer);
  ratio('ours (gradio-6) / Gradio', flags['gradio-6'], flags.peer);
  row('our first flag, which counts the rows, ms', flags.first);
  console.log('\nOne calculator call, ms (median of medians)');
  row('ours, warm Python worker', calls.ours);
  row('Gradio over loopback HTTP', calls.peer);
  ratio('Gradio / ours', calls.peer, calls.ours);
}

/** Our reader of CSV, csv-parse and Python's csv module in turn. */
async function tables() {
  const ours = await bundled('csv');
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  const node = (...args) => measure(process.execPath, [ours, ...args]);
  const python = (...args) => (hasPython ? measure('python3', ['bench/csv_peer.py', ...args]) : undefined);
  if (!hasPython) console.log("\nPython's csv module is not measured: there is no python3 on PATH.");

  const [long, large] = [join(work, 'long.csv'), join(work, 'large.csv')];
  node('write', long, `${tableRows}`);
  node('write', large, `${editRows}`);
  const reads = { indexFile: [], indexText: [], readCells: [], csvParse: [], python: [] };
  const edits = { ours: [], python: [] };
  for (let round = 0; round < rounds; round++) {
    for (const what of ['indexFile', 'indexText', 'readCells', 'csvParse']) {
      reads[what].push(counted(node(what, long)));
    }
    reads.python.push(hasPython ? counted(python('readCells', long)) : undefined);
    edits.ours.push(node('editCell', large).edit_ms);
    edits.python.push(python('editCell', large)?.edit_ms);
  }
  console.log(`\nRows per second, of ${tableRows} in ${mebibytes(long)} MiB`);
  row('ours, index of a file', reads.indexFile);
  row('ours, index of a text', reads.indexText);
  row('ours, every cell', reads.readCells);
  row('csv-parse, every cell', reads.csvParse);
  row("Python's csv, every cell", reads.python);
  ratio('index of a file / csv-parse', reads.indexFile, reads.csvParse);
  ratio("index of a file / Python's csv", reads.indexFile, reads.python);
  ratio('every cell / csv-parse', reads.readCells, reads.csvParse);
  ratio("every cell / Python's csv", reads.readCells, reads.python);
  console.log(`\nOne cell changed in ${mebibytes(large)} MiB, ms`);
  row('ours, the text and its index', edits.ours);
  row("Python's csv, read and written anew", edits.python);
  ratio('Python / ours', edits.python, edits.ours);
}

function counted({ records, per_second }) {
  if (records !== tableRows + 1) throw new Error(`There are ${records} records.`);
  return per_second;
}

function mebibytes(path) {
  return (statSync(path).size / 2 ** 20).toFixed(0);
}

function inVscode() {
  mkdirSync('test-results', { recursive: true });
  const env = { ...process.env, FLAG_REVIEW_MEASURES: work };
  const measured = (name) => JSON.parse(readFileSync(join(work, `${name}.json`), 'utf8'));
  run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'bench'], env);
  activated({ row, windows: measured('activation') });
  const { flagged, before, after } = measured('vscode');
  console.log('\nIn VS Code');
  console.log(
    `  extension host, MiB         RSS ${before.rss} → ${after.rss}, PSS ${before.pss} → ${after.pss} after ${flagged} runs and flags`,
  );
  openedLog(measured('openLog'));
  reviewed(measured('review'));
}

function reviewed({ candidates, tree, presses: [first, ...presses], movies }) {
  console.log(`\nIn VS Code, the review of ${candidates} candidates, ms`);
  row('the view, from its click to the pairs', [tree.view]);
  row('a pair, from its key to the first candidates', [tree.pair]);
  row('a decision, from its key to the next record', presses);
  row('… the first one', [first]);
  if (!movies) return;
  const { shown, errors, decided } = movies;
  console.log(`\nCandidates of IMDB, decided as people voted: ${errors} errors in ${decided}. The page says:`);
  for (const text of shown) console.log(`  ${text}`);
}

function openedLog({ rows, size, first, ours, text, mostRows, before, opened, scrolled }) {
  console.log(
    `\nIn VS Code, a log of ${rows} rows (${(size / 2 ** 20).toFixed(0)} MiB) from the key to its first rows, ms`,
  );
  row('ours, the first time, which loads the extension', [first]);
  row('ours, flag-log editor', ours);
  row("VS Code's text editor", text);
  ratio('ours / text editor', ours, text);
  console.log(`  most rows in the page while it is scrolled from the first to the last: ${mostRows}`);
  console.log(
    `  extension host, MiB         RSS ${before.rss} → ${opened.rss} opened → ${scrolled.rss} scrolled, PSS ${before.pss} → ${opened.pss} → ${scrolled.pss}`,
  );
}

/** A file of this folder as one that Node.js runs by itself. */
async function bundled(name) {
  const outfile = join(work, `${name}.cjs`);
  await build({
    entryPoints: [`bench/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return outfile;
}

function row(title, values) {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  if (known.length === 0) return;
  const text = known.map((value) => value.toFixed(value < 100 ? 2 : 0));
  console.log(`  ${title.padEnd(42)} ${text[text.length >> 1].padStart(8)}   (${text[0]} to ${text.at(-1)})`);
}

function ratio(title, above, below) {
  const ratios = above.map((value, round) => value / below[round]).filter(Number.isFinite);
  row(`${title}, ratio`, ratios);
}

function measure(command, args, env) {
  const lines = run(command, args, env).trim().split('\n');
  return JSON.parse(lines.find((line) => line.startsWith('{')) ?? '');
}

/** Seconds of a whole Node.js process, and the most memory that it had, MiB. */
function timed(...args) {
  const started = performance.now();
  const settings = { encoding: 'utf8' };
  const { status, stderr } = spawnSync(process.execPath, ['--require', './bench/peak.cjs', ...args], settings);
  if (status !== 0) throw new Error(`${args.join(' ')} failed\n${stderr}`);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, mib: Number(/peak (\d+)/.exec(stderr)?.[1] ?? NaN) / 1024 };
}

function npm(script) {
  run('npm', ['run', '--silent', script]);
}

function run(command, args, env = process.env) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed\n${stdout}${stderr}`);
  return stdout;
}

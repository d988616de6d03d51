// Writes the same samples through the real Gradio package and through ours, and compares the bytes; then compares how
// both convert the values of functions, how they read the logs, and what we merge of them; and label errors, and the
// probabilities before them, with those of cleanlab, numpy and scikit-learn; and what is on a Hub, with what `datasets`
// and `huggingface_hub` find there, and with what Gradio flags into it.
//
//   node test/conformance/run.mjs [--quick] [--seed N]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { difference } from './compare.mjs';
import { compareConversions } from './conversions.mjs';
import { environment, gradioEnvironment } from './environments.mjs';
import { compareHub } from './hub.mjs';
import { compareLabelErrors } from './labelErrors.mjs';
import { compareMerging } from './merging.mjs';
import { comparePredProbs } from './predProbs.mjs';
import { compareRealData } from './realData.mjs';
import { compareReading } from './reading.mjs';
import { randomCase, randomJsonText, randomness } from './samples.mjs';
import { compareSavers } from './saver.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
});
const targets = [
  {
    version: '4.44.1',
    format: 'gradio-4',
    log: { name: 'log.csv', era: 'E' },
    loggers: ['CSVLogger', 'SimpleCSVLogger'],
  },
  {
    version: '6.25.0',
    format: 'gradio-6',
    log: { name: 'dataset1.csv', era: 'F2' },
    loggers: ['CSVLogger', 'ClassicCSVLogger', 'SimpleCSVLogger'],
  },
];

const work = mkdtempSync(join(tmpdir(), 'flag-review-conformance-'));
const tally = { passed: 0, failed: 0 };
try {
  const ours = await bundled('ours.ts');
  for (const target of targets) await conform(target, ours);
  reportComparison('Merged logs', await mergedLogs(ours));
  reportComparison('Conversions', compareConversions());
  reportComparison('Hub', await hub());
  reportComparison('Flags on a Hub', await savers());
  reportComparison('Predicted probabilities', await predProbs());
  reportComparison('Label errors', await labelErrors());
  reportComparison('Label errors of real data', await realData());
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed > 0 ? 1 : 0;

async function conform({ version, format, loggers, log }, { writeCase, eraOf, writtenAsPython, readLog, parseJson }) {
  const { python, reason } = gradioEnvironment(version);
  if (!python) {
    console.log(`Gradio ${version} is skipped: ${reason}`);
    return;
  }
  const started = performance.now();
  const gradio = (cases) => runGradio(python, cases);
  const ours = (cases) => Promise.all(cases.map((one) => attempt(() => writeCase(one, format))));
  const random = randomness(Number(options.seed));
  const files = mediaFiles();
  const count = options.quick ? 60 : 250;
  const cases = (settings) =>
    loggers.flatMap((logger) =>
      Array.from({ length: count }, () => randomCase(random, { version, logger, files, ...settings })),
    );

  // The float layout of pydantic's compact JSON is that of the releases which Gradio 4 was made with.
  if (version === '4.44.1') {
    const texts = Array.from({ length: count * 20 }, () => randomJsonText(random));
    reportValues(texts, JSON.parse(run(python, 'json_values.py', texts)), texts.map(writtenAsPython));
  }

  const fresh = cases({ sessions: 1, relabelled: true });
  const expected = await place(fresh, `${version}-gradio`, gradio);
  report(`${version} new log`, fresh, expected, await place(fresh, `${version}-ours`, ours));

  detected(`${version} log recognised`, fresh, expected, log, eraOf);
  const readLogs = (logs) => run(python, 'read_logs.py', logs);
  const reading = { cases: fresh, written: expected, name: log.name, python: readLogs, readLog, parseJson };
  reportComparison(`${version} log read`, await compareReading(reading));

  const continued = cases({ sessions: 2, relabelled: false });
  const whole = await place(continued, `${version}-whole`, gradio);
  report(`${version} Gradio continues ours`, continued, whole, await inTurns(continued, `${version}-og`, ours, gradio));
  report(
    `${version} ours continues Gradio's`,
    continued,
    whole,
    await inTurns(continued, `${version}-go`, gradio, ours),
  );
  console.log(`Gradio ${version}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** The era of each log that the default logger of Gradio wrote is known from the log alone. */
function detected(title, cases, written, { name, era }, eraOf) {
  const logs = written.filter(({ error }, index) => !error && cases[index].logger === 'CSVLogger');
  const wrong = logs.filter(({ cwd, dir }) => eraOf({ cwd, dir }, name) !== era);
  for (const { cwd, dir } of wrong) fail(`${title}: ${eraOf({ cwd, dir }, name)} instead of ${era} in ${cwd}`);
  tally.passed += logs.length - wrong.length;
  console.log(`${title}: ${logs.length - wrong.length} of ${logs.length}`);
}

/** Writes each case into a directory of its own. */
async function place(cases, name, write) {
  const placed = cases.map((one, index) => ({ ...one, cwd: join(work, name, String(index)) }));
  for (const { cwd } of placed) mkdirSync(cwd, { recursive: true });
  const results = await write(placed);
  return placed.map(({ cwd, dir }, index) => ({ cwd, dir, ...results[index] }));
}

/** The first session by one writer, the second by the other. */
async function inTurns(cases, name, first, second) {
  const session = (number) => cases.map((one) => ({ ...one, sessions: [one.sessions[number]] }));
  const before = await place(session(0), name, first);
  const after = await place(session(1), name, second);
  return after.map((result, index) => ({
    cwd: result.cwd,
    error: before[index].error ?? result.error,
    counts: [...(before[index].counts ?? []), ...(result.counts ?? [])],
  }));
}

/** A case that Gradio itself cannot record proves nothing; ours has to record all others with the same bytes. */
function report(title, cases, expected, actual) {
  let [passed, refused] = [0, 0];
  for (const [index, want] of expected.entries()) {
    const have = actual[index];
    if (want.error) {
      refused++;
      continue;
    }
    const counted =
      JSON.stringify(have.counts) === JSON.stringify(want.counts) || cases[index].logger === 'SimpleCSVLogger';
    const problem =
      have.error ?? (counted ? difference(want.cwd, have.cwd) : `counted ${have.counts}, not ${want.counts}`);
    if (problem === undefined) passed++;
    else fail(`${title}, case ${index} (${cases[index].logger}): ${problem}`);
  }
  tally.passed += passed;
  console.log(`${title}: ${passed} of ${cases.length - refused} equal, ${refused} that Gradio refuses`);
}

/** Each JSON text as Python's own modules write it. */
function reportValues(texts, expected, actual) {
  const wrong = texts.filter((_, index) => JSON.stringify(expected[index]) !== JSON.stringify(actual[index]));
  for (const text of wrong) {
    const index = texts.indexOf(text);
    fail(`JSON ${JSON.stringify(text)}:\n  Python ${expected[index]}\n  ours   ${actual[index]}`);
  }
  tally.passed += texts.length - wrong.length;
  console.log(`JSON values: ${texts.length - wrong.length} of ${texts.length} equal`);
}

/** What a comparison of its own found. */
function reportComparison(title, { passed, failures, reason }) {
  if (reason) {
    console.log(`${title}: skipped, ${reason}`);
    return;
  }
  for (const failure of failures) fail(`${title}: ${failure}`);
  tally.passed += passed;
  console.log(`${title}: ${passed} of ${passed + failures.length} equal`);
}

function fail(message) {
  tally.failed++;
  if (tally.failed <= 20) console.log(`FAILED ${message}`);
}

function runGradio(python, cases) {
  const lines = run(python, 'gradio_log.py', cases).trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** What a script beside this one prints for the input that it is given as JSON, and its arguments. */
function run(python, name, input, args = []) {
  const settings = { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: 2 ** 28 };
  const { stdout, stderr, status } = spawnSync(python, [join(here, name), ...args], settings);
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  return stdout;
}

async function attempt(write) {
  try {
    return { counts: await write() };
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
}

function mediaFiles() {
  const directory = join(work, 'media');
  const names = ['cat.png', 'my cat (1).PNG', 'é 😀.wav', 'no extension', 'a.tar.gz', "it's, =1.txt"];
  mkdirSync(directory, { recursive: true });
  return names.map((name) => {
    writeFileSync(join(directory, name), `content of ${name}`);
    return join(directory, name);
  });
}

/** Logs of both releases of Gradio as one. */
function mergedLogs(ours) {
  const gradio = {};
  for (const { version } of targets) {
    const { python, reason } = gradioEnvironment(version);
    if (!python) return { reason };
    gradio[version] = {
      write: (cases) => runGradio(python, cases),
      read: (logs) => run(python, 'read_logs.py', logs),
    };
  }
  const random = randomness(Number(options.seed));
  const settings = { version: '4.44.1', logger: 'CSVLogger', files: mediaFiles(), sessions: 3, relabelled: false };
  const cases = Array.from({ length: options.quick ? 20 : 100 }, () => randomCase(random, settings));
  return compareMerging({ cases, work: join(work, 'merged'), gradio, ours });
}

/** Confident learning beside cleanlab, and the naive Bayes model beside scikit-learn. */
async function labelErrors() {
  const { python, reason } = environment('cleanlab-2.9.0');
  if (!python) return { reason };
  const { answer } = await bundled('labelErrors.ts');
  return compareLabelErrors({
    count: options.quick ? 60 : 2000,
    random: randomness(Number(options.seed)).next,
    python: (cases) => run(python, 'label_errors.py', cases),
    answer,
  });
}

/** What numpy, pandas and scikit-learn wrote, and what a pipeline of theirs answers to our worker. */
async function predProbs() {
  const { python, reason } = environment('cleanlab-2.9.0');
  if (!python) return { reason };
  const ours = await bundled('predProbs.ts');
  const directory = join(work, 'pred-probs');
  mkdirSync(directory);
  const write = (args) => run(python, 'pred_probs.py', null, args);
  return comparePredProbs({ work: directory, python, write, ours });
}

async function realData() {
  const { python, reason } = environment('cleanlab-2.9.0');
  if (!python) return { reason };
  const ours = await bundled('realData.ts');
  const directory = join(work, 'real-data');
  mkdirSync(directory);
  return compareRealData({ work: directory, python: (args) => run(python, 'real_label_errors.py', null, args), ours });
}

/** Datasets on a Hub beside those of `datasets` and `huggingface_hub`. */
async function hub() {
  const { python, reason } = environment('datasets-5.0.1');
  if (!python) return { reason };
  const directory = join(work, 'hub');
  mkdirSync(directory);
  const random = randomness(Number(options.seed));
  const count = options.quick ? 3 : 20;
  return compareHub({ work: directory, python, ours: await bundled('hub.ts'), random, count });
}

/** What flags leave in repositories beside what Gradio leaves there. */
async function savers() {
  const [gradio, datasets] = [gradioEnvironment('4.44.1'), environment('datasets-5.0.1')];
  const reason = gradio.reason ?? datasets.reason;
  if (reason) return { reason };
  const python = { gradio: gradio.python, datasets: datasets.python };
  const directory = join(work, 'savers');
  mkdirSync(directory);
  const random = randomness(Number(options.seed));
  const settings = { version: '4.44.1', logger: 'HuggingFaceDatasetSaver', files: mediaFiles(), sessions: 2 };
  const cases = Array.from({ length: options.quick ? 6 : 30 }, () => randomCase(random, settings));
  return compareSavers({ python, work: directory, cases, ours: await bundled('saver.ts') });
}

async function bundled(name) {
  const outfile = join(work, name.replace('.ts', '.cjs'));
  await build({
    entryPoints: [join(here, name)],
    outfile,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

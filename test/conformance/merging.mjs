// Merges logs of one demo that two releases of Gradio wrote, reads the result back, and lets Gradio continue it.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareReading } from './reading.mjs';

/** The layouts of a merged log; `by` is the release that continues it. */
const layouts = [
  { format: 'guide', name: 'logs.csv' },
  { format: 'gradio-4', name: 'log.csv', by: '4.44.1' },
  { format: 'gradio-6', name: 'dataset1.csv', by: '6.25.0' },
];

/**
 * @param cases demos of three sessions; the first release flags the first, the second the next, the last is for the merged log
 * @param work an empty directory
 * @param gradio `write(cases)` and `read(logs)` by release: `gradio_log.py` and `read_logs.py`
 * @param ours `mergeInto`, `readLog` and `parseJson` of `ours.ts`
 * @returns `{ passed, failures }`
 */
export async function compareMerging({ cases, work, gradio, ours }) {
  const result = { passed: 0, failures: [] };
  const sources = Object.entries(gradio).map(([version, { write }], session) => {
    const placed = cases.map((one, index) => inFolder(one, session, join(work, version, String(index))));
    const written = write(placed);
    return placed.map(({ cwd, dir }, index) => ({ cwd, dir, error: written[index].error }));
  });
  for (const layout of layouts) {
    const merged = [];
    for (const [index, one] of cases.entries()) {
      const own = sources.map((written) => written[index]);
      if (own.some(({ error }) => error)) continue;
      merged.push(await mergeCase(one, own, layout, join(work, layout.format, String(index)), ours));
    }
    const problems = merged.filter(({ problem }) => problem);
    result.failures.push(...problems.map(({ cwd, problem }) => `${layout.format} in ${cwd}: ${problem}`));
    const good = merged.filter(({ problem }) => !problem);
    result.passed += good.length;
    for (const next of [await readBack(good, layout, gradio, ours), goOn(good, layout, gradio)]) {
      result.passed += next.passed;
      result.failures.push(...next.failures);
    }
  }
  return result;
}

function inFolder(one, session, cwd) {
  mkdirSync(cwd, { recursive: true });
  return { ...one, cwd, sessions: [one.sessions[session]] };
}

/** Every sample has the values that it had, and its files hold what they held. */
async function mergeCase(one, sources, { format, name }, cwd, { mergeInto, readLog, parseJson }) {
  mkdirSync(cwd, { recursive: true });
  const place = { one, cwd, dir: 'flagged' };
  const logs = sources.map(({ cwd: folder, dir }) => join(folder, dir, logIn(join(folder, dir))));
  const out = join(cwd, place.dir);
  try {
    await mergeInto(
      logs,
      sources.map((source) => source.cwd),
      out,
      format,
    );
  } catch (error) {
    return { ...place, problem: error.stack };
  }
  const before = [];
  const samplesOf = async (log, folder) =>
    (await readLog(log)).samples.map((sample) => textOf(sample, folder, parseJson));
  for (const [index, log] of logs.entries()) before.push(...(await samplesOf(log, sources[index].cwd)));
  const after = await samplesOf(join(out, name), out);
  const missing = before.find((sample) => !after.includes(sample));
  const problem =
    after.length === before.length
      ? missing && `no sample ${missing} in ${after.join('\n')}`
      : `${after.length} samples instead of ${before.length}`;
  return { ...place, problem };
}

function logIn(folder) {
  return readdirSync(folder).find((name) => /^(?:log|dataset1)\.csv$/.test(name));
}

/**
 * A sample as a text. Where one log has texts in a column, the numbers and lists of the other are read as texts; Gradio 6
 * writes an option that is JSON anew.
 */
function textOf({ values, option, username, timestamp }, folder, parseJson) {
  const cells = values.map(({ value, media, column }) => {
    const typed = typeof value === 'string' && media.length === 0 ? (parseJson(value) ?? value) : value;
    return [column.name, withContents(typed, media, folder)];
  });
  return JSON.stringify([cells, parseJson(option ?? '') ?? option ?? '', username ?? '', timestamp]);
}

/** A value with what each file holds in place of its path. */
function withContents(value, media, folder) {
  if (media.length === 0) return value;
  const contents = new Map(media.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
  const visit = (part) => {
    if (typeof part === 'string') return contents.get(part) ?? part;
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, visit(item)]));
  };
  return visit(value);
}

/** Python's `csv` and Gradio's components read what we read. */
function readBack(merged, { name, by = '6.25.0' }, gradio, { readLog, parseJson }) {
  const cases = merged.map(({ one }) => one);
  return compareReading({ cases, written: merged, name, python: gradio[by].read, readLog, parseJson });
}

/** Gradio writes into the merged log: no other file, nothing of what is there changes, and each row is a record more. */
function goOn(merged, { format, name, by }, gradio) {
  const result = { passed: 0, failures: [] };
  if (!by) return result;
  const logOf = ({ cwd, dir }) => join(cwd, dir, name);
  const before = merged.map((place) => readFileSync(logOf(place)));
  const written = gradio[by].write(
    merged.map(({ one, cwd, dir }) => ({ ...one, cwd, dir, sessions: [one.sessions[2]] })),
  );
  for (const [index, place] of merged.entries()) {
    const { error } = written[index];
    const after = readFileSync(logOf(place));
    const others = readdirSync(join(place.cwd, place.dir)).filter((file) => file.endsWith('.csv') && file !== name);
    if (error) result.failures.push(`${format} in ${place.cwd}: Gradio ${by} failed: ${error}`);
    else if (others.length > 0) result.failures.push(`${format} in ${place.cwd}: Gradio ${by} began ${others}`);
    else if (after.length === before[index].length || !after.subarray(0, before[index].length).equals(before[index]))
      result.failures.push(`${format} in ${place.cwd}: Gradio ${by} did not append`);
    else result.passed++;
  }
  return result;
}

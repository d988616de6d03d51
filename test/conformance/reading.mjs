// Compares how we read the logs that Gradio wrote with Python's `csv` and with what Gradio's components read back.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/**
 * @param cases what was flagged
 * @param written where Gradio wrote each case, or the error that it ended with
 * @param python runs `read_logs.py` on a list of logs; its output
 * @param readLog ours: `{ samples, headerRows }` of a file; values as JSON carries them
 * @returns `{ passed, failures }`; a log counts for its cells, and each value that Gradio reads for itself
 */
export async function compareReading({ cases, written, name, python, readLog, parseJson }) {
  const logs = cases.flatMap(({ components, logger }, index) => {
    const { cwd, dir, error } = written[index];
    const names = logger === 'CSVLogger' ? [name] : ['log.csv'];
    return names
      .map((log) => join(cwd ?? '', dir ?? '', log))
      .filter((path) => !error && existsSync(path))
      .map((path) => ({ path, header: logger !== 'SimpleCSVLogger', kinds: components.map(({ kind }) => kind) }));
  });
  const lines = python(logs).trim().split('\n');
  const result = { passed: 0, failures: [] };
  for (const [index, log] of logs.entries()) {
    const { problem, values } = compare(JSON.parse(lines[index]), await readLog(log.path), parseJson);
    result.passed += values;
    if (problem === undefined) result.passed++;
    else result.failures.push(`${log.path} (${log.kinds}): ${problem}`);
  }
  return result;
}

function compare({ rows, values }, { samples }, parseJson) {
  const cells = samples.map((sample) => sample.cells);
  if (!isDeepStrictEqual(cells, rows)) {
    return { problem: `cells ${JSON.stringify(cells)}, not ${JSON.stringify(rows)}`, values: 0 };
  }
  let equal = 0;
  for (const [row, { values: ours }] of samples.entries()) {
    for (const [index, text] of values[row].entries()) {
      const have = ours[index];
      // A column that also holds texts is read as texts, as it must be when its component is not known.
      if (text === null || (have.column.kind === 'text' && have.kind === 'text')) continue;
      if (!isDeepStrictEqual(unsigned(have.value), unsigned(parseJson(text)))) {
        return { problem: `row ${row}, column ${index}: ${JSON.stringify(have)}, not ${text}`, values: equal };
      }
      equal++;
    }
  }
  return { problem: undefined, values: equal };
}

/** Zero has no sign in JSON's integers. */
function unsigned(value) {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map(unsigned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unsigned(item)]));
}

// Random datasets to push, the same for every run of one seed.

/** Texts that readers of tables like to take for something else. */
export const trickyTexts = [
  ...['NA', '001', '-5', '=1+1', 'null', 'None', 'nan', '', '1e5', 'true', '+1', ' a ', '1_000', '0x1f', '12:30'],
  ...['a,"b"', 'two\nlines', '😀 é 漢', '2024-01-01', '2024-01-01T00:00:00Z', '{"a": 1}', '[1]', '-', '#', 'N/A', '∞'],
];

const labels = ['spam', 'ham', 'eggs'];

const missing = ({ chance }, value) => (chance(0.3) ? null : value);
/** What a column of each kind holds; `null` where a format has it. */
const kinds = {
  text: ({ pick }) => pick(trickyTexts),
  zeros: ({ below }) => `00${below(1000)}`,
  label: ({ pick }) => pick(labels),
  integer: ({ below }) => below(2_000_000) - 1_000_000,
  float: ({ next }) => (next() - 0.5) * 1000,
  truth: ({ chance }) => chance(0.5),
  big: ({ below }) => String(2n ** 60n + BigInt(below(1_000_000_000))),
  gaps: (random) => missing(random, random.below(1000)),
};
/** JSON Lines hold more than tables of texts. */
const jsonKinds = {
  ...kinds,
  maybe: (random) => missing(random, random.pick(trickyTexts)),
  score: (random) => missing(random, random.below(100) / 8),
  mixed: ({ pick }) => pick([1, 'a', [1, 'b'], { a: 1 }, { b: [] }, null]),
  list: (random) => random.list(3, () => random.pick(trickyTexts)),
  record: (random) => ({ a: random.pick(trickyTexts), b: missing(random, random.below(9)) }),
};

/** @returns `{ columns: [name, kind][], rows }` with all kinds of columns, in some order */
export function randomDataset(random, format) {
  const known = Object.entries(format === 'jsonl' ? jsonKinds : kinds);
  const columns = known.map(([kind]) => [kind, random.next()]).sort(([, a], [, b]) => a - b);
  const makers = columns.map(([kind]) => Object.fromEntries(known)[kind]);
  const count = 5 + random.below(40);
  const rows = Array.from({ length: count }, () => makers.map((make) => make(random)));
  // Each column has a value that tells what it is.
  rows.push(makers.map((make) => (make === kinds.text ? 'text' : make(random))));
  return { columns: columns.map(([kind]) => kind), rows };
}

/** The bytes of a file with the dataset. */
export function fileOf({ columns, rows }, format) {
  if (format === 'jsonl') {
    const records = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
    return records.map((record) => `${JSON.stringify(record)}\n`).join('');
  }
  const delimiter = format === 'tsv' ? '\t' : ',';
  const cell = (value) =>
    value === null ? '' : /[\s",]|^$/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return [columns, ...rows].map((row) => `${row.map(cell).join(delimiter)}\n`).join('');
}

import { spawnSync } from 'node:child_process';
import type { DialectAndText } from './texts';

const script = `
import csv, io, json, sys
csv.field_size_limit(1 << 30)
read = lambda case: list(csv.reader(io.StringIO(case['text'], newline=''), delimiter=case['delimiter'], quotechar=case['quote']))
json.dump([read(case) for case in json.load(sys.stdin)], sys.stdout)
`;

/** The records of texts as Python's own reader gives them, all in one process. A byte order mark is taken off before. */
export function readByPython(cases: readonly DialectAndText[]): string[][][] {
  const input = cases.map(({ dialect: { delimiter, quote }, text }) => ({
    text: text.replace(/^\ufeff/, ''),
    delimiter,
    quote,
  }));
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`python3 did not read the texts: ${stderr}`);
  return JSON.parse(stdout) as string[][][];
}

export const hasPython = spawnSync('python3', ['--version']).status === 0;

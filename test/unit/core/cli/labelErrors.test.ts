import { appendFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../extension/core/cli/arguments';
import { healthCommand } from '../../../../extension/core/cli/health';
import { labelErrorsCommand } from '../../../../extension/core/cli/labelErrors';
import type { PrintedReport } from '../../../../extension/core/cli/labelErrorsReport';
import { ExpectedError } from '../../../../extension/core/errors';
import { silentLog } from '../../../../extension/core/log';

let cwd: string;
let warnings: string[];
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'flag-review-label-errors-')));
  warnings = [];
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function run(
  ...argv: readonly string[]
): Promise<{ readonly lines: readonly string[]; readonly status: number }> {
  const lines: string[] = [];
  const parsed = parseCommand(argv);
  const terminal = {
    cwd,
    environment: {},
    stdin: Readable.from([]),
    print: (line: string) => lines.push(line),
    log: { ...silentLog, warn: (text: string | Error) => warnings.push(String(text)) },
    installation: '',
  };
  if (parsed.command === 'health') {
    await healthCommand(terminal, parsed.options);
    return { lines, status: 0 };
  }
  if (parsed.command !== 'label-errors') throw new Error(parsed.command);
  return { status: await labelErrorsCommand(terminal, parsed.options), lines };
}

const reportOf = async (...argv: readonly string[]): Promise<PrintedReport> =>
  JSON.parse((await run('label-errors', ...argv, '--format', 'json')).lines.join('')) as PrintedReport;

const write = (name: string, content: string | Uint8Array): void => writeFileSync(join(cwd, name), content);

/** Sixty good and sixty bad reviews; records 7 and 100 have the other label, record 20 has none. */
function writeReviews(): void {
  const words = { good: ['lovely', 'great', 'joy'], bad: ['awful', 'poor', 'boring'] };
  const records = Array.from({ length: 120 }, (_, row) => {
    const real = row < 60 ? 'good' : 'bad';
    const given = row === 7 || row === 100 ? (real === 'good' ? 'bad' : 'good') : real;
    const text = [...words[real], 'film', 'plot', `w${row % 7}x`].sort((a, b) => ((row * a.length) % 5) - b.length);
    return `"${text.join(' ')}, ""${row}""",${row === 20 ? '' : given}`;
  });
  write('reviews.csv', `text,label\r\n${records.join('\r\n')}\r\n`);
}

/** An .npy file of float64 or int64, as numpy.save writes it. */
function npy(shape: readonly number[], values: readonly number[], type: '<f8' | '<i8'): Buffer {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + '\n';
  const head = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.alloc(2), Buffer.from(padded)]);
  head.writeUInt16LE(padded.length, 8);
  const body = type === '<f8' ? Float64Array.from(values) : BigInt64Array.from(values.map(BigInt));
  return Buffer.concat([head, Buffer.from(body.buffer)]);
}

describe('flag-review label-errors', () => {
  it('finds wrong labels of texts, by the numbers of their records', async () => {
    writeReviews();
    const report = await reportOf('reviews.csv', '--text', 'text', '--label', 'label');
    expect(report.rows).toBe(120);
    expect(report.unlabelled_rows).toBe(1);
    expect(report.classes).toEqual(['bad', 'good']);
    expect(report.candidates.map(({ row }) => row).sort((a, b) => a - b)).toEqual([7, 100]);
    for (const [rank, candidate] of report.candidates.entries()) {
      expect(candidate.label_error_candidate).toBe(rank);
      expect(candidate.given_label).toBe(candidate.row === 7 ? 'bad' : 'good');
      expect(candidate.suggested_label).toBe(candidate.row === 7 ? 'good' : 'bad');
      expect(candidate.label_quality).toBe(candidate.normalized_margin);
      expect(candidate.self_confidence).toBeLessThan(0.5);
    }
    expect(report.confident_joint.map((row) => row.length)).toEqual([2, 2]);
    const keys =
      'parameters,rows,unlabelled_rows,classes,thresholds,confident_joint,health_score,num_label_issues,candidates';
    expect(Object.keys(report)).toEqual(keys.split(','));
    const columns =
      'row,given_label,suggested_label,label_quality,normalized_margin,self_confidence,label_error_candidate';
    expect(Object.keys(report.candidates[0] ?? {})).toEqual(columns.split(','));
    expect(report.parameters).toMatchObject({ data: 'reviews.csv', source: 'built-in', folds: 5 });
  });

  it('calls classes by their names where a fold could not learn one', async () => {
    writeReviews();
    appendFileSync(join(cwd, 'reviews.csv'), 'middling film,fair\r\n');
    await reportOf('reviews.csv', '--text', 'text', '--label', 'label');
    expect(warnings).toEqual([
      'The smallest class has 1 record, fewer than the 5 folds.',
      'Class fair is missing in the training part of a fold: its probability there is 0.',
      'Classes with too few examples to find errors in: fair.',
    ]);
  });

  it.each([
    ['utf16.csv', Buffer.from('\ufefftext,label\r\ngut,ja\r\nübel,nein\r\n', 'utf16le'), 'utf-16le'],
    ['ansi.csv', Buffer.from('text,label\ngut,ja\n\xfcbel,nein\n', 'latin1'), 'windows-1252'],
  ])('says how %s is read', async (name, bytes, encoding) => {
    write(name, bytes);
    write('probs.csv', 'ja,nein\n1,0\n0,1\n');
    const { parameters } = await reportOf(name, '--label', 'label', '--pred-probs', 'probs.csv');
    expect(warnings).toContain(`${name} is read as ${encoding}.`);
    expect(parameters).toMatchObject({ encoding });
  });

  it('says which columns it takes when none are named', async () => {
    writeReviews();
    expect((await reportOf('reviews.csv')).candidates).toHaveLength(2);
    expect(warnings.join('\n')).toMatch(/"text" is taken for the text[^]*"label" is taken for the label/);
  });

  it('writes CSV, JSON Lines and a table, by the name of the file or as asked', async () => {
    writeReviews();
    const { candidates } = await reportOf('reviews.csv');
    await run('label-errors', 'reviews.csv', '--out', 'candidates.csv');
    const written: Record<string, string>[] = parse(readFileSync(join(cwd, 'candidates.csv')), { columns: true });
    expect(written.map(({ row }) => Number(row))).toEqual(candidates.map(({ row }) => row));
    expect(written.map(({ label_quality }) => Number(label_quality))).toEqual(
      candidates.map(({ label_quality }) => label_quality),
    );
    await run('label-errors', 'reviews.csv', '--out', 'candidates.jsonl');
    const lines = readFileSync(join(cwd, 'candidates.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(candidates);
    const table = (await run('label-errors', 'reviews.csv')).lines.join('\n');
    expect(table).toMatch(/row +given +suggested +quality +text/);
    expect(table).toContain('2 candidates in 119 records (1.7 %), health 0.98');
  });

  it('ends with 1 above the limit', async () => {
    writeReviews();
    expect((await run('label-errors', 'reviews.csv', '--fail-above', '1')).status).toBe(1);
    expect((await run('label-errors', 'reviews.csv', '--fail-above', '2')).status).toBe(0);
  });

  it('takes arrays without a dataset, whose integers are columns', async () => {
    write('labels.npy', npy([5], [0, 1, 1, 0, 2], '<i8'));
    write('probs.npy', npy([5, 3], [0.9, 0.1, 0, 0.2, 0.8, 0, 0.6, 0.4, 0, 0.1, 0.9, 0, 0.3, 0.3, 0.4], '<f8'));
    const report = await reportOf('--labels', 'labels.npy', '--pred-probs', 'probs.npy');
    expect(report.candidates.map(({ row }) => row)).toEqual([3, 2]);
    expect(report.thresholds).toEqual([0.5, 0.6000000000000001, 0.4]);
    expect(report.confident_joint).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ]);
    expect(report.classes).toEqual(['0', '1', '2']);
    const named = await reportOf('--labels', 'labels.npy', '--pred-probs', 'probs.npy', '--classes', 'x,y,z');
    expect(named.candidates[0]).toMatchObject({ row: 3, given_label: 'x', suggested_label: 'y' });
    const unsorted = await reportOf('--labels', 'labels.npy', '--pred-probs', 'probs.npy', '--sort-by', 'none');
    expect(unsorted.candidates.map(({ row, label_error_candidate }) => [row, label_error_candidate])).toEqual([
      [2, null],
      [3, null],
    ]);
  });

  it.each([
    ['prune_by_noise_rate', [5, 4, 3]],
    ['prune_by_class', [5, 4, 3]],
    ['both', [5, 4, 3]],
    ['confident_learning', [5, 4]],
    ['predicted_neq_given', [5, 4, 3]],
    ['low_normalized_margin', [5, 4]],
    ['low_self_confidence', [5, 4]],
  ])('filters by %s as cleanlab does', async (filterBy, rows) => {
    const first = [0.5, 0.5, 0.4999999, 0.499, 0.7, 0.2, 0.9, 0.1, 0.35, 0.65];
    const second = [0.5, 0.5, 0.5000001, 0.501, 0.3, 0.8, 0.1, 0.9, 0.65, 0.35];
    write('labels.npy', npy([10], [0, 1, 0, 0, 1, 0, 0, 1, 1, 0], '<i8'));
    write(
      'probs.npy',
      npy(
        [10, 2],
        first.flatMap((value, row) => [value, second[row] ?? 0]),
        '<f8',
      ),
    );
    const report = await reportOf('--labels', 'labels.npy', '--pred-probs', 'probs.npy', '--filter-by', filterBy);
    expect(report.candidates.map(({ row }) => row)).toEqual(rows);
  });

  it('takes columns of the dataset, by their names', async () => {
    const records = ['a,0.1,0.9', 'a,0.9,0.1', 'b,0.2,0.8', 'b,0.3,0.7', 'a,0.8,0.2', 'b,0.1,0.9'];
    write('data.csv', `label,prob_a,prob_b\n${records.join('\n')}\n`);
    const report = await reportOf('data.csv', '--label', 'label', '--pred-probs', 'prob_*');
    expect(report.candidates).toMatchObject([{ row: 0, given_label: 'a', suggested_label: 'b' }]);
    const same = await reportOf('data.csv', '--label', 'label', '--pred-probs', 'prob_b, prob_a');
    expect(same.candidates).toEqual(report.candidates);
  });

  it('normalises rows when it is told to', async () => {
    write('labels.npy', npy([4], [0, 1, 0, 1], '<i8'));
    write('probs.npy', npy([4, 2], [1.2, 0.6, 0.5, 1, 0.1, 0.8, 0.2, 1.1], '<f8'));
    const arrays = ['--labels', 'labels.npy', '--pred-probs', 'probs.npy'];
    await expect(run('label-errors', ...arrays)).rejects.toThrow(/row 0, column 0 is 1.2, not between 0 and 1/);
    expect((await reportOf(...arrays, '--normalize-rows')).candidates.map(({ row }) => row)).toEqual([2]);
  });

  it('finds labels that are missing or too many', async () => {
    const texts = { a: 'apple pie sweet', b: 'bolt nut steel', c: 'cloud rain storm' };
    const sets = ['a', 'b', 'c', 'a|b', 'b|c', 'a|c'];
    const records = Array.from({ length: 120 }, (_, row) => {
      const set = sets[row % sets.length] ?? '';
      const words = set.split('|').map((name) => texts[name as keyof typeof texts]);
      return `${words.join(' ')} w${row % 5}x,${row === 9 ? 'c' : set}`;
    });
    write('many.csv', `text,labels\n${records.join('\n')}\n`);
    const report = await reportOf('many.csv', '--text', 'text', '--label', 'labels', '--multi-label');
    const [candidate] = report.candidates;
    expect(candidate).toMatchObject({ row: 9, given_label: ['c'], suggested_label: ['a', 'b'] });
    expect(report.classes).toEqual(['a', 'b', 'c']);
  });

  it.each([
    [['nowhere.csv'], /There is no file/],
    [['reviews.csv', '--text', 'review'], /reviews.csv has no column "review".*text, label/],
    [['reviews.csv', '--label', 'text'], /./],
    [['reviews.csv', '--classes', 'good,bad,good'], /--classes names good twice/],
    [['reviews.csv', '--classes', 'good,'], /--classes has an empty name/],
    [['reviews.csv', '--seed', '1'], /^Unknown option '--seed'\. See flag-review --help\.$/],
    [['reviews.csv', '--fail-above', '-1'], /^Option '--fail-above' argument is ambiguous\. See flag-review --help\.$/],
    [['reviews.csv', '--classes', 'good,fair'], /label "bad" of record 7 .*not one of the classes good, fair/],
    [['unlabelled.csv', '--text', 'text', '--label', 'label'], /No record has both a text and a label/],
    [['same.csv', '--text', 'text', '--label', 'label'], /Every record has the label a/],
    [['reviews.csv', '--folds', '1'], /--folds 1 is not a whole number from 2 on/],
    [['reviews.csv', '--folds', '500'], /500/],
    [['reviews.csv', '--filter-by', 'magic'], /--filter-by magic is not known. Use one of prune_by_noise_rate/],
    [['reviews.csv', '--pred-probs', 'none.npy'], /There is no file none.npy/],
    [['reviews.csv', '--pred-probs', 'short.npy'], /2 rows/],
    [['--labels', 'text.npy', '--pred-probs', 'short.npy'], /no file text.npy/],
    [[], /takes a dataset file, or --labels and --pred-probs/],
    [['reviews.csv', 'other.csv'], /takes one dataset file/],
    [['reviews.csv', '--out', 'none/found.csv'], /There is no folder .*none\. Make it/],
    [['reviews.csv', '--out', 'reviews.csv'], /reviews\.csv is what is read, and would be overwritten/],
    [['reviews.csv', '--pred-probs', 'short.npy', '--out', './short.npy'], /short\.npy is what is read/],
    [['reviews.csv', '--out', '.'], /cannot be written: a folder of that name is in the way/],
  ])('refuses %j with one clear line', async (argv, message) => {
    writeReviews();
    write('unlabelled.csv', 'text,label\nsome words,\nother words,\n');
    write('same.csv', 'text,label\nsome words,a\nother words,a\n');
    write('short.npy', npy([2, 2], [0.5, 0.5, 0.5, 0.5], '<f8'));
    const refused = run('label-errors', ...argv);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(ExpectedError);
  });
});

describe('flag-review health', () => {
  it('says how good the labels are, and what needs no model to be seen', async () => {
    writeReviews();
    const printed = JSON.parse((await run('health', 'reviews.csv', '--format', 'json')).lines.join('')) as {
      health_score: number;
      accuracy: number;
      classes_by_label_quality: { class: string; label_issues: number }[];
      overlapping_classes: { class_a: string; class_b: string; num_overlapping_examples: number }[];
      dataset: { missingLabels: { count: number } };
    };
    expect(printed.health_score).toBeCloseTo(117 / 119, 10);
    expect(printed.classes_by_label_quality.map(({ label_issues }) => label_issues)).toEqual([1, 1]);
    expect(printed.overlapping_classes).toMatchObject([
      { class_a: 'bad', class_b: 'good', num_overlapping_examples: 2 },
    ]);
    expect(printed.dataset.missingLabels.count).toBe(1);
    const text = (await run('health', 'reviews.csv')).lines.join('\n');
    expect(text).toContain('an estimated 2 label errors');
    expect(text).toContain('Exact duplicates');
  });
});

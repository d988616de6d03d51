import fc from 'fast-check';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../../../extension/core/errors';
import {
  candidateHashes,
  dataHash,
  readCandidates,
  writeCandidates,
  type SavedCandidates,
} from '../../../../../extension/core/review/engine/candidatesFile';
import { LocalEngine } from '../../../../../extension/core/review/engine/localEngine';
import { reviewFolder } from '../../../../../extension/core/review/folder';
import type { FindSettings } from '../../../../../extension/core/review/engine/types';
import { servicesIn } from '../../../../builtInSearch';
import { folderOfTest, settingsOf, writeRows, type Row } from './datasets';

const folder = folderOfTest();
afterAll(folder.remove);

const rows: readonly Row[] = Array.from({ length: 40 }, (_, row) => [
  `${row % 2 === 0 ? 'aa bb' : 'cc dd'} w${row}`,
  row === 5 || row === 8 ? 'x, "quoted"' : row % 2 === 0 ? 'x, "quoted"' : 'y\nz',
]);
const several: readonly Row[] = rows.map(([text], row) => [text, ['p|q', 'q', 'p', ''][row % 4] ?? '']);

async function searched(name: string, more: Partial<FindSettings> = {}): Promise<SavedCandidates> {
  const dataset = writeRows(folder.path, name, more.multiLabel === true ? several : rows);
  const labels = [{ row: 3, label: null }];
  const found = await new LocalEngine(servicesIn(folder.path)).find(settingsOf(dataset, more), labels);
  expect(found.candidates.rows.length).toBeGreaterThan(0);
  const hashes = await candidateHashes(found);
  const saved = { found, hashes, data: await dataHash(dataset), labels, time: '2026-01-02T03:04:05.000Z' };
  await writeCandidates(saved);
  return saved;
}

describe('the file of candidates', () => {
  it.each([
    ['one label', {}],
    ['several labels', { multiLabel: true }],
    ['no order', { sortBy: 'none' }],
    ['named classes', { classes: ['y\nz', 'x, "quoted"', 'unused'] }],
  ] as const)('says with %s what was found, when it is read again', async (_, more) => {
    const saved = await searched('kept.csv', more);
    expect(await readCandidates(saved.found.settings.dataset)).toEqual(saved);
  });

  it('is CSV that others can read, with the hash of each record and the rank of Argilla', async () => {
    const { found, hashes } = await searched('others.csv');
    const text = readFileSync(join(reviewFolder(found.settings.dataset), 'candidates.csv'), 'utf8');
    const records: Record<string, string>[] = parse(text, { columns: true });
    const [first] = records;
    const row = found.candidates.rows[0] ?? 0;
    expect(first).toMatchObject({ row: String(row), hash: hashes[0], label_error_candidate: '0' });
    expect(first?.hash).toBe(
      createHash('sha256')
        .update(rows[row]?.[0] ?? '')
        .digest('hex')
        .slice(0, 16),
    );
    expect([first?.given, first?.suggested].sort()).toEqual(['x, "quoted"', 'y\nz']);
    expect(records).toHaveLength(found.candidates.rows.length);
  });

  it('holds paths that are right on another machine', async () => {
    const source = { kind: 'file', path: join(folder.path, 'deep', 'probs.npy') } as const;
    const saved = await searched('paths.csv');
    const { settings } = saved.found;
    await writeCandidates({ ...saved, found: { ...saved.found, settings: { ...settings, source } } });
    const json = readFileSync(join(reviewFolder(settings.dataset), 'candidates.json'), 'utf8');
    expect(json).not.toContain(folder.path);
    expect(json).toContain('"deep/probs.npy"');
    expect((await readCandidates(settings.dataset))?.found.settings.source).toEqual(source);
  });

  it('is not there before the first search', async () => {
    expect(await readCandidates(join(folder.path, 'never.csv'))).toBeUndefined();
  });

  it('has the SHA-256 of the dataset', async () => {
    const dataset = writeRows(folder.path, 'hashed.csv', rows);
    expect(await dataHash(dataset)).toBe(createHash('sha256').update(readFileSync(dataset)).digest('hex'));
  });
});

describe('a file of candidates that somebody changed', () => {
  it.each<[string, 'candidates.csv' | 'candidates.json', (text: string) => string, RegExp]>([
    ['row that is none', 'candidates.csv', (text) => text.replace(/^\d+/m, 'seven'), /Candidate 1 .* the row "seven"/],
    ['row beyond', 'candidates.csv', (text) => text.replace(/^\d+/m, '40'), /the row "40"; the dataset has 40/],
    ['row twice', 'candidates.csv', (text) => text + text.split('\n').slice(1).join('\n'), /of an earlier one/],
    ['hash', 'candidates.csv', (text) => text.replace(/[0-9a-f]{16}/, 'abc'), /hash "abc", not 16 hex/],
    [
      'label',
      'candidates.csv',
      (text) => text.replace('"y\nz"', 'other'),
      /label "other", which is none of the classes/,
    ],
    ['score', 'candidates.csv', (text) => text.replace(/,0\.\d+/, ',7'), /label_quality "7"/],
    ['no score', 'candidates.csv', (text) => text.replace(/,0\.\d+/, ','), /label_quality ""/],
    ['header', 'candidates.csv', (text) => text.replace('hash,', ''), /does not have the columns row, hash, given/],
    ['fewer', 'candidates.csv', (text) => `${text.split('\n')[0] ?? ''}\n`, /has 0 candidates, but .* tells of/],
    ['no JSON', 'candidates.json', (text) => text.slice(0, 100), /candidates\.json cannot be read/],
    ['other version', 'candidates.json', (text) => text.replace('"v": 1', '"v": 2'), /as this version writes it/],
    ['conflict', 'candidates.json', (text) => `<<<<<<< HEAD\n${text}`, /candidates\.json cannot be read/],
  ])('is refused with one clear line: %s', async (_, name, change, message) => {
    const { found } = await searched('changed.csv');
    const { dataset } = found.settings;
    const path = join(reviewFolder(dataset), name);
    const text = readFileSync(path, 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(path, change(text));
    await expect(readCandidates(dataset)).rejects.toThrow(message);
    await expect(readCandidates(dataset)).rejects.toBeInstanceOf(ExpectedError);
  });

  it('is refused, or read, but never breaks the program, whatever a field is', async () => {
    const { found } = await searched('hostile.csv');
    const path = join(reviewFolder(found.settings.dataset), 'candidates.json');
    const summary = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const anywhere = fc.tuple(fc.nat(200), fc.constantFrom(null, 7, -1, 'text', [], {}, [[null]], true));
    await fc.assert(
      fc.asyncProperty(anywhere, async ([at, value]) => {
        writeFileSync(path, JSON.stringify(withField(summary, at, value)));
        await readCandidates(found.settings.dataset).catch((error: unknown) => {
          expect(error).toBeInstanceOf(ExpectedError);
        });
      }),
    );
  });

  it('is refused when the candidates themselves are gone', async () => {
    const { found } = await searched('gone.csv');
    rmSync(join(reviewFolder(found.settings.dataset), 'candidates.csv'));
    await expect(readCandidates(found.settings.dataset)).rejects.toThrow(/candidates\.csv is missing/);
  });

  it('may come from a spreadsheet, with a byte order mark and its own line ends', async () => {
    const saved = await searched('sheet.csv', { classes: ['y\nz', 'x, "quoted"'] });
    const path = join(reviewFolder(saved.found.settings.dataset), 'candidates.csv');
    const text = readFileSync(path, 'utf8').replace(/(?<=\d)\n/g, '\r\n');
    writeFileSync(path, `\uFEFF${text}`);
    expect(await readCandidates(saved.found.settings.dataset)).toEqual(saved);
  });
});

/** A copy in which the field that is `at`-th in a walk through all of them has another value. */
function withField(value: unknown, at: number, other: unknown): unknown {
  let left = at;
  const walk = (one: unknown): unknown => {
    if (left-- === 0) return other;
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, walk(item)]));
  };
  return walk(value);
}

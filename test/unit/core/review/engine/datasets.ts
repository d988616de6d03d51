/** Small datasets for the engine: few words and classes, so that scores are often equal and some classes rare. */
import fc from 'fast-check';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeRecord, excel } from '../../../../../extension/core/csv/dialect';
import type { FindSettings, LabelChange } from '../../../../../extension/core/review/engine/types';
import { builtInSearch } from '../../../../builtInSearch';

const words = ['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg', 'rare', 'rarer', 'the', 'the', 'the'];
const text = fc.array(fc.constantFrom(...words), { maxLength: 7 }).map((chosen) => chosen.join(' '));
const labels = ['x', 'y', 'z'];
const label = fc.constantFrom(...labels, 'x', 'y');

/** Text and label; an empty label is none. */
export type Row = readonly [text: string, label: string];

export interface Changed {
  readonly rows: readonly Row[];
  readonly changes: readonly LabelChange[];
}

/** A dataset in which two classes have enough records for two folds, and decisions on some of its records. */
export const changed: fc.Arbitrary<Changed> = fc
  .record({
    rows: fc.array(fc.tuple(text, fc.oneof({ weight: 9, arbitrary: label }, fc.constant(''))), { maxLength: 24 }),
    steps: fc.array(fc.tuple(fc.nat(), fc.option(label, { freq: 4 })), { maxLength: 8 }),
  })
  .map(({ rows, steps }) => {
    const all: readonly Row[] = [
      ['aa the', 'x'],
      ['aa bb', 'x'],
      ['cc the', 'y'],
      ['cc dd', 'y'],
      ['aa', 'x'],
      ['dd', 'y'],
      ...rows,
    ];
    const changes = steps.map(([row, to]) => ({ row: row % all.length, label: to === null ? null : [to] }));
    return { rows: all, changes: [...new Map(changes.map((change) => [change.row, change])).values()] };
  });

export function labelsAfter({ rows, changes }: Changed): readonly Row[] {
  const after = new Map(changes.map(({ row, label: to }) => [row, to?.join('|') ?? '']));
  return rows.map(([own, given], row) => [own, after.get(row) ?? given]);
}

export function folderOfTest(): { readonly path: string; readonly remove: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'flag-review-engine-')));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** @returns its path */
export function writeRows(folder: string, name: string, rows: readonly Row[]): string {
  const path = join(folder, name);
  writeFileSync(path, [['text', 'label'], ...rows].map((record) => encodeRecord(record, excel)).join(''));
  return path;
}

/** A search that finds something in few records, too. */
export function settingsOf(dataset: string, more: Partial<FindSettings> = {}): FindSettings {
  return builtInSearch(dataset, {
    source: { kind: 'built-in', folds: 2 },
    filterBy: 'predicted_neq_given',
    ...more,
  });
}

import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { tokensOf } from '../../../../../extension/core/labels/tokens';
import { LocalEngine } from '../../../../../extension/core/review/engine/localEngine';
import { tokenPlaces } from '../../../../../extension/core/review/engine/tokenPlaces';
import type { Reason } from '../../../../../extension/core/review/engine/types';
import { servicesIn } from '../../../../builtInSearch';
import { changed, folderOfTest, settingsOf, writeRows, type Row } from './datasets';

const folder = folderOfTest();
afterAll(folder.remove);
const services = servicesIn(folder.path);

function checkSums({ logOdds, prior, tokens, words }: Reason): void {
  const sumOf = (parts: readonly { readonly contribution: number }[]): number =>
    parts.reduce((sum, { contribution }) => sum + contribution, prior);
  expect(sumOf(words)).toBeCloseTo(logOdds, 9);
  expect(sumOf(tokens)).toBeCloseTo(logOdds, 9);
  expect(words.map(({ contribution }) => Math.abs(contribution))).toEqual(
    words.map(({ contribution }) => Math.abs(contribution)).sort((a, b) => b - a),
  );
}

describe('the reason of a suggestion', () => {
  it('adds up to the odds of the record’s own out-of-fold probabilities, after any changes', async () => {
    await fc.assert(
      fc.asyncProperty(changed, async ({ rows, changes }) => {
        const path = writeRows(folder.path, 'reasons.csv', rows);
        const engine = new LocalEngine(services);
        const { classes } = await engine.find(settingsOf(path), []);
        await engine.change(changes);
        for (const row of rows.keys()) {
          const probabilities = await engine.probabilities(row).catch(() => null);
          for (const [given, from] of classes.entries()) {
            for (const [suggested, to] of classes.entries()) {
              const reason = await engine.reason(row, [from], [to]);
              const odds = (probabilities?.[suggested] ?? 0) / (probabilities?.[given] ?? 0);
              if (from === to || !probabilities || !(odds > 0 && odds < Infinity)) continue;
              expect(reason?.logOdds).toBeCloseTo(Math.log(odds), 9);
              if (reason) checkSums(reason);
            }
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  const rows: readonly Row[] = [
    ['Free PRIZE, call now!', 'ham'],
    ...Array.from({ length: 6 }, (_, row): Row => [`free prize w${row}`, 'spam']),
    ...Array.from({ length: 6 }, (_, row): Row => [`call me now w${row}`, 'ham']),
  ];

  it('marks the words where they stand, and leaves out those that the model does not know', async () => {
    const engine = new LocalEngine(services);
    await engine.find(
      settingsOf(writeRows(folder.path, 'marked.csv', [...rows, ['Unheard-of İstanbul: free', 'ham']])),
      [],
    );
    const reason = await engine.reason(0, ['ham'], ['spam']);
    const marked = reason?.tokens.map(({ start, end, contribution }) => [
      rows[0]?.[0].slice(start, end),
      contribution > 0,
    ]);
    expect(marked).toEqual([
      ['Free', true],
      ['PRIZE', true],
      ['call', false],
      ['now', false],
    ]);
    const last = await engine.reason(rows.length, ['ham'], ['spam']);
    expect(last?.tokens.map(({ start, end }) => [start, end])).toEqual([[21, 25]]);
    expect(last?.words).toEqual([{ word: 'free', count: 1, contribution: last?.tokens[0]?.contribution }]);
  });

  it('is none without a model, a label, or two different known classes', async () => {
    const engine = new LocalEngine(services);
    expect(await engine.reason(0, ['ham'], ['spam'])).toBeNull();
    const path = writeRows(folder.path, 'none.csv', [...rows, ['free', '']]);
    await engine.find(settingsOf(path), []);
    expect(await engine.reason(0, ['ham'], ['ham'])).toBeNull();
    expect(await engine.reason(0, ['ham'], ['other'])).toBeNull();
    expect(await engine.reason(rows.length, ['ham'], ['spam'])).toBeNull();
    expect(await engine.probabilities(rows.length)).toBeNull();
  });

  it('follows the file when only its labels were written anew, and refuses another text', async () => {
    const engine = new LocalEngine(services);
    const path = writeRows(folder.path, 'moving.csv', rows);
    await engine.find(settingsOf(path), []);
    const before = await engine.reason(0, ['ham'], ['spam']);
    writeRows(folder.path, 'moving.csv', [[rows[0]?.[0] ?? '', 'spam, corrected'], ...rows.slice(1)]);
    expect(await engine.reason(0, ['ham'], ['spam'])).toEqual(before);
    writeRows(folder.path, 'moving.csv', [['Something else', 'ham'], ...rows.slice(1)]);
    await expect(engine.reason(0, ['ham'], ['spam'])).rejects.toThrow(/record 0 is no longer the one .* Find/);
  });

  it('is with several labels that of the class which contradicts the given ones most', async () => {
    const texts = { a: 'apple pie sweet', b: 'bolt nut steel', c: 'cloud rain storm' };
    const sets = ['a', 'b', 'c', 'a|b', 'b|c', 'a|c'];
    const many = Array.from({ length: 60 }, (_, row): Row => {
      const set = sets[row % sets.length] ?? '';
      const words = set.split('|').map((name) => texts[name as keyof typeof texts]);
      return [`${words.join(' ')} w${row % 5}x`, row === 9 ? 'c' : set];
    });
    const engine = new LocalEngine(services);
    const settings = settingsOf(writeRows(folder.path, 'many.csv', many), { multiLabel: true });
    const { candidates, classes } = await engine.find(settings, []);
    expect(candidates.rows[0]).toBe(9);
    const labelsOf = (index: number | undefined): readonly string[] => candidates.labellings[index ?? -1] ?? [];
    expect([labelsOf(candidates.given[0]), labelsOf(candidates.suggested[0])]).toEqual([['c'], ['a', 'b']]);
    const probabilities = (await engine.probabilities(9)) ?? [];
    const [a = 0, b = 0, c = 0] = probabilities;
    expect(classes).toEqual(['a', 'b', 'c']);
    const reason = await engine.reason(9, ['c'], ['a', 'b']);
    const doubts = [a / (1 - a), b / (1 - b), (1 - c) / c].map(Math.log);
    expect(reason?.logOdds).toBeCloseTo(Math.max(...doubts), 9);
    if (reason) checkSums(reason);
    expect(await engine.change([{ row: 9, label: ['a', 'b'] }])).toBeNull();
    const decided = await engine.find(settings, [
      { row: 9, label: ['b', 'a'] },
      { row: 0, label: null },
    ]);
    expect([...decided.candidates.rows]).not.toContain(9);
    expect(decided.labelled).toBe(59);
  });
});

describe('the places of tokens', () => {
  const characters = fc.constantFrom('a', 'B', 'İ', 'ẞ', 'Σ', 'é', 'e\u0301', '𐐀', '🙂', '北', '_', ' ', '-', 'ﬁ', '3');
  const text = fc.array(characters, { maxLength: 12 }).map((chosen) => chosen.join(''));

  it('cut the original where its tokens are', () => {
    fc.assert(
      fc.property(text, (one) => {
        const places = tokenPlaces(one);
        expect(places.map(({ token }) => token)).toEqual(tokensOf(one));
        let before = 0;
        for (const { token, start, end } of places) {
          expect(start).toBeGreaterThanOrEqual(before);
          const plain = (of: string): string => of.toLowerCase().replaceAll('ς', 'σ');
          // A mark that lower case adds ends the token within its letter, which is marked whole.
          expect([plain(token), `${plain(token)}\u0307`]).toContain(plain(one.slice(start, end)));
          before = end;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are those of the original when lower case is longer', () => {
    const one = 'İİ ab-xİ cd';
    expect(tokenPlaces(one).map(({ token, start, end }) => [token, one.slice(start, end)])).toEqual([
      ['ab', 'ab'],
      ['xi', 'xİ'],
      ['cd', 'cd'],
    ]);
  });
});

describe('given probabilities', () => {
  const rows = Array.from(
    { length: 12 },
    (_, row) => `some text ${row % 3},${row % 2 ? 'x' : 'y'},${row % 2 ? 0.9 : 0.2}`,
  );
  const dataset = `${folder.path}/given.csv`;

  it('are found with, and neither followed nor explained', async () => {
    const records = rows.map((row, at) => `${row},${at % 2 ? 0.1 : 0.8}`);
    writeFileSync(dataset, `text,label,prob_x,prob_y\n${records.join('\n')}\nmore text,x,0.1,0.9\nno label,,0.5,0.5\n`);
    const engine = new LocalEngine(services);
    const source = { kind: 'columns', columns: ['prob_x', 'prob_y'] } as const;
    const found = await engine.find(settingsOf(dataset, { source }), []);
    expect([...found.candidates.rows]).toEqual([12]);
    expect(found).toMatchObject({ records: 14, labelled: 13, classes: ['x', 'y'], accuracy: 12 / 13 });
    expect(found.issues?.missingLabels).toEqual({ count: 1, rows: [13] });
    expect(await engine.probabilities(12)).toEqual([0.1, 0.9]);
    expect(await engine.probabilities(13)).toBeNull();
    expect(await engine.change([{ row: 12, label: ['y'] }])).toBeNull();
    expect(await engine.reason(12, ['x'], ['y'])).toBeNull();
    expect((await engine.similar(12, 1))[0]).toMatchObject({ row: 0, labels: ['y'] });
    const decided = await engine.find(settingsOf(dataset, { source }), [{ row: 12, label: ['y'] }]);
    expect([...decided.candidates.rows]).toEqual([]);
    expect(decided.warnings.join(' ')).toMatch(/No label is more probable/);
  });

  it('without a column of texts leave out what needs them', async () => {
    const engine = new LocalEngine(services);
    const source = { kind: 'columns', columns: ['prob_x', 'prob_y'] } as const;
    const found = await engine.find(settingsOf(dataset, { source, text: null }), []);
    expect(found.issues).toBeNull();
    expect(await engine.similar(12, 3)).toEqual([]);
  });
});

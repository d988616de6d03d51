import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicates, normalised } from '../../../../extension/core/dataset/duplicates';

/** The shingles of a text, and the similarity of two, in the plainest way. */
const plainShingles = (text: string): Set<string> =>
  new Set(text.length < 5 ? [text] : Array.from({ length: text.length - 4 }, (_, at) => text.slice(at, at + 5)));
function plainJaccard(a: string, b: string): number {
  const [one, other] = [plainShingles(a), plainShingles(b)];
  const common = [...one].filter((shingle) => other.has(shingle)).length;
  return common / (one.size + other.size - common);
}

/** Sentences of few words, and the same with a word changed, left out or put in. */
const word = fc.constantFrom<string[]>(
  'free',
  'entry',
  'tonight',
  'call',
  'me',
  'when',
  'you',
  'are',
  'home',
  'prize',
  'great',
);
const sentences = fc
  .array(
    fc.record({
      words: fc.array(word, { minLength: 1, maxLength: 25 }),
      edits: fc.array(fc.tuple(fc.nat(), fc.option(word, { nil: '' })), { maxLength: 5 }),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map((made) =>
    made.flatMap(({ words, edits }) => [
      words.join(' '),
      ...edits.map(([at, other]) => words.with(at % words.length, other).join(' ')),
    ]),
  );

const groupOf = (groups: readonly (readonly number[])[], row: number): readonly number[] =>
  groups.find((rows) => rows.includes(row)) ?? [row];

describe('texts are equal', () => {
  it.each([
    ['Free entry!', '  free\tENTRY ', 'free entry'],
    ['“ﬁnal ３ offers”…', '"Final 3 OFFERS"', 'final 3 offers'],
    ['...', ' ... ', '...'],
    ['😀', '😀 ', '😀'],
  ])('when %j and %j differ in nothing that matters', (one, other, same) => {
    expect(normalised(one)).toBe(same);
    expect(normalised(other)).toBe(same);
  });

  it.each([
    ['call 1', 'call 2'],
    [':)', ':('],
    ['😀', '😭'],
    ["we're", 'were'],
  ])('and %j and %j are not', async (one, other) => {
    expect(await findDuplicates([one, other])).toEqual({ exact: [], near: [] });
  });

  it('in groups of ascending rows, whatever else there is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('Yes.', 'yes', 'no', 'NO!', 'maybe', '', ' ', null), { maxLength: 20 }),
        async (texts) => {
          const { exact } = await findDuplicates(texts);
          const plain = new Map<string, number[]>();
          for (const [row, text] of texts.entries()) {
            const key = text?.toLowerCase().replace(/\W/g, '');
            if (key) plain.set(key, [...(plain.get(key) ?? []), row]);
          }
          expect(exact).toEqual([...plain.values()].filter((rows) => rows.length > 1));
        },
      ),
    );
  });
});

describe('near duplicates', () => {
  it('are found when a word of a message differs, with their copies', async () => {
    const texts = [
      'You are a winner and have been specially selected to receive £1000 or a holiday, call 08712778109',
      'Ok lar, joking with you',
      'You are a winner and have been specially selected to receive £1000 or a holiday, call 08712778107',
      'you are a winner and have been specially selected to receive £1000 or a holiday, CALL 08712778107!',
    ];
    expect(await findDuplicates(texts)).toEqual({ exact: [[2, 3]], near: [[0, 2, 3]] });
  });

  it.each([0.5, 0.7, 0.8, 0.9])('of %d are those that a comparison of all pairs finds', async (threshold) => {
    let [similar, found] = [0, 0];
    await fc.assert(
      fc.asyncProperty(sentences, async (texts) => {
        const { near } = await findDuplicates(texts, { threshold });
        const plain = texts.map(normalised);
        for (let row = 0; row < texts.length; row++) {
          for (let other = 0; other < row; other++) {
            const [one = '', two = ''] = [plain[row], plain[other]];
            if (one === '' || two === '' || one === two || plainJaccard(one, two) < threshold) continue;
            similar++;
            if (groupOf(near, row).includes(other)) found++;
          }
        }
        // no row is in a group without another that is as similar as asked for
        for (const rows of near) {
          for (const row of rows) {
            const others = rows.filter((other) => plain[other] !== plain[row]);
            const similarities = others.map((other) => plainJaccard(plain[row] ?? '', plain[other] ?? ''));
            expect(Math.max(...similarities)).toBeGreaterThanOrEqual(threshold);
          }
        }
      }),
      { seed: 7, numRuns: 300 },
    );
    expect(similar).toBeGreaterThan(100);
    expect(found / similar).toBeGreaterThan(0.99);
  });

  it('are no other when the rows are in another order', async () => {
    await fc.assert(
      fc.asyncProperty(sentences, async (texts) => {
        const last = texts.length - 1;
        const { near } = await findDuplicates(texts);
        const reversed = await findDuplicates([...texts].reverse());
        const turned = reversed.near.map((rows) => rows.map((row) => last - row).reverse());
        expect(turned.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual(near);
      }),
    );
  });

  it('of one template come as one group', async () => {
    const template = 'Your parcel was handed to our courier this morning and will be at your door before the evening';
    const texts = Array.from({ length: 3000 }, (_, row) => `${template}, code ${row}`);
    const { exact, near } = await findDuplicates(texts);
    expect(exact).toEqual([]);
    expect(near.map((rows) => rows.length)).toEqual([3000]);
  });

  it('are none where texts only look alike, however many', async () => {
    // a digit more or less changes five of about sixty shingles
    const half = 'Your parcel was handed to our courier this morning';
    const texts = Array.from({ length: 2000 }, (_, row) => `${half} ${String(row * 7919).padStart(15, '0')}`);
    expect((await findDuplicates(texts, { threshold: 0.99 })).near).toEqual([]);
  });
});

describe('the search', () => {
  it('may leave near duplicates out', async () => {
    const texts = ['the same long message', 'The same long message!', 'the same long messages', 'another text'];
    expect(await findDuplicates(texts, { threshold: 0.5, near: false })).toEqual({ exact: [[0, 1]], near: [] });
    expect((await findDuplicates(texts, { threshold: 0.5 })).near).toEqual([[0, 1, 2]]);
  });

  it.each([0, -1, 1.1, NaN])('refuses a similarity of %d', async (threshold) => {
    await expect(findDuplicates(['a'], { threshold })).rejects.toThrow(/above 0, up to 1/);
  });

  it('says how far it is, and stops when it is told to', async () => {
    const texts = Array.from({ length: 2000 }, (_, row) => `text number ${row}`);
    const shares: number[] = [];
    await findDuplicates(texts, { onProgress: (done) => shares.push(done) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);

    const abort = new AbortController();
    const run = findDuplicates(texts, { signal: abort.signal });
    setImmediate(() => abort.abort());
    await expect(run).rejects.toThrow(/aborted/);
  });
});

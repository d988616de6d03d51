import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countKnownWords, countWords } from '../../../../extension/core/labels/countMatrix';
import { crossValPredictProba } from '../../../../extension/core/labels/crossValidation';
import { rowsOf } from '../../../../extension/core/labels/matrix';
import { NaiveBayesCounts, NaiveBayesPredictor } from '../../../../extension/core/labels/naiveBayes';
import { stratifiedFolds } from '../../../../extension/core/labels/stratifiedFolds';
import { byCodePoint, tokensOf } from '../../../../extension/core/labels/tokens';

const indexed = (names: readonly string[]) => {
  const classes = [...new Set(names)].sort(byCodePoint);
  return { labels: Int32Array.from(names, (name) => classes.indexOf(name)), classes: classes.length };
};
const close = (row: readonly number[]): unknown[] => row.map((value): unknown => expect.closeTo(value, 12));

describe('tokens', () => {
  it("are those of scikit-learn's CountVectorizer", () => {
    const text = "It's a co-op; naïve CAFÉ _x_ ３４ x2 I 北京 हिन्दी don't 🙂🙂 ab\u0301c";
    expect(tokensOf(text).sort(byCodePoint)).toEqual([
      ...['_x_', 'ab', 'café', 'co', 'don', 'it', 'naïve', 'op', 'x2', '北京', '３４'],
    ]);
  });

  it('are the same whether a text is ASCII alone or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab_1 .-\n\0AZ')), maxLength: 30 }), (text) => {
        expect(tokensOf(`${text} é`)).toEqual(tokensOf(text));
      }),
    );
  });

  it('are sorted by code points, as Python sorts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const points = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);
        const expected = [...texts].sort((a, b) => {
          const [one, other] = [points(a), points(b)];
          const at = one.findIndex((point, index) => point !== other[index]);
          return at < 0 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1);
        });
        expect([...texts].sort(byCodePoint)).toEqual(expected);
      }),
    );
  });

  it('must be there at all', () => {
    expect(() => countWords(['a', '.', ''])).toThrow(/No text has a word/);
  });
});

describe('folds', () => {
  it.each([
    ['abcabcabcaab', 3, [0, 0, 0, 0, 1, 1, 1, 2, 2, 1, 2, 2]],
    ['0000000111', 3, [0, 0, 0, 1, 1, 2, 2, 0, 1, 2]],
    ['1110000000', 3, [0, 1, 2, 0, 0, 0, 1, 1, 2, 2]],
    ['bbbbaaaaac', 3, [0, 0, 1, 2, 0, 1, 1, 2, 2, 0]],
    ['aab', 2, [0, 1, 0]],
    ['10101112201', 4, [0, 0, 0, 2, 1, 1, 2, 1, 2, 3, 3]],
  ])("of %s by %i are those of scikit-learn's StratifiedKFold", (names, count, folds) => {
    const { labels, classes } = indexed(Array.from(names));
    expect([...stratifiedFolds(labels, classes, count).folds]).toEqual(folds);
  });

  it.each([
    ['bbbbaaaaac', 3, ['1 record,']],
    ['aab', 2, ['1 record,']],
    ['10101112201', 4, ['2 records,']],
    ['abcabcabcaab', 3, []],
    ['0011', 2, []],
  ])('of %s by %i say that a class is smaller than their number', (names, count, parts) => {
    const { labels, classes } = indexed(Array.from(names));
    const expected = parts.map((part): unknown => expect.stringContaining(part));
    expect(stratifiedFolds(labels, classes, count).warnings).toEqual(expected);
  });

  it.each([
    ['ab', 3, /2 records for 3 folds/],
    ['abc', 2, /No class has 2 records/],
    ['aabb', 1, /not possible/],
  ])('of %s by %i are refused', (names, count, message) => {
    const { labels, classes } = indexed(Array.from(names));
    expect(() => stratifiedFolds(labels, classes, count)).toThrow(message);
  });
});

const texts = ['good fun', 'good film', 'bad film', 'bad plot', 'good plot', 'awful', 'bad bad film'];
const names = ['p', 'p', 'n', 'n', 'p', 'z', 'n'];

describe('the naive Bayes model', () => {
  it("predicts what scikit-learn's MultinomialNB predicts", () => {
    const { labels, classes } = indexed(names);
    const matrix = countWords(texts);
    expect(matrix.vocabulary).toEqual(['awful', 'bad', 'film', 'fun', 'good', 'plot']);
    const model = new NaiveBayesPredictor(NaiveBayesCounts.of(matrix, labels, classes));
    const asked = countKnownWords(['good bad', 'unknown words', ''], matrix.vocabulary);
    const predicted = (row: number): number[] => {
      const into = new Float64Array(3);
      model.predict(asked, row, into, 0);
      return [...into];
    };
    expect(predicted(0)).toEqual(close([0.46108003554812066, 0.4329029222646244, 0.10601704218725497]));
    expect(predicted(1)).toEqual(close([3 / 7, 3 / 7, 1 / 7]));
    expect(predicted(2)).toEqual(close([3 / 7, 3 / 7, 1 / 7]));
  });

  it('is certain where scikit-learn is, though another class has some probability left', () => {
    const matrix = countWords(['aa bb cc dd ee', 'aa bb cc cc dd ff']);
    const model = new NaiveBayesPredictor(NaiveBayesCounts.of(matrix, Int32Array.of(0, 1), 2));
    const asked = countKnownWords(['aa bb dd '.repeat(60) + 'ee '.repeat(23)], matrix.vocabulary);
    const into = new Float64Array(2);
    model.predict(asked, 0, into, 0);
    expect(into[0]).toBe(1);
    expect((into[1] ?? 0) / 2.5423318552798043e-15).toBeCloseTo(1, 9);
  });

  it('is cross-validated as by cross_val_predict, a class missing in a fold included', () => {
    const { labels, classes } = indexed(names);
    const { predProbs, warnings } = crossValPredictProba(countWords(texts), labels, classes, { folds: 3 });
    const rows = rowsOf(predProbs);
    expect(rows[0]).toEqual(close([0.2285714285714, 0.7714285714286, 0]));
    expect(rows[5]).toEqual(close([0.5, 0.5, 0]));
    expect(warnings).toHaveLength(2);
  });

  it('is cross-validated without the words that only the held-out texts have', () => {
    const { labels, classes } = indexed(names.slice(0, 5));
    const { predProbs } = crossValPredictProba(countWords(texts.slice(0, 5)), labels, classes, { folds: 2 });
    expect(rowsOf(predProbs)).toEqual([
      close([1 / 3, 2 / 3]),
      close([1 / 3, 2 / 3]),
      close([2 / 3, 1 / 3]),
      close([4 / 7, 3 / 7]),
      close([2 / 11, 9 / 11]),
    ]);
  });

  it('leaves no trace of a text that is added and taken away', () => {
    const word = fc.constantFrom('aa', 'bb', 'cc', 'dd', 'ee');
    const sentence = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 2, maxLength: 8 }), fc.nat(), (sentences, pick) => {
        const matrix = countWords(sentences);
        const labels = Int32Array.from(sentences, (_, row) => row % 2);
        const [counts, untouched] = [0, 1].map(() => NaiveBayesCounts.of(matrix, labels, 2));
        const row = pick % sentences.length;
        counts?.add(matrix, row, labels[row] ?? 0, -1);
        counts?.add(matrix, row, labels[row] ?? 0, 1);
        expect(counts).toEqual(untouched);
      }),
    );
  });

  it('can be cancelled between folds', () => {
    const { labels, classes } = indexed(names);
    const abort = new AbortController();
    const run = () =>
      crossValPredictProba(countWords(texts), labels, classes, {
        folds: 3,
        signal: abort.signal,
        onProgress: () => abort.abort(),
      });
    expect(run).toThrow(/aborted/);
  });
});

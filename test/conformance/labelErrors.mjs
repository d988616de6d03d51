// Compares confident learning with cleanlab, and the naive Bayes model with scikit-learn, on random cases that are rich in
// equal scores, rare classes and classes without examples.

const filters = [
  ...['prune_by_noise_rate', 'prune_by_class', 'both', 'confident_learning', 'predicted_neq_given'],
  ...['low_normalized_margin', 'low_self_confidence'],
];
const prunes = filters.slice(0, 3);
/** Of scripts in which words end in different ways; old enough for the Unicode of any Python. */
const scripts = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x300, 0x36f],
  [0x391, 0x3c9],
  [0x400, 0x45f],
  [0x5d0, 0x5ea],
  [0x660, 0x669],
  [0x905, 0x94d],
  [0xe01, 0xe3a],
  [0x2070, 0x2071],
  [0x2160, 0x2188],
  [0x4e00, 0x4e20],
  [0xac00, 0xac20],
  [0xff10, 0xff5a],
  [0x10400, 0x1044f],
  [0x1d400, 0x1d454],
  [0x1f600, 0x1f640],
];
const words = ['good', 'bad', 'film', 'plot', 'fun', 'awful', "don't", 'naïve', '北京', 'a', 'x2', '＿_'];

/**
 * @param count how many cases of each sort
 * @param random a function from 0 to 1
 * @param python runs `label_errors.py` on cases; its output
 * @param answer ours, for one case
 * @returns `{ passed, failures }`; a case that the peer refuses proves nothing
 */
export function compareLabelErrors({ count, random, python, answer }) {
  const make = [
    ...[issuesCase, multilabelCase, countsCase, crossValidationCase, trainedCase, reportCase, imbalanceCase],
    ...[agreementCase, similarCase],
  ];
  const cases = make.flatMap((one) => Array.from({ length: count }, () => one(random)));
  const lines = python(cases).trim().split('\n');
  const result = { passed: 0, failures: [] };
  for (const [index, one] of cases.entries()) {
    const expected = JSON.parse(lines[index]);
    if (expected.error) continue;
    const problem = attempt(() => difference(answer(one), expected, ''));
    if (problem === undefined) result.passed++;
    else result.failures.push(`${JSON.stringify(one)}\n  ${problem}`);
  }
  return result;
}

const integer = (random, from, to) => from + Math.floor(random() * (to - from + 1));
const pick = (random, items) => items[integer(random, 0, items.length - 1)];
const times = (length, make) => Array.from({ length }, (_, index) => make(index));

/** Few different weights make equal scores; many make none. */
function probabilities(random, classes, levels) {
  const weights = times(classes, () => integer(random, 0, levels) + (random() < 0.1 ? 0 : 0.25));
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  return weights.map((weight) => weight / total);
}

function labelled(random) {
  const classes = integer(random, 2, 6);
  const rows = integer(random, 5, 120);
  const levels = pick(random, [2, 4, 1000]);
  const used = random() < 0.3 ? classes - 1 : classes;
  return {
    classes,
    labels: [0, Math.max(1, used - 1), ...times(rows, () => Math.floor(random() ** 1.7 * used))],
    predProbs: times(rows + 2, () => probabilities(random, classes, levels)),
  };
}

function options(random, classes) {
  const filter_by = pick(random, filters);
  const chosen = { filter_by };
  if (prunes.includes(filter_by)) {
    if (random() < 0.3) chosen.frac_noise = pick(random, [0, 0.1, 0.33, 0.5, 0.9]);
    if (random() < 0.3) chosen.min_examples_per_class = integer(random, 0, 8);
    if (random() < 0.2) chosen.num_to_remove_per_class = times(classes, () => integer(random, 0, 5));
  }
  return chosen;
}

function issuesCase(random) {
  const { classes, labels, predProbs } = labelled(random);
  return { about: 'issues', labels, predProbs, options: options(random, classes) };
}

function countsCase(random) {
  const { labels, predProbs } = labelled(random);
  return { about: 'counts', labels, predProbs };
}

function multilabelCase(random) {
  const classes = integer(random, 2, 4);
  const labels = times(integer(random, 6, 60), () => times(classes, (label) => label).filter(() => random() < 0.4));
  const predProbs = labels.map(() => times(classes, () => integer(random, 0, 10) / 10));
  return { about: 'multilabel', labels, predProbs, options: { filter_by: pick(random, filters.slice(0, 5)) } };
}

function crossValidationCase(random) {
  const classes = integer(random, 2, 4);
  const rows = integer(random, 8, 40);
  const labels = [...times(classes, (label) => label), ...times(rows, () => integer(random, 0, classes - 1))];
  const wordOf = random() < 0.5 ? () => pick(random, words) : () => randomWord(random);
  const texts = labels.map(() => times(integer(random, 1, 9), wordOf).join(' '));
  return { about: 'cross_validation', labels, texts, folds: integer(random, 2, 4) };
}

/** Texts to predict have known and unknown words, and the empty text none. */
function trainedCase(random) {
  const { labels, texts } = crossValidationCase(random);
  const known = texts.join(' ').split(' ');
  const wordOf = () => (random() < 0.5 ? pick(random, known) : randomWord(random));
  const asked = times(8, () => times(integer(random, 1, 9), wordOf).join(' '));
  return { about: 'trained', labels, texts, asked: ['', ...asked] };
}

function similarCase(random) {
  const { texts } = crossValidationCase(random);
  return { about: 'similar', texts: [...texts, '', texts[0]] };
}

function reportCase(random) {
  const classes = integer(random, 2, 6);
  const rows = integer(random, 1, 60);
  const skewed = () => times(rows, () => Math.floor(random() ** 2 * classes));
  return { about: 'report', classes, labels: skewed(), predicted: skewed() };
}

function imbalanceCase(random) {
  const classes = integer(random, 2, 5);
  const most = pick(random, [3, 40, 100]);
  const labels = times(classes, (label) => times(integer(random, 1, most), () => label)).flat();
  return { about: 'imbalance', labels };
}

/** Two raters who agree more or less, also on everything, and on one verdict alone. */
function agreementCase(random) {
  const verdicts = times(integer(random, 1, 5), (index) => 'abcde'[index]);
  const likeness = pick(random, [0, 0.5, 0.9, 1]);
  const first = times(integer(random, 1, 40), () => pick(random, verdicts));
  const second = first.map((verdict) => (random() < likeness ? verdict : pick(random, verdicts)));
  return { about: 'agreement', first, second };
}

function randomWord(random) {
  return String.fromCodePoint(...times(integer(random, 1, 5), () => integer(random, ...pick(random, scripts))));
}

/** Numbers may differ in the last bits, where logarithms and exponentials do. */
function difference(have, want, place) {
  if (typeof want === 'number') {
    const close = Math.abs(have - want) <= 1e-11 * Math.max(1, Math.abs(want)) || Object.is(have, want);
    return close ? undefined : `${place}: ${have}, not ${want}`;
  }
  if (want === null || typeof want !== 'object') return have === want ? undefined : `${place}: ${have}, not ${want}`;
  for (const key of Object.keys(want)) {
    const problem = difference(have?.[key], want[key], `${place}/${key}`);
    if (problem) return problem;
  }
  return undefined;
}

function attempt(compare) {
  try {
    return compare();
  } catch (error) {
    return error.stack;
  }
}

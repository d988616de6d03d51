import { ExpectedError } from '../../errors';
import { at, zeros, type PredProbs } from '../../labels/matrix';
import type { NamedPredProbs } from './types';

/**
 * The columns in the order of these classes; what has a column but is none of them follows in the order of the source.
 *
 * @param wanted without repetitions
 * @param source what messages call the source
 * @throws ExpectedError listing the classes without a column, or when columns without names are not as many
 */
export function orderClasses(given: NamedPredProbs, wanted: readonly string[], source: string): NamedPredProbs {
  const { predProbs, classes } = given;
  if (!classes) {
    if (predProbs.columns === wanted.length) return { ...given, classes: wanted };
    throw new ExpectedError(
      `${source} has ${predProbs.columns} columns without names, but there are ${wanted.length} classes: ${listed(wanted)}.`,
      'Give one column a class in this order, or name the columns.',
    );
  }
  const missing = wanted.filter((name) => !classes.includes(name));
  if (missing.length > 0) {
    throw new ExpectedError(
      `${source} has no column for ${listed(missing)}; its classes are ${listed(classes)}.`,
      'Give a probability for every label of the dataset.',
    );
  }
  const others = classes.filter((name) => !wanted.includes(name));
  const order = [...wanted, ...others].map((name) => classes.indexOf(name));
  return { ...given, predProbs: columnsInOrder(predProbs, order), classes: [...wanted, ...others] };
}

function columnsInOrder(predProbs: PredProbs, order: readonly number[]): PredProbs {
  if (order.every((from, to) => from === to)) return predProbs;
  const result = zeros(predProbs.rows, order.length);
  for (let row = 0; row < predProbs.rows; row++) {
    for (const [to, from] of order.entries()) result.data[row * order.length + to] = at(predProbs, row, from);
  }
  return result;
}

const longestList = 20;

/** Names for a sentence; of many only the first. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, longestList).join(', ');
  return names.length > longestList ? `${shown} and ${names.length - longestList} more` : shown;
}

import { ExpectedError } from '../../errors';
import { checkRange } from '../../labels/checkLabels';
import type { PredProbs } from '../../labels/matrix';
import { orderClasses } from './orderClasses';
import { normalizeRows, rowSumsMissOne, type RowSums } from './rowSums';
import type { NamedPredProbs, WantedPredProbs } from './types';

/**
 * Checks what a source gave, and brings it into the form that is wanted.
 *
 * @param source what messages call it: "probs.npy"
 * @throws ExpectedError naming the first row and column that is wrong
 */
export async function finishPredProbs(
  given: NamedPredProbs,
  source: string,
  { rows, classes, normalizeRows: ask }: WantedPredProbs,
): Promise<NamedPredProbs> {
  checkShape(given.predProbs, source, rows);
  checkFinite(given, source);
  const ordered = classes ? orderClasses(given, classes, source) : given;
  const finished = ask ? await normalized(ordered, ask) : ordered;
  checkRange(finished.predProbs);
  return finished;
}

function checkShape(predProbs: PredProbs, source: string, labels: number | undefined): void {
  const { rows, columns } = predProbs;
  if (rows === 0 || columns === 0)
    throw new ExpectedError(`${source} holds no probabilities (${rows} rows, ${columns} columns).`);
  if (columns === 1)
    throw new ExpectedError(
      `${source} has one column of probabilities.`,
      'Give one column per class: for two classes 1 - p and p.',
    );
  if (labels !== undefined && rows !== labels) {
    throw new ExpectedError(
      `${source} has probabilities of ${rows} rows, but there are ${labels} labels.`,
      'Both need one row per record, in the same order.',
    );
  }
}

function checkFinite({ predProbs, classes }: NamedPredProbs, source: string): void {
  const { data, columns } = predProbs;
  const index = firstNotFinite(data);
  if (index < 0) return;
  const [row, column] = [Math.floor(index / columns), index % columns];
  const name = classes?.[column] ?? String(column);
  throw new ExpectedError(
    `${source} has ${data[index]} in row ${row}, column ${name}.`,
    'Predict that row again, or leave its record out.',
  );
}

/** In a loop of its own, as a call for each value takes ten times as long. */
function firstNotFinite(data: Float64Array): number {
  for (let index = 0; index < data.length; index++) if (!Number.isFinite(data[index])) return index;
  return -1;
}

async function normalized(
  given: NamedPredProbs,
  ask: (sums: RowSums) => boolean | Promise<boolean>,
): Promise<NamedPredProbs> {
  const sums = rowSumsMissOne(given.predProbs);
  if (sums.missing === 0) return given;
  const text = `${sums.missing} of ${given.predProbs.rows} rows missed the sum 1, by up to ${sums.largest.toPrecision(2)}`;
  if (!(await ask(sums))) return { ...given, warnings: [...given.warnings, `${text}.`] };
  const warnings = [...given.warnings, `${text}, and were divided by their sums.`];
  return { ...given, predProbs: normalizeRows(given.predProbs), warnings };
}

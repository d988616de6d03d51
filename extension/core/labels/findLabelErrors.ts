import { ExpectedError } from '../errors';
import { isProbability } from './checkLabels';
import { findLabelIssues, orderLabelIssues, rowsOfMask, type FindLabelIssuesOptions } from './findLabelIssues';
import { zeros, type PredProbs } from './matrix';
import { findMultilabelIssues, multilabelScores, type MultilabelOptions } from './multilabel';
import { labelQualityScores, type RankMethod } from './scores';
import { byCodePoint } from './tokens';

/**
 * Orders of Argilla's `find_label_errors`: `likelihood` of an error, highest first; `prediction`: probability of the given
 * label, lowest first; `none`: the order of the records.
 */
export const sortBys = ['likelihood', 'prediction', 'none'] as const;
export type SortBy = (typeof sortBys)[number];

/** What Argilla v1's `TextClassificationRecord` says of labels; a list as annotation makes the records multi-label. */
export interface LabelErrorRecord {
  /** A score from 0 to 1 for each label. */
  readonly prediction?: readonly LabelScore[] | null;
  readonly annotation?: string | readonly string[] | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
}

export interface LabelScore {
  readonly label: string;
  readonly score: number;
}

export interface FindLabelErrorsOptions extends FindLabelIssuesOptions, MultilabelOptions {
  readonly sortBy?: SortBy;
  /** Where in a candidate's metadata its rank is written. */
  readonly metadataKey?: string;
}

export interface LabelErrors<R> {
  /** With their ranks in the metadata, 0 for the likeliest error, unless sorted by `none`. */
  readonly candidates: readonly R[];
  /** All records in their order, the candidates among them; the others without ranks of earlier runs. */
  readonly records: readonly R[];
  /** The classes, as the columns of a confident joint are ordered. */
  readonly classes: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Finds likely label errors among annotated predictions, as `argilla.labeling.text_classification.find_label_errors` (v1)
 * does with cleanlab 2.9: the classes are the predicted labels in the order of their code points, and records without a
 * prediction or an annotation take no part. The records that are given stay as they are.
 *
 * @throws ExpectedError when nothing is left, a label lacks a score, or labels and scores do not belong together
 */
export function findLabelErrors<R extends LabelErrorRecord>(
  records: readonly R[],
  { sortBy = 'likelihood', metadataKey = 'label_error_candidate', ...options }: FindLabelErrorsOptions = {},
): LabelErrors<R> {
  const annotated = annotatedOf(records);
  const [first] = annotated;
  if (!first) {
    throw new ExpectedError(
      'No record has both a prediction and an annotation.',
      'Predict the records that are annotated.',
    );
  }
  const classes = [...new Set(annotated.flatMap(({ prediction }) => prediction.map(({ label }) => label)))];
  classes.sort(byCodePoint);
  const multilabel = typeof first.annotation !== 'string';
  const labels = labelsOf(annotated, classes, multilabel);
  const predProbs = predProbsOf(annotated, classes);
  const named = { ...options, classNames: classes };
  const { order, warnings } = multilabel
    ? multilabelOrder(labels, predProbs, sortBy, named)
    : orderOf(
        Int32Array.from(labels, ([label = 0]) => label),
        predProbs,
        sortBy,
        named,
      );
  const rows = Array.from(order, (position) => annotated[position]?.row ?? 0);
  return { ...withRanks(records, rows, metadataKey, sortBy !== 'none'), classes, warnings };
}

interface Annotated {
  /** Position among all records. */
  readonly row: number;
  readonly prediction: readonly LabelScore[];
  readonly annotation: string | readonly string[];
}

/** Argilla drops what Python takes for false: no prediction, no annotation, an empty text or list as annotation. */
function annotatedOf(records: readonly LabelErrorRecord[]): Annotated[] {
  return records.flatMap(({ prediction, annotation }, row) =>
    prediction?.length && annotation?.length ? [{ row, prediction, annotation }] : [],
  );
}

/** The class indices of each record. */
function labelsOf(annotated: readonly Annotated[], classes: readonly string[], multilabel: boolean): number[][] {
  const indices = new Map(classes.map((label, index) => [label, index]));
  return annotated.map(({ row, annotation }) => {
    if ((typeof annotation !== 'string') !== multilabel) {
      const [one, other] = multilabel ? ['a single label', 'lists'] : ['a list of labels', 'single labels'];
      throw new ExpectedError(
        `Record ${row} is annotated with ${one}, those before it with ${other}.`,
        'Annotate all records in the same way.',
      );
    }
    return [annotation].flat().map((label) => {
      const index = indices.get(label);
      if (index !== undefined) return index;
      throw new ExpectedError(
        `Record ${row} is annotated with ${label}, which no record has a score for.`,
        'Predict a score for every label that is used.',
      );
    });
  });
}

/** One row per record; of two scores for one label the last counts. */
function predProbsOf(annotated: readonly Annotated[], classes: readonly string[]): PredProbs {
  const predProbs = zeros(annotated.length, classes.length);
  for (const [position, { row, prediction }] of annotated.entries()) {
    const scores = new Map(prediction.map(({ label, score }) => [label, score]));
    for (const [index, label] of classes.entries()) {
      const score = scores.get(label);
      if (score === undefined) {
        throw new ExpectedError(
          `Record ${row} has no score for the label ${label}.`,
          'Predict a score for every label, 0 where the model gives none.',
        );
      }
      if (!isProbability(score))
        throw new ExpectedError(`The score of record ${row} for ${label} is ${score}, not between 0 and 1.`);
      predProbs.data[position * classes.length + index] = score;
    }
  }
  return predProbs;
}

interface Order {
  /** Positions of the candidates. */
  readonly order: Uint32Array;
  readonly warnings: readonly string[];
}

function orderOf(labels: Int32Array, predProbs: PredProbs, sortBy: SortBy, options: FindLabelIssuesOptions): Order {
  const { mask, warnings } = findLabelIssues(labels, predProbs, options);
  const method: RankMethod = sortBy === 'likelihood' ? 'normalized_margin' : 'self_confidence';
  return { order: ordered(mask, sortBy, () => labelQualityScores(labels, predProbs, method)), warnings };
}

/** Argilla ranks records of several labels by self-confidence in either order: a margin of one class is none. */
function multilabelOrder(
  labels: readonly (readonly number[])[],
  predProbs: PredProbs,
  sortBy: SortBy,
  options: MultilabelOptions,
): Order {
  const { mask, warnings } = findMultilabelIssues(labels, predProbs, options);
  return { order: ordered(mask, sortBy, () => multilabelScores(labels, predProbs, 'self_confidence')), warnings };
}

function ordered(mask: Uint8Array, sortBy: SortBy, scores: () => Float64Array): Uint32Array {
  return sortBy === 'none' ? rowsOfMask(mask) : orderLabelIssues(mask, scores());
}

/** @param rows of the candidates, in their order */
function withRanks<R extends LabelErrorRecord>(
  records: readonly R[],
  rows: readonly number[],
  key: string,
  ranked: boolean,
): Pick<LabelErrors<R>, 'candidates' | 'records'> {
  const marked = records.map((record) => without(record, key));
  const candidates = rows.flatMap((row, rank) => {
    const record = marked[row];
    if (!record) return [];
    const candidate = ranked ? { ...record, metadata: { ...record.metadata, [key]: rank } } : record;
    marked[row] = candidate;
    return [candidate];
  });
  return { candidates, records: marked };
}

function without<R extends LabelErrorRecord>(record: R, key: string): R {
  if (!record.metadata || !Object.hasOwn(record.metadata, key)) return record;
  const metadata = Object.fromEntries(Object.entries(record.metadata).filter(([name]) => name !== key));
  return { ...record, metadata };
}

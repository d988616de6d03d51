import { presence, rowsOfRecords } from '../../dataset/labelledData';
import { multilabelErrorReport, type LabelErrorReport } from '../../labels/candidates';
import { rowsByFold, trainOutOfFold } from '../../labels/crossValidation';
import { at, type PredProbs } from '../../labels/matrix';
import type { ClassTotals } from '../../labels/naiveBayes';
import { foldsOfKept } from '../../labels/stratifiedFolds';
import { multilabelColumns } from './candidateColumns';
import type { Comparison, Findings, Model } from './model';
import type { CountedWords } from './search';
import type { FindSettings, Reranked } from './types';

type Labels = readonly (readonly number[] | null)[];

/** What the built-in classifier has learned from. */
interface Learned {
  readonly words: CountedWords;
  readonly folds: number;
}

/** Records with any number of labels; they are found once, and do not follow when labels change. */
export class MultilabelModel implements Model {
  readonly labelled: number;
  private readonly records: Uint32Array;
  private readonly report: LabelErrorReport;
  private readonly accuracy: number;

  /**
   * @param labels class indices of each record; null for one that takes no part
   * @param predProbs one row a record
   * @param learned when the probabilities are those of the built-in classifier
   * @param warnings of what came before
   */
  constructor(
    readonly classes: readonly string[],
    private readonly labels: Labels,
    private readonly predProbs: PredProbs,
    { filterBy, sortBy }: Pick<FindSettings, 'filterBy' | 'sortBy'>,
    private readonly learned: Learned | undefined,
    private readonly warnings: readonly string[],
  ) {
    this.records = Uint32Array.from([...labels.keys()].filter((row) => labels[row] !== null));
    this.labelled = this.records.length;
    const given = Array.from(this.records, (record) => labels[record] ?? []);
    const kept = rowsOfRecords(predProbs, this.records);
    this.report = multilabelErrorReport(given, kept, { filterBy, sortBy, classNames: classes });
    this.accuracy = accuracyOf(given, kept);
  }

  labelsOf(row: number): readonly number[] | null {
    return this.labels[row] ?? null;
  }

  probabilities(row: number): readonly number[] | null {
    const { data, columns } = this.predProbs;
    return this.labels[row] ? [...data.subarray(row * columns, (row + 1) * columns)] : null;
  }

  findings(): Findings {
    const { classes, warnings } = this;
    const { thresholds, warnings: found } = this.report;
    return { ...this.reranked(), classes, confidentJoint: null, thresholds, warnings: [...warnings, ...found] };
  }

  reranked(): Reranked {
    const { candidates, healthScore, numLabelIssues } = this.report;
    const columns = multilabelColumns(candidates, this.records, this.classes);
    return { candidates: columns, accuracy: this.accuracy, healthScore, numLabelIssues };
  }

  change(): boolean {
    return false;
  }

  /** Each class has a model of its own; the one is taken that contradicts the given labels most. */
  modelOf(row: number, given: readonly string[], suggested: readonly string[]): Comparison | null {
    const { learned, predProbs, labels } = this;
    const differing = [...this.classes.keys()].filter((label) => {
      const name = this.classes[label] ?? '';
      return given.includes(name) !== suggested.includes(name);
    });
    const doubt = (label: number): number => {
      const present = at(predProbs, row, label);
      return given.includes(this.classes[label] ?? '') ? 1 - present : present;
    };
    const [label] = differing.sort((a, b) => doubt(b) - doubt(a) || a - b);
    if (!learned || !labels[row] || label === undefined) return null;
    const wasGiven = Number(given.includes(this.classes[label] ?? ''));
    return { given: wasGiven, suggested: 1 - wasGiven, model: binaryModel(learned, labels, label, row) };
  }
}

function binaryModel({ words, folds: count }: Learned, labels: Labels, label: number, row: number) {
  const present = presence(labels, label);
  const { folds } = foldsOfKept(present, 2, count);
  const own = rowsByFold(folds)[folds[row] ?? 0] ?? new Uint32Array();
  let totals: ClassTotals = { tokens: new Float64Array(2), examples: new Float64Array(2), vocabularySize: 0 };
  trainOutOfFold(words.matrix, present, 2, [own], ({ tokens, examples, vocabularySize }) => {
    totals = { tokens: tokens.slice(), examples: examples.slice(), vocabularySize };
  });
  return { ...words, labels: present, folds, totals };
}

/** Share of the records whose likely labels are exactly the given ones. */
function accuracyOf(labels: readonly (readonly number[])[], predProbs: PredProbs): number {
  const agrees = (own: readonly number[], row: number): boolean =>
    Array.from({ length: predProbs.columns }, (_, label) => label).every(
      (label) => own.includes(label) === at(predProbs, row, label) > 0.5,
    );
  return labels.filter(agrees).length / Math.max(labels.length, 1);
}

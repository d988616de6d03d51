import { ExpectedError } from '../../errors';
import { missingWarnings } from '../../labels/crossValidation';
import type { SortBy } from '../../labels/findLabelErrors';
import type { LiveRanking } from '../../labels/live/liveRanking';
import { rowsOf, type PredProbs } from '../../labels/matrix';
import { modelReport, whyNothingFound } from '../../labels/modelReport';
import { discarded } from '../../labels/naiveBayes';
import { argmax } from '../../labels/numeric';
import { keptOf, rankLabelErrors, type Ranking, type RankingOptions } from '../../labels/ranking';
import { singleColumns, type FoundRanks } from './candidateColumns';
import type { Comparison, Findings, Model } from './model';
import type { LabelChange, Reranked } from './types';

/** What ranks the candidates, whether or not it follows when labels change. */
export interface Ranked {
  /** Class index of each record now, or `discarded`. */
  readonly labels: Int32Array;
  /** @throws ExpectedError while the labels allow none */
  ranking(): Ranking;
  /** @throws ExpectedError when there is nothing to learn from */
  predProbs(): PredProbs;
}

/** Ranks by probabilities that stay as they are. */
export function fixedRanking(labels: Int32Array, predProbs: PredProbs, options: RankingOptions): Ranked {
  const ranking = rankLabelErrors(labels, predProbs, options);
  return { labels, ranking: () => ranking, predProbs: () => predProbs };
}

export interface SingleLabelOptions {
  readonly classes: readonly string[];
  readonly sortBy: SortBy;
  /** The built-in classifier, when the probabilities are its. */
  readonly live?: LiveRanking | undefined;
  /** Of what came before. */
  readonly warnings: readonly string[];
}

/** Records with one label each. */
export class SingleLabelModel implements Model {
  /** Records that have a label, or had one since the search. */
  private readonly hasLabel: Uint8Array;
  private readonly ranks: FoundRanks;

  constructor(
    private readonly ranked: Ranked,
    private readonly options: SingleLabelOptions,
  ) {
    this.hasLabel = Uint8Array.from(ranked.labels, (label) => (label === discarded ? 0 : 1));
    this.ranks = new Int32Array(ranked.labels.length).fill(-1);
    if (options.sortBy === 'none') return;
    for (const [rank, row] of ranked.ranking().order.entries()) this.ranks[row] = rank;
  }

  get classes(): readonly string[] {
    return this.options.classes;
  }

  get labelled(): number {
    return this.ranked.labels.reduce((count, label) => count + (label === discarded ? 0 : 1), 0);
  }

  labelsOf(row: number): readonly number[] | null {
    const label = this.ranked.labels[row] ?? discarded;
    return label === discarded ? null : [label];
  }

  probabilities(row: number): readonly number[] | null {
    if (!this.hasLabel[row]) return null;
    const { data, columns } = this.ranked.predProbs();
    return [...data.subarray(row * columns, (row + 1) * columns)];
  }

  findings(): Findings {
    const { classes, warnings } = this.options;
    const ranking = this.ranked.ranking();
    const kept = keptOf(this.ranked.labels, ranking.predProbs);
    const found = this.reranked();
    const nothing = found.candidates.rows.length === 0;
    return {
      ...found,
      classes,
      confidentJoint: rowsOf(ranking.calibrated),
      thresholds: [...ranking.thresholds],
      warnings: [
        ...warnings,
        ...this.missing(),
        ...ranking.warnings,
        ...modelReport(kept.labels, kept.predProbs).warnings,
        ...(nothing ? [whyNothingFound(kept.labels, kept.predProbs, classes, kept.rows)] : []),
      ],
    };
  }

  reranked(): Reranked {
    const { classes, sortBy } = this.options;
    const { labels } = this.ranked;
    const ranking = this.ranked.ranking();
    const { numLabelIssues } = ranking;
    const candidates = singleColumns(ranking, labels, classes, sortBy, this.ranks);
    const accuracy = accuracyOf(labels, ranking.predProbs);
    return { candidates, accuracy, healthScore: 1 - numLabelIssues / this.labelled, numLabelIssues };
  }

  change(changes: readonly LabelChange[]): boolean {
    const { live, classes } = this.options;
    if (!live) return false;
    for (const { row, label } of changes) {
      if (row >= this.hasLabel.length)
        throw new ExpectedError(`There is no record ${row}.`, 'Find label errors again.');
      live.change(row, label ? classes.indexOf(label[0] ?? '') : discarded);
      if (label) this.hasLabel[row] = 1;
    }
    return true;
  }

  modelOf(row: number, given: readonly string[], suggested: readonly string[]): Comparison | null {
    const { live, classes } = this.options;
    const [from, to] = [classes.indexOf(given[0] ?? ''), classes.indexOf(suggested[0] ?? '')];
    if (!live || !this.hasLabel[row] || from === to || from < 0 || to < 0) return null;
    const { matrix, postings, labels, folds, models } = live.validation;
    const totals = models[folds[row] ?? 0];
    return totals ? { given: from, suggested: to, model: { matrix, postings, labels, folds, totals } } : null;
  }

  /** Sentences on classes that some fold cannot learn. */
  private missing(): readonly string[] {
    const models = this.options.live?.validation.models ?? [];
    const absent = [...this.classes.keys()].filter((label) => models.some(({ examples }) => examples[label] === 0));
    return missingWarnings(absent, this.options.classes);
  }
}

/** Share of the records that take part whose label is the most probable one. */
function accuracyOf(labels: Int32Array, { data, columns }: PredProbs): number {
  let [right, all] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? discarded;
    if (label === discarded) continue;
    all++;
    if (argmax(data, row * columns, (row + 1) * columns) === label) right++;
  }
  return right / Math.max(all, 1);
}

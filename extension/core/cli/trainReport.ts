import { Readable } from 'node:stream';
import type { ClassificationReport, ClassScores } from '../labels/classificationReport';
import { rowsOf } from '../labels/matrix';
import { tableLines } from './table';

/** What `flag-review train --format json` prints. */
export interface TrainReport {
  /** Absolute path of the model; null when it was not kept. */
  readonly model: string | null;
  readonly text: string;
  readonly label: string;
  readonly classes: readonly string[];
  /** Records that the classifier has learned from. */
  readonly rows: number;
  /** Records without a text or a label. */
  readonly left_out: number;
  /** Words that it knows. */
  readonly words: number;
  /** How well it predicts another file. */
  readonly test: TestReport | null;
}

/** The keys of a class are those of scikit-learn's `classification_report(output_dict=True)`. */
export interface TestReport {
  readonly rows: number;
  readonly left_out: number;
  readonly accuracy: number;
  readonly per_class: Readonly<Record<string, PrintedScores>>;
  readonly macro_avg: PrintedScores;
  readonly weighted_avg: PrintedScores;
  /** Row = given label, column = predicted label. */
  readonly confusion: readonly (readonly number[])[];
}

interface PrintedScores {
  readonly precision: number;
  readonly recall: number;
  readonly 'f1-score': number;
  readonly support: number;
}

export function testReport(report: ClassificationReport, classes: readonly string[], leftOut: number): TestReport {
  const named = report.classes.map((scores) => [classes[scores.label] ?? '', printedScores(scores)] as const);
  return {
    rows: report.weightedAverage.support,
    left_out: leftOut,
    accuracy: report.accuracy,
    per_class: Object.fromEntries(named),
    macro_avg: printedScores(report.macroAverage),
    weighted_avg: printedScores(report.weightedAverage),
    confusion: rowsOf(report.confusion),
  };
}

function printedScores({ precision, recall, f1Score, support }: ClassScores): PrintedScores {
  return { precision, recall, 'f1-score': f1Score, support };
}

/** A sentence, then a table of the classes where another file was predicted. */
export async function* trainLines(report: TrainReport): AsyncGenerator<string> {
  const { rows, left_out: leftOut, classes, words, text, label, model, test } = report;
  const without = leftOut === 0 ? '' : `; ${leftOut} more lack one of them`;
  yield `Learned ${classes.length} classes and ${words} words from ${rows} records (${text}, ${label}${without}).`;
  if (model !== null) yield `Kept in ${model}.`;
  if (test) yield* testLines(test);
}

async function* testLines(test: TestReport): AsyncGenerator<string> {
  const scored = Object.entries({
    ...test.per_class,
    'macro avg': test.macro_avg,
    'weighted avg': test.weighted_avg,
  });
  const without = test.left_out === 0 ? '' : `; ${test.left_out} more have no text or no label`;
  yield `Accuracy ${test.accuracy.toFixed(4)} on ${test.rows} records${without}.`;
  yield '';
  yield* tableLines(Readable.from([scoreColumns, ...scored.map(([name, scores]) => scoreCells(name, scores))]));
}

const scoreColumns = ['class', 'precision', 'recall', 'f1-score', 'support'];

function scoreCells(name: string, scores: PrintedScores): string[] {
  const { precision, recall, 'f1-score': f1Score, support } = scores;
  return [name, ...[precision, recall, f1Score].map((share) => share.toFixed(4)), String(support)];
}

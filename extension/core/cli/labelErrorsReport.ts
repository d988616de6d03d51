import { counted } from '../counted';
import { encodeRecord, excel } from '../csv/dialect';
import type { Candidate, LabelErrorReport } from '../labels/candidates';
import type { ReportFormat } from './labelErrorsArguments';
import { printable } from './printable';
import { tableLines } from './table';

/** What `flag-review label-errors --format json` prints. */
export interface PrintedReport {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Records of the dataset. */
  readonly rows: number;
  /** Those without a label; they take no part. */
  readonly unlabelled_rows: number;
  /** In the order of the columns of the probabilities. */
  readonly classes: readonly string[];
  readonly thresholds: LabelErrorReport['thresholds'];
  /** Row = given label, column = estimated true label. */
  readonly confident_joint: LabelErrorReport['confidentJoint'];
  readonly health_score: number;
  readonly num_label_issues: number;
  readonly candidates: readonly PrintedCandidate[];
}

export interface PrintedCandidate {
  /** Number of the record in the dataset, from 0. */
  readonly row: number;
  /** A list where records may have several labels. */
  readonly given_label: string | readonly string[];
  readonly suggested_label: string | readonly string[];
  readonly label_quality: number;
  readonly normalized_margin: number;
  readonly self_confidence: number;
  readonly label_error_candidate: number | null;
}

/** What the candidates belong to. */
export interface ReportedData {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly rows: number;
  readonly classes: readonly string[];
  readonly multiLabel: boolean;
  /** The record of the dataset that each label belongs to. */
  readonly records: Uint32Array;
}

export function printedReport(report: LabelErrorReport, data: ReportedData): PrintedReport {
  return {
    parameters: data.parameters,
    rows: data.rows,
    unlabelled_rows: data.rows - data.records.length,
    classes: data.classes,
    thresholds: report.thresholds,
    confident_joint: report.confidentJoint,
    health_score: report.healthScore,
    num_label_issues: report.numLabelIssues,
    candidates: report.candidates.map((candidate) => printedCandidate(candidate, data)),
  };
}

function printedCandidate(candidate: Candidate, { classes, records, multiLabel }: ReportedData): PrintedCandidate {
  const named = (labels: readonly number[]): string | string[] => {
    const names = labels.map((label) => classes[label] ?? String(label));
    return multiLabel ? names : (names[0] ?? '');
  };
  return {
    row: records[candidate.row] ?? 0,
    given_label: named(candidate.given),
    suggested_label: named(candidate.suggested),
    label_quality: candidate.labelQuality,
    normalized_margin: candidate.normalizedMargin,
    self_confidence: candidate.selfConfidence,
    label_error_candidate: candidate.labelErrorCandidate,
  };
}

const columns = [
  'row',
  'given_label',
  'suggested_label',
  'label_quality',
  'normalized_margin',
  'self_confidence',
  'label_error_candidate',
] as const satisfies readonly (keyof PrintedCandidate)[];

/**
 * The lines of a report.
 *
 * @param texts of the candidates, by record, for the table; absent where the dataset has none
 */
export async function* reportLines(
  report: PrintedReport,
  format: ReportFormat,
  texts?: ReadonlyMap<number, string>,
): AsyncGenerator<string> {
  switch (format) {
    case 'json':
      yield JSON.stringify(report);
      return;
    case 'jsonl':
      for (const candidate of report.candidates) yield JSON.stringify(candidate);
      return;
    case 'csv':
      yield record(columns);
      for (const candidate of report.candidates) yield record(columns.map((column) => cellOf(candidate[column])));
      return;
    case 'table':
      if (report.candidates.length > 0) yield* tableLines(tableRows(report, texts));
      yield* summaryLines(report);
  }
}

function record(cells: readonly string[]): string {
  return encodeRecord(cells, { ...excel, lineEnd: '\n' }).trimEnd();
}

function cellOf(value: PrintedCandidate[keyof PrintedCandidate]): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

async function* tableRows(
  { candidates }: PrintedReport,
  texts: ReadonlyMap<number, string> | undefined,
): AsyncGenerator<readonly string[]> {
  yield ['row', 'given', 'suggested', 'quality', ...(texts ? ['text'] : [])];
  for (const { row, given_label, suggested_label, label_quality } of candidates) {
    const labels = [given_label, suggested_label].map((label) => [label].flat().join(', '));
    yield [String(row), ...labels, label_quality.toFixed(4), ...(texts ? [texts.get(row) ?? ''] : [])];
  }
  await Promise.resolve();
}

function* summaryLines({ candidates, rows, unlabelled_rows, health_score, classes }: PrintedReport): Generator<string> {
  const labelled = rows - unlabelled_rows;
  const share = labelled === 0 ? 0 : (100 * candidates.length) / labelled;
  yield '';
  yield `${counted(candidates.length, 'candidate')} in ${counted(labelled, 'record')} (${share.toFixed(1)} %), health ${health_score.toFixed(2)}`;
  if (unlabelled_rows > 0) yield `${counted(unlabelled_rows, 'record')} without a label took no part.`;
  yield `Classes: ${classes.map(printable).join(', ')}`;
}

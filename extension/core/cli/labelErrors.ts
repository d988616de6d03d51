import { writeFile } from 'node:fs/promises';
import { counted } from '../counted';
import { textOf } from '../dataset/readRecords';
import { labelErrorReport, multilabelErrorReport, type LabelErrorReport } from '../labels/candidates';
import { whyNothingFound } from '../labels/modelReport';
import type { Terminal } from './context';
import { labelDataOf, type TerminalData } from './labelData';
import type { LabelErrorsArguments, ReportFormat } from './labelErrorsArguments';
import { printedReport, reportLines, type PrintedReport } from './labelErrorsReport';
import { notWritten, outputPath } from './output';

/**
 * `flag-review label-errors`: finds records whose labels are probably wrong.
 *
 * @returns the exit status: 1 with more candidates than are allowed
 */
export async function labelErrorsCommand(terminal: Terminal, options: LabelErrorsArguments): Promise<number> {
  const { out, labels, predProbs } = options;
  const path = out === undefined ? undefined : await outputPath(terminal.cwd, out, [options.data, labels, predProbs]);
  const data = await labelDataOf(terminal, options);
  const report = reportOf(data, options);
  for (const warning of report.warnings) terminal.log.warn(warning);
  const printed = printedReport(report, {
    parameters: { ...data.parameters, ...parametersOf(options) },
    rows: data.rows,
    classes: data.classes,
    multiLabel: options.multiLabel,
    records: data.records,
  });
  await print(terminal, printed, data, { path, format: options.format });
  if (printed.candidates.length === 0 && !options.multiLabel)
    terminal.log.warn(whyNothingFound(singleOf(data), data.predProbs, data.classes, data.records));
  return options.failAbove !== undefined && printed.candidates.length > options.failAbove ? 1 : 0;
}

function reportOf(data: TerminalData, options: LabelErrorsArguments): LabelErrorReport {
  const { filterBy, sortBy, fracNoise, minExamplesPerClass } = options;
  const settings = { filterBy, sortBy, fracNoise, minExamplesPerClass, classNames: data.classes };
  return options.multiLabel
    ? multilabelErrorReport(data.labels, data.predProbs, settings)
    : labelErrorReport(singleOf(data), data.predProbs, settings);
}

export function singleOf({ labels }: Pick<TerminalData, 'labels'>): Int32Array {
  return Int32Array.from(labels, ([label = 0]) => label);
}

function parametersOf(options: LabelErrorsArguments): Readonly<Record<string, unknown>> {
  return {
    filter_by: options.filterBy,
    sort_by: options.sortBy,
    frac_noise: options.fracNoise,
    min_examples_per_class: options.minExamplesPerClass,
    multi_label: options.multiLabel,
  };
}

/** Where a report goes, and as what. */
interface Output {
  /** Absolute; undefined for standard output. */
  readonly path: string | undefined;
  readonly format: ReportFormat;
}

async function print(
  terminal: Terminal,
  report: PrintedReport,
  data: TerminalData,
  { path, format }: Output,
): Promise<void> {
  const texts = format === 'table' ? await textsOf(data, report) : undefined;
  if (path === undefined) {
    for await (const line of reportLines(report, format, texts)) terminal.print(line);
    return;
  }
  const lines: string[] = [];
  for await (const line of reportLines(report, format, texts)) lines.push(line);
  await writeFile(path, lines.map((line) => `${line}\n`).join('')).catch(notWritten(path));
  terminal.log.info(`${counted(report.candidates.length, 'candidate')} written to ${path}.`);
}

/** The texts of the candidates, which were not kept when their words were counted. */
async function textsOf({ table, text }: TerminalData, report: PrintedReport): Promise<Map<number, string> | undefined> {
  if (!table || text === undefined) return undefined;
  const wanted = new Set(report.candidates.map(({ row }) => row));
  const texts = new Map<number, string>();
  for await (const { from, count, cells } of table.scan([text])) {
    for (let at = 0; at < count; at++) if (wanted.has(from + at)) texts.set(from + at, textOf(cells[0]?.[at] ?? null));
  }
  return texts;
}

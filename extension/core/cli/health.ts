import { checkDataset } from '../dataset/checkDataset';
import type { DatasetIssues } from '../dataset/datasetIssues';
import { readColumn, textOf } from '../dataset/readRecords';
import { labelHealth, type Health } from '../labels/health';
import { modelReport, type ModelReport } from '../labels/modelReport';
import { numMultilabelIssues } from '../labels/multilabel';
import type { Terminal } from './context';
import { labelDataOf, type TerminalData } from './labelData';
import { singleOf } from './labelErrors';
import type { HealthArguments } from './labelErrorsArguments';
import { printable } from './printable';
import { tableLines } from './table';

/** `flag-review health`: what there is to say of a dataset's labels as a whole. */
export async function healthCommand(terminal: Terminal, options: HealthArguments): Promise<void> {
  const data = await labelDataOf(terminal, options);
  const issues = await issuesOf(terminal, data);
  terminal.progress?.('');
  if (options.multiLabel) {
    const found = numMultilabelIssues(data.labels, data.predProbs, data.classes);
    const health = { health_score: 1 - found / data.labels.length, num_label_issues: found };
    const printed = { parameters: data.parameters, rows: data.rows, classes: data.classes, ...health, dataset: issues };
    if (options.format === 'json') terminal.print(JSON.stringify(printed));
    else for (const line of datasetLines(issues, health)) terminal.print(line);
    return;
  }
  const labels = singleOf(data);
  const health = labelHealth(labels, data.predProbs);
  const model = modelReport(labels, data.predProbs);
  for (const warning of model.warnings) terminal.log.warn(warning);
  if (options.format === 'json') terminal.print(JSON.stringify(printedHealth(data, health, model, issues)));
  else for await (const line of healthLines(data, health, model, issues)) terminal.print(line);
}

/** Duplicates and the like need the texts, which were not kept when their words were counted. */
async function issuesOf(terminal: Terminal, data: TerminalData): Promise<DatasetIssues | undefined> {
  const { table, text, classes, labels, records } = data;
  if (!table || text === undefined) return undefined;
  const texts = (await readColumn(table, text)).map((cell) => (cell === null ? null : textOf(cell)));
  const named: (string | null)[] = texts.map(() => null);
  for (const [position, record] of records.entries())
    named[record] = (labels[position] ?? []).map((label) => classes[label] ?? '').join(', ');
  const { interrupt, progress } = terminal;
  return checkDataset(texts, named, {
    ...(interrupt ? { signal: interrupt } : {}),
    ...(progress ? { onProgress: (done) => progress(`Looking for duplicates… ${Math.floor(100 * done)} %`) } : {}),
  });
}

function printedHealth(data: TerminalData, health: Health, model: ModelReport, dataset: DatasetIssues | undefined) {
  const { classes } = data;
  const name = (label: number): string => classes[label] ?? String(label);
  return {
    parameters: data.parameters,
    rows: data.rows,
    classes,
    health_score: health.healthScore,
    num_label_issues: health.numLabelIssues,
    accuracy: model.accuracy,
    classes_by_label_quality: health.classes.map((one) => ({
      class: name(one.label),
      label_issues: one.labelIssues,
      inverse_label_issues: one.inverseLabelIssues,
      label_noise: one.labelNoise,
      inverse_label_noise: one.inverseLabelNoise,
      label_quality_score: one.labelQuality,
    })),
    overlapping_classes: health.overlaps.map(({ first, second, examples, jointProbability }) => ({
      class_a: name(first),
      class_b: name(second),
      num_overlapping_examples: examples,
      joint_probability: jointProbability,
    })),
    dataset: dataset ?? null,
  };
}

const mostOverlaps = 10;

async function* healthLines(
  { classes }: TerminalData,
  health: Health,
  model: ModelReport,
  issues: DatasetIssues | undefined,
): AsyncGenerator<string> {
  const name = (label: number): string => classes[label] ?? String(label);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  yield* tableLines(
    rowsOf([
      ['class', 'label issues', 'inverse issues', 'noise', 'quality'],
      ...health.classes.map((one) => [
        name(one.label),
        String(one.labelIssues),
        String(one.inverseLabelIssues),
        percent(one.labelNoise),
        one.labelQuality.toFixed(4),
      ]),
    ]),
  );
  const overlaps = health.overlaps.filter(({ examples }) => examples > 0).slice(0, mostOverlaps);
  if (overlaps.length > 0) {
    yield '';
    yield* tableLines(
      rowsOf([
        ['overlapping', 'classes', 'records'],
        ...overlaps.map(({ first, second, examples }) => [name(first), name(second), String(examples)]),
      ]),
    );
  }
  const score = { health_score: health.healthScore, num_label_issues: health.numLabelIssues };
  yield* datasetLines(issues, score);
  yield `Accuracy of the model on the given labels: ${percent(model.accuracy)}`;
}

function* datasetLines(
  issues: DatasetIssues | undefined,
  { health_score, num_label_issues }: { readonly health_score: number; readonly num_label_issues: number },
): Generator<string> {
  yield '';
  yield `Health ${health_score.toFixed(4)}: an estimated ${num_label_issues.toLocaleString('en')} label errors`;
  if (!issues) return;
  const { exactDuplicates, nearDuplicates, emptyTexts, shortTexts, missingLabels, classBalance } = issues;
  yield groups('Exact duplicates', exactDuplicates);
  yield groups('Near duplicates', nearDuplicates);
  yield `Empty texts: ${emptyTexts.count}, very short ones: ${shortTexts.count}, records without a label: ${missingLabels.count}`;
  const rare = classBalance.underrepresented;
  if (rare !== null) yield `Hardly any records: ${printable(rare)}`;
}

function groups(what: string, { groups: count, rows, conflicting }: DatasetIssues['exactDuplicates']): string {
  return `${what}: ${rows} records in ${count} groups, ${conflicting} of them with different labels`;
}

async function* rowsOf(rows: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* rows;
  await Promise.resolve();
}

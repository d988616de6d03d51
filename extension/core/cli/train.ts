import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openTable } from '../dataset/openTable';
import { textAndLabelOf, type TextAndLabel } from '../dataset/textAndLabel';
import { predictTable, readTrainingSet } from '../dataset/trainingSet';
import type { TableOptions } from '../dataset/table';
import { classificationReport, predictedLabels } from '../labels/classificationReport';
import { trainClassifier, type Classifier } from '../labels/classifier';
import { writeModel } from '../labels/modelFile';
import type { Terminal } from './context';
import { notWritten, outputPath } from './output';
import type { TrainArguments } from './trainArguments';
import { testReport, trainLines, type TestReport, type TrainReport } from './trainReport';

/** `flag-review train`: trains the built-in classifier, keeps it, and tells how well it predicts another file. */
export async function trainCommand(terminal: Terminal, args: TrainArguments): Promise<void> {
  const { cwd, print } = terminal;
  const file = resolve(cwd, args.data);
  const model = args.out === undefined ? null : await outputPath(cwd, args.out, [args.data, args.test]);
  const table = await openTable(file);
  const { reasons, ...columns } = await textAndLabelOf(table, args);
  for (const reason of reasons) terminal.log.warn(reason);
  const reading = progressOf(terminal, `Learning from ${basename(file)}`);
  const set = await readTrainingSet(table, columns, { classes: args.classes, ...reading });
  const classifier = trainClassifier(set);
  const rows = set.labels.length;
  const test = args.test === undefined ? null : await tested(terminal, classifier, resolve(cwd, args.test), columns);
  if (model !== null) {
    const date = new Date().toISOString();
    const trainedOn = { file: basename(file), sha256: await hashOf(file), rows, ...columns, date };
    await writeModel(model, { classifier, trainedOn }).catch(notWritten(model));
  }
  terminal.progress?.('');
  const { classes, leftOut } = set;
  const words = set.matrix.vocabulary.length;
  const report: TrainReport = { model, ...columns, classes, rows, left_out: leftOut, words, test };
  if (args.format === 'json') print(JSON.stringify(report));
  else for await (const line of trainLines(report)) print(line);
}

async function tested(
  terminal: Terminal,
  classifier: Classifier,
  file: string,
  columns: TextAndLabel,
): Promise<TestReport> {
  const table = await openTable(file);
  const reading = progressOf(terminal, `Predicting ${basename(file)}`);
  const { labels, predProbs, leftOut } = await predictTable(classifier, table, columns, reading);
  const report = classificationReport(labels, predictedLabels(predProbs), predProbs.columns);
  return testReport(report, classifier.classes, leftOut);
}

function progressOf({ progress }: Terminal, doing: string): TableOptions {
  if (!progress) return {};
  return { onProgress: (done, size) => progress(`${doing}… ${Math.round((100 * done) / size)} %`) };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

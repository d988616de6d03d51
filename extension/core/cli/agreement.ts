import { relative, resolve } from 'node:path';
import { datasetAgreement, type DatasetAgreement } from '../review/ledger/datasetAgreement';
import { agreementMarkdown, leftOut, pairCells, pairHeader, verdictsOn } from '../review/ledger/describeAgreement';
import type { AgreementArguments } from './agreementArguments';
import type { Terminal } from './context';
import { tableLines } from './table';

/** Conflicts in the Markdown, so that a pull request takes it. */
const mostListed = 100;

/** `flag-review agreement`: says how far reviewers of a dataset agree. */
export async function agreementCommand(terminal: Terminal, options: AgreementArguments): Promise<void> {
  const { cwd, interrupt, progress } = terminal;
  const agreement = await datasetAgreement(resolve(cwd, options.data), options, {
    ...(interrupt ? { signal: interrupt } : {}),
    ...(progress ? { onProgress: (done, size) => progress(`Reading… ${Math.floor((100 * done) / size)} %`) } : {}),
  });
  progress?.('');
  for (const { path, message } of agreement.problems) terminal.log.warn(`${relative(cwd, path)}: ${message}`);
  if (options.format === 'json') terminal.print(JSON.stringify(printed(agreement)));
  else if (options.format === 'markdown')
    terminal.print(agreementMarkdown(agreement, options.data, mostListed).trimEnd());
  else for await (const line of agreementLines(agreement)) terminal.print(line);
}

async function* agreementLines(agreement: DatasetAgreement): AsyncGenerator<string> {
  const { reviewers, pairs, conflicts, texts } = agreement;
  yield* tableLines([pairHeader, ...pairs.map(pairCells)]);
  const sentences = leftOut(agreement);
  if (sentences.length > 0) yield '';
  yield* sentences;
  if (conflicts.length === 0) return;
  yield '';
  yield* tableLines([
    ['row', ...reviewers, 'text'],
    ...conflicts.map((record) => [String(record.row), ...verdictsOn(record, reviewers), texts.get(record.row) ?? '']),
  ]);
}

function printed({ reviewers, column, pairs, conflicts, undecided, lost, texts }: DatasetAgreement) {
  return {
    reviewers,
    column,
    pairs,
    conflicts: conflicts.map(({ row, ratings }) => ({
      row,
      text: texts.get(row) ?? null,
      verdicts: Object.fromEntries(ratings.map(({ reviewer, name }) => [reviewer, name])),
    })),
    undecided: undecided.map(({ row }) => row),
    lost,
  };
}

import { counted } from '../../counted';
import { cell, code } from '../../markdown';
import type { PairAgreement, RatedRecord } from './agreement';
import type { DatasetAgreement } from './datasetAgreement';

export const pairHeader = ['reviewers', 'decided by both', 'agree', "Cohen's kappa", 'by one alone'] as const;

/** What there is to say of two reviewers, in the order of `pairHeader`. */
export function pairCells({ first, second, records, share, kappa, onlyFirst, onlySecond }: PairAgreement): string[] {
  const agree = share === null ? '–' : `${(100 * share).toFixed(1)} %`;
  return [`${first}, ${second}`, String(records), agree, kappa?.toFixed(3) ?? '–', `${onlyFirst}, ${onlySecond}`];
}

/** The verdict of each reviewer on one record; empty where there is none. */
export function verdictsOn({ ratings }: RatedRecord, reviewers: readonly string[]): string[] {
  return reviewers.map((own) => ratings.find(({ reviewer }) => reviewer === own)?.name ?? '');
}

/** What was not compared, in sentences. */
export function leftOut({ undecided, lost }: DatasetAgreement): string[] {
  return [
    ...(undecided.length > 0 ? [`Not decided by all of them: ${counted(undecided.length, 'record')}.`] : []),
    ...(lost > 0 ? [`Decisions on records that are no longer there: ${lost.toLocaleString('en')}.`] : []),
  ];
}

/**
 * The agreement as Markdown, for a pull request. What comes from a dataset or a ledger stands in code spans.
 *
 * @param most conflicts that are listed
 */
export function agreementMarkdown(agreement: DatasetAgreement, dataset: string, most: number): string {
  const { reviewers, pairs, conflicts, column, texts } = agreement;
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [
    `# Agreement on ${code(dataset)}, column ${code(column)}`,
    '',
    row(pairHeader),
    row(['---', ...pairHeader.slice(1).map(() => '---:')]),
    ...pairs.map((pair) => row([cell(`${pair.first}, ${pair.second}`), ...pairCells(pair).slice(1)])),
    ...leftOut(agreement).flatMap((sentence) => ['', sentence]),
    ...pairs.flatMap((pair) => confusionLines(pair, row)),
  ];
  if (conflicts.length > 0) {
    lines.push('', `## Conflicts: ${counted(conflicts.length, 'record')}`, '');
    lines.push(row(['row', ...reviewers.map(cell), 'text']), row(['---:', ...reviewers.map(() => '---'), '---']));
    for (const record of conflicts.slice(0, most)) {
      const verdicts = verdictsOn(record, reviewers).map((name) => (name === '' ? '' : cell(name)));
      lines.push(row([String(record.row), ...verdicts, cell(clipped(texts.get(record.row) ?? ''))]));
    }
    if (conflicts.length > most) lines.push('', `… and ${counted(conflicts.length - most, 'record')} more.`);
  }
  return `${lines.join('\n')}\n`;
}

/** Verdicts of which a table can still be read. */
const mostVerdicts = 12;

/** How often the verdicts of two reviewers met. */
function confusionLines(
  { first, second, verdicts, confusion, records: decided }: PairAgreement,
  row: (cells: readonly string[]) => string,
): string[] {
  if (decided === 0 || verdicts.length > mostVerdicts) return [];
  return [
    '',
    `## ${code(first)} (rows) and ${code(second)} (columns)`,
    '',
    row(['', ...verdicts.map(cell)]),
    row(['---', ...verdicts.map(() => '---:')]),
    ...confusion.map((counts, at) => row([cell(verdicts[at] ?? ''), ...counts.map(String)])),
  ];
}

const longest = 120;

function clipped(text: string): string {
  const start = Array.from(text.slice(0, 2 * longest));
  return start.length > longest ? `${start.slice(0, longest).join('')}…` : text;
}

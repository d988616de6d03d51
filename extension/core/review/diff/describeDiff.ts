import { cell, code } from '../../markdown';
import type { DiffRecord, LabelChanged, LabelDiff } from './types';

/**
 * A diff as Markdown, to read or to paste into a pull request. Whatever comes from a dataset stands in code spans, where
 * nothing of it is markup, a link or a mention.
 *
 * @param most entries of each list
 */
export function diffMarkdown(diff: LabelDiff, dataset: string, most: number): string {
  const { before, after, columns, records, pairs } = diff;
  const lines = [
    `# Label changes in ${code(dataset)}`,
    '',
    `${code(before)} → ${code(after)}, column ${code(columns.label)}: ${summaryOf(diff)}.`,
    '',
    `Records: ${count(records.before)} → ${count(records.after)}; rows count from 0.`,
  ];
  if (pairs.length > 0) {
    lines.push('', '| before | after | records |', '| --- | --- | ---: |');
    for (const pair of pairs) lines.push(`| ${cell(pair.before)} | ${cell(pair.after)} | ${count(pair.count)} |`);
  }
  lines.push(
    ...section('Changed', diff.changes.map(changeLine), most),
    ...section('Discarded', diff.discarded.map(recordLine), most),
    ...section('Added', diff.added.map(recordLine), most),
    ...section('Removed', diff.removed.map(recordLine), most),
  );
  return `${lines.join('\n')}\n`;
}

/** What changed, in one line. */
export function summaryOf({ changes, discarded, added, removed }: LabelDiff): string {
  const parts = [
    `${count(changes.length)} label${changes.length === 1 ? '' : 's'} changed`,
    ...(discarded.length > 0 ? [`${count(discarded.length)} discarded`] : []),
    ...(added.length > 0 ? [`${count(added.length)} added`] : []),
    ...(removed.length > 0 ? [`${count(removed.length)} removed`] : []),
  ];
  return parts.join(', ');
}

function changeLine({ row, text, before, after, by, notes }: LabelChanged): string {
  const noted = notes.map((note) => ` ${code(note)}`).join(',');
  return `- row ${row}: ${code(before)} → ${code(after)}${decidedBy(by)}: ${code(text)}${noted && `, noted${noted}`}`;
}

function recordLine({ row, text, label, by }: DiffRecord): string {
  return `- row ${row}: ${code(label)}${decidedBy(by)}: ${code(text)}`;
}

function decidedBy(by: readonly string[]): string {
  return by.length === 0 ? '' : ` by ${by.map(code).join(', ')}`;
}

function section(title: string, lines: readonly string[], most: number): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - most;
  return ['', `## ${title}`, '', ...lines.slice(0, most), ...(more > 0 ? [`- … and ${count(more)} more`] : [])];
}

function count(number: number): string {
  return number.toLocaleString('en');
}

import { basename } from 'node:path';
import { cell, code } from '../../markdown';
import type { Json } from '../../json';
import type { PlanPart } from '../../planPart';
import { leftOutReasons, type PlanOutline, type LeftOut, type LeftOutReason } from './types';

/** Rows that are named for each reason. */
const mostRows = 10;

const reasons: Readonly<Record<LeftOutReason, string>> = {
  content: 'the record was changed since, and what was decided on is nowhere',
  gone: 'the record is gone',
  label: 'the label was changed since to another one',
  conflict: 'reviewers disagree',
  column: 'the dataset has no such column any more',
};

/** Whether carrying a plan out would change anything. */
export function changesAnything({ changes, discards }: PlanOutline): boolean {
  return changes + discards > 0;
}

/** What a plan does, in one sentence without its end. */
export function planSummary(plan: PlanOutline): string {
  const { changes, discards, leftOut, discard } = plan;
  const parts = [
    ...(changes > 0 ? [`${counted(changes, 'label')} ${changes === 1 ? 'changes' : 'change'}`] : []),
    ...(discards > 0 ? [discardText(discards, discard)] : []),
    ...(leftOut.length > 0 ? [`${counted(leftOut.length, 'decision')} left out`] : []),
  ];
  const [first = 'nothing to change', ...others] = parts;
  return [first, ...others].join(', ');
}

/** What an undo takes back, in a few words. */
export function undoSummary({ changes, discards }: Pick<PlanOutline, 'changes' | 'discards'>): string {
  const parts = [
    ...(changes > 0 ? [counted(changes, 'label')] : []),
    ...(discards > 0 ? [counted(discards, 'discarded record')] : []),
  ];
  return parts.join(' and ');
}

/** A plan for a person; parts without a line are left out. */
export function describePlan(plan: PlanOutline): PlanPart[] {
  const { pairs, discards, discard, applied, leftOut } = plan;
  const parts: PlanPart[] = [
    {
      title: 'Labels',
      lines: pairs.map(({ given, label, count }) => `${labelText(given)} → ${labelText(label)}: ${count}`),
    },
    { title: 'Discarded', lines: discards > 0 ? [discardText(discards, discard)] : [] },
    { title: 'Left out', lines: leftOutLines(leftOut) },
    { title: 'In the dataset already', lines: applied > 0 ? [counted(applied, 'decision')] : [] },
    { title: 'File', lines: fileLines(plan) },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** A plan as Markdown. Whatever comes from the dataset stands in code spans, where nothing of it is markup. */
export function planMarkdown(plan: PlanOutline): string {
  const { dataset, pairs, examples, leftOut, applied, discards, discard } = plan;
  const lines = [`# Corrections of ${code(basename(dataset))}`, '', `${planSummary(plan)}. Nothing is written yet.`];
  if (pairs.length > 0) {
    lines.push('', '## Labels', '', '| given | new | records |', '| --- | --- | ---: |');
    for (const { given, label, count } of pairs)
      lines.push(`| ${cell(labelText(given))} | ${cell(labelText(label))} | ${count} |`);
  }
  if (discards > 0) lines.push('', '## Discarded', '', `- ${discardText(discards, discard)}`);
  if (examples.length > 0) {
    lines.push('', '## First records', '', '| row | text | given | new |', '| ---: | --- | --- | --- |');
    for (const { row, text, given, label } of examples) {
      const after = label === undefined ? '_discarded_' : cell(labelText(label));
      lines.push(`| ${row} | ${cell(text)} | ${cell(labelText(given))} | ${after} |`);
    }
  }
  if (leftOut.length > 0) {
    lines.push('', '## Left out', '', '| row | decision | by | why |', '| ---: | --- | --- | --- |');
    for (const { entry, reason } of leftOut) {
      const wanted = entry.decision === 'change' ? cell(labelText(entry.label ?? null)) : entry.decision;
      lines.push(`| ${entry.row} | ${wanted} | ${cell(entry.reviewer)} | ${reasons[reason]} |`);
    }
  }
  lines.push('', '## File', '', ...fileLines(plan).map((line) => `- ${line}`));
  if (applied > 0) lines.push(`- ${counted(applied, 'decision')} in the dataset already`);
  return `${lines.join('\n')}\n`;
}

/** A line for each reason, with rows. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  return leftOutReasons.flatMap((reason) => {
    const rows = leftOut.filter((one) => one.reason === reason).map(({ entry }) => entry.row);
    if (rows.length === 0) return [];
    const listed = [...new Set(rows)].slice(0, mostRows).join(', ');
    return [`${rows.length}: ${reasons[reason]} (row ${listed}${rows.length > mostRows ? ', …' : ''})`];
  });
}

function fileLines({ dataset, format, read, records, notes }: PlanOutline): string[] {
  const file = `${basename(dataset)}, ${counted(records, 'record')}`;
  if (!read) return [file, ...notes];
  const restores = 'Only the bytes of changed cells and discarded records are written anew; Undo Apply restores them.';
  return [
    `${file}, ${read.version.size} bytes, SHA-256 of all of them ${read.sha256.slice(0, 16)}…`,
    ...(format === 'parquet' ? [] : [restores]),
    ...notes,
  ];
}

function discardText(count: number, discard: PlanOutline['discard']): string {
  const what = discard === 'remove' ? 'removed' : 'marked as discarded';
  return `${counted(count, 'record')} ${count === 1 ? 'is' : 'are'} ${what}`;
}

/** A label as a person reads it; no label is shown as such. */
export function labelText(label: Json): string {
  if (label === null || label === '') return '(none)';
  return typeof label === 'string' ? label : JSON.stringify(label);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

import type { PlanPart } from '../../planPart';
import { sizeText } from '../../sizeText';
import { printable } from '../../cli/printable';
import { counted } from '../../counted';
import { cardPath, defaultEndpoint } from '../repository';
import { featureText } from '../staging/featureText';
import type { StagedConfig } from '../staging/types';
import { isUpToDate, type FileChange, type PlannedFile, type PushPlan } from './types';

/** Files of one kind of change, and lines of a card, that are shown; the others are counted. */
const mostFiles = 20;
const mostCardLines = 100;

/** A plan for a person; parts without a line are left out. */
export function describePlan(plan: PushPlan): PlanPart[] {
  const parts: PlanPart[] = [
    { title: 'Push', lines: aligned(overview(plan)) },
    { title: 'Loads as', lines: plan.configs.flatMap(configLines) },
    { title: 'Files', lines: fileLines(plan) },
    { title: `Card (${cardPath})`, lines: cardLines(plan) },
    { title: 'Warnings', lines: plan.warnings.map(({ message }) => message) },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** A plan as text for a terminal: its parts, one below the other. */
export function planLines(plan: PushPlan): string[] {
  return describePlan(plan).flatMap(({ title, lines }, index) => [
    ...(index > 0 ? [''] : []),
    `${title}:`,
    ...lines.map((line) => printable(line === '' ? '' : `  ${line}`)),
  ]);
}

/** What a push does, in one sentence without its end. */
export function planSummary(plan: PushPlan): string {
  if (isUpToDate(plan)) return `${plan.repo} is up to date`;
  const { repo, visibility, rows, bytes, pullRequest, creates } = plan;
  const where = pullRequest ? `a pull request on ${repo}` : repo;
  const size = `${rows > 0 ? `${counted(rows, 'row')}, ` : ''}${sizeText(bytes)}`;
  return `${size} to ${where} (${creates ? `new, ${visibility}` : visibility})`;
}

type Entry = readonly [key: string, text: string];

function overview(plan: PushPlan): Entry[] {
  const { repo, creates, visibility, endpoint, rows, configs, title, others } = plan;
  const splits = configs.reduce((sum, config) => sum + config.splits.length, 0);
  const sent = plan.files.filter(({ change }) => change === 'add' || change === 'change');
  return [
    ['Repository', `${repo} (${creates ? `new, ${visibility}` : visibility})`],
    ...(endpoint === defaultEndpoint ? [] : [['Hub', endpoint] as const]),
    ['Branch', branchText(plan)],
    ...(plan.parentCommit === undefined ? [] : [['After commit', plan.parentCommit.slice(0, 12)] as const]),
    ...(configs.length > 0 ? [['Rows', `${rows.toLocaleString('en')} in ${counted(splits, 'split')}`] as const] : []),
    ['Upload', isUpToDate(plan) ? 'nothing, up to date' : `${counted(sent.length, 'file')}, ${sizeText(plan.bytes)}`],
    ...(others > 0 ? [['Untouched', `${counted(others, 'other file')} of the repository`] as const] : []),
    ...(isUpToDate(plan) ? [] : [['Title', title] as const]),
  ];
}

function branchText({ branch, createsBranch, pullRequest }: PushPlan): string {
  const made = createsBranch ? `${branch} (new, from main)` : branch;
  return pullRequest ? `pull request to ${made}` : made;
}

function configLines({ name, splits, features }: StagedConfig): string[] {
  return [
    `${name}: ${splits.map((split) => `${split.name} (${counted(split.rows, 'row')})`).join(', ')}`,
    ...aligned(features.map(([column, feature]) => [column, featureText(feature)])).map((line) => `  ${line}`),
  ];
}

const changes: readonly FileChange[] = ['add', 'change', 'delete', 'leave'];

function fileLines({ files }: PushPlan): string[] {
  const entries = changes.flatMap((change) => {
    const own = files.filter((file) => file.change === change);
    const shown = own.slice(0, mostFiles).map(({ path, size }) => [change, path, sizeText(size)]);
    return own.length > mostFiles ? [...shown, foldedFiles(change, own.slice(mostFiles))] : shown;
  });
  return aligned(entries);
}

function foldedFiles(change: FileChange, files: readonly PlannedFile[]): string[] {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return [change, `and ${counted(files.length, 'more file')}`, sizeText(bytes)];
}

/** The whole card where it changes. */
function cardLines({ files, card }: PushPlan): readonly string[] {
  const isLeft = files.some(({ path, change }) => path === cardPath && change === 'leave');
  return isLeft ? [] : folded(card.trimEnd().split(/\r?\n/), mostCardLines, 'lines');
}

function folded(items: readonly string[], most: number, noun = ''): readonly string[] {
  if (items.length <= most) return items;
  const more = (items.length - most).toLocaleString('en');
  return [...items.slice(0, most), noun === '' ? `and ${more} more` : `… ${more} more ${noun}`];
}

/** Rows of cells, each column as wide as its widest cell. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

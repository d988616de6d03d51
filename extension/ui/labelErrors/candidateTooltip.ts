import * as vscode from 'vscode';
import { isExpected } from '../../core/errors';
import { clip, oneLine } from '../../core/flagging/log/sampleLine';
import { recordText } from '../../core/review/list/recordText';
import type { CandidateDetail, Review } from '../../core/review/review';
import { labelText, pairText, percentText, rowText, statusText } from './labelTexts';
import { reviewOf, type CandidateNode } from './nodes';

/** What a tooltip shows of a text. UTF-16 units. */
const mostOfText = 1500;
/** Rows of its table of probabilities. */
const mostClasses = 8;
/** A model that has to be started first is not waited for. Milliseconds. */
const patience = 700;

/**
 * Everything about a candidate. Its texts are shown as they are: nothing in them is a link, an image or a command.
 */
export async function describeCandidate(node: CandidateNode): Promise<vscode.MarkdownString> {
  const review = reviewOf(node);
  const detail = review.detail(node.row);
  const text = new vscode.MarkdownString();
  text.isTrusted = false;
  text.supportHtml = false;
  text.appendCodeblock(clip((await wholeText(review, node.row)) ?? node.line, mostOfText), 'text');
  if (!detail) return text;
  const isCandidate = detail.rank >= 0;
  text.appendText(isCandidate ? pairText(detail) : labelText(detail.given)).appendMarkdown('\n\n');
  const probabilities = isCandidate ? await soon(probabilitiesOf(review, node.row)) : null;
  if (probabilities) text.appendMarkdown(probabilityTable(review, detail, probabilities));
  for (const fact of [...factsOf(detail), ...standingsOf(detail)]) text.appendText(fact).appendMarkdown('  \n');
  return text;
}

function factsOf(detail: CandidateDetail): string[] {
  const row = rowText(detail.row);
  if (detail.rank < 0) return [row];
  const { labelErrorCandidate: place } = detail;
  return [
    [row, vscode.l10n.t('rank {0}', detail.rank + 1)].join(' · '),
    vscode.l10n.t('label quality {0}', detail.labelQuality.toFixed(4)),
    vscode.l10n.t('normalized margin {0}', detail.normalizedMargin.toFixed(4)),
    vscode.l10n.t('self-confidence {0}', detail.selfConfidence.toFixed(4)),
    place === null ? '' : vscode.l10n.t('label_error_candidate {0}', place),
    detail.stale ? vscode.l10n.t('The record changed since the candidates were found.') : '',
  ].filter(Boolean);
}

function standingsOf({ own, others }: CandidateDetail): string[] {
  return [...(own ? [own] : []), ...others].map((standing) => {
    const { entry } = standing;
    const who = own === standing ? vscode.l10n.t('You') : oneLine(entry.reviewer);
    const what = standing.label ? `${statusText('change')} → ${labelText(standing.label)}` : statusText(entry.decision);
    const said =
      entry.source === 'model'
        ? vscode.l10n.t('a language model, asked by {0}, proposes: {1}', who, what)
        : `${who}: ${what}`;
    return entry.note ? `${said} – ${oneLine(entry.note)}` : said;
  });
}

/** The given and the suggested class, and the most probable ones. */
function probabilityTable(
  { found }: Review,
  { given, suggested }: CandidateDetail,
  probabilities: readonly number[],
): string {
  const classes = (found?.classes ?? []).map((name, at) => ({ name, share: probabilities[at] ?? 0 }));
  const named = new Set([...given, ...suggested]);
  const rows = classes
    .sort((a, b) => b.share - a.share)
    .filter(({ name }, at) => at < mostClasses || named.has(name))
    .map(
      ({ name, share }) => `| ${cell(name)} | ${cell(percentText(share))} | ${cell(roleOf(name, given, suggested))} |`,
    );
  const head = `| ${cell(vscode.l10n.t('class'))} | ${cell(vscode.l10n.t('probability'))} | |`;
  return `${[head, '| :-- | --: | :-- |', ...rows].join('\n')}\n\n`;
}

function roleOf(name: string, given: readonly string[], suggested: readonly string[]): string {
  return [
    given.includes(name) ? vscode.l10n.t('given') : '',
    suggested.includes(name) ? vscode.l10n.t('suggested') : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** A text as it stands in a cell of a Markdown table. */
function cell(text: string): string {
  return new vscode.MarkdownString().appendText(oneLine(text)).value.replaceAll('|', String.raw`\|`);
}

/** A pointer that rests on a line is no reason to run a person's own model. */
async function probabilitiesOf(review: Review, row: number): Promise<readonly number[] | null> {
  return review.found?.settings.source.kind === 'model' ? null : review.probabilities(row);
}

async function wholeText(review: Review, row: number): Promise<string | null> {
  const records = await soon(review.records([row]));
  return records && recordText(review, records[0] ?? []);
}

/** An answer, or null when it takes too long, or cannot be given: the rest of a tooltip does without. */
async function soon<T>(answer: Promise<T | null>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), patience)));
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    if (!isExpected(error)) throw error;
    return null;
  } finally {
    clearTimeout(timer);
  }
}

import * as vscode from 'vscode';
import { clip, oneLine } from '../../core/flagging/log/sampleLine';
import { recordText } from '../../core/review/list/recordText';
import type { Review } from '../../core/review/review';
import { encodeSpecialFloats } from '../../protocol/json';
import { views } from '../../ids';
import { readablePath } from '../paths';
import { labelText, percentText, rowText, statusText } from './labelTexts';
import { reviewOf, type CandidateNode } from './nodes';

const mostSimilar = 20;
/** Of a similar record's text. UTF-16 units. */
const longestLine = 120;

/** Asks for a note on a record; an empty one takes it away. */
export async function editNote(node: CandidateNode): Promise<void> {
  const review = reviewOf(node);
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Note on the record'),
    placeHolder: node.line,
    value: review.detail(node.row)?.own?.entry.note ?? '',
  });
  if (text !== undefined) await review.note(node.row, text.trim());
}

/** Shows the records that are most similar and have another label. @returns the row that a person chose */
export async function pickSimilar(node: CandidateNode): Promise<number | undefined> {
  const items = await vscode.window.withProgress({ location: { viewId: views.labelErrors } }, () =>
    similarItems(reviewOf(node), node.row),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No record with another label is similar to it.'));
    return undefined;
  }
  const placeHolder = vscode.l10n.t('Records similar to “{0}” that have another label', clip(node.line, 40));
  const options = { placeHolder, matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.row;
}

/** Everything that is known of candidates, as JSON. */
export async function copyCandidates(nodes: readonly CandidateNode[]): Promise<void> {
  const values: unknown[] = [];
  for (const [review, rows] of rowsOfReviews(nodes)) {
    const records = await review.records(rows);
    for (const [at, row] of rows.entries()) {
      const cells = records[at] ?? [];
      const record = Object.fromEntries(review.columns.map((column, place) => [column, cells[place] ?? null]));
      values.push({ dataset: readablePath(review.dataset), record, ...review.detail(row) });
    }
  }
  const value = encodeSpecialFloats(values.length === 1 ? values[0] : values);
  await vscode.env.clipboard.writeText(JSON.stringify(value, null, 2));
}

/** The records of nodes by review, each once. */
export function rowsOfReviews(nodes: readonly CandidateNode[]): Map<Review, number[]> {
  const rows = new Map<Review, Set<number>>();
  for (const node of nodes) rows.set(reviewOf(node), (rows.get(reviewOf(node)) ?? new Set()).add(node.row));
  return new Map(Array.from(rows, ([review, own]) => [review, [...own]]));
}

async function similarItems(review: Review, row: number): Promise<(vscode.QuickPickItem & { readonly row: number })[]> {
  const similar = await review.similar(row, mostSimilar);
  const records = await review.records(similar.map((other) => other.row));
  return similar.map((other, at) => ({
    label: clip(oneLine(recordText(review, records[at] ?? [])), longestLine) || rowText(other.row),
    description: [labelText(other.labels), percentText(other.similarity)].join(' · '),
    detail: [rowText(other.row), statusText(review.statusOf(other.row))].join(' · '),
    row: other.row,
  }));
}

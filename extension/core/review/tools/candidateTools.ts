import { labelName } from '../../dataset/recordLabels';
import { textOf } from '../../dataset/readRecords';
import { ExpectedError } from '../../errors';
import type { Json } from '../../json';
import { recordText } from '../list/recordText';
import type { CandidateDetail, Review, Standing } from '../review';
import { candidateSorts, decisionKinds, type CandidateQuery } from '../types';
import { clipped, moreOf, pageOf, ToolInput } from './toolInput';

/** In a list, and of a record; characters. */
const listedText = 300;
const wholeText = 8000;
const mostSimilar = 5;
const mostWords = 12;
const usualCount = 20;
const mostCount = 100;

/** The fields of `flagReview_listCandidates`. */
export const candidateListFields = [
  'dataset',
  'given',
  'suggested',
  'status',
  'minScore',
  'maxScore',
  'text',
  'sort',
  'from',
  'count',
];

/** What a review has found, without its candidates. @throws ExpectedError while nothing was */
function foundOf({ found }: Review): NonNullable<Review['found']> {
  if (found) return found;
  throw new ExpectedError(
    'Nothing was looked for in this dataset yet.',
    'Ask the person to run the command "Find Label Errors" on it.',
  );
}

/** `flagReview_listCandidates`: some label-error candidates, likeliest error first. */
export async function listCandidates(review: Review, input: unknown, signal?: AbortSignal): Promise<Json> {
  const { classes, records, accuracy, healthScore } = foundOf(review);
  const fields = new ToolInput(input, candidateListFields);
  const page = pageOf(fields, usualCount, mostCount);
  const positions = await review.select(queryOf(fields), signal);
  const rows = Array.from(positions.slice(page.from, page.from + page.count), (at) => review.candidates.rows[at] ?? 0);
  const texts = await review.records(rows);
  const candidates = rows.flatMap((row, at) => {
    const detail = review.detail(row);
    return detail ? [{ ...candidateOf(detail), text: clipped(recordText(review, texts[at] ?? []), listedText) }] : [];
  });
  return withoutUndefined({
    classes,
    records,
    accuracy: rounded(accuracy),
    healthScore: rounded(healthScore),
    candidates: review.counts.candidates,
    pending: review.counts.pending + review.counts.skip,
    matched: positions.length,
    from: page.from,
    list: candidates,
    more: moreOf(page, positions.length),
  });
}

function queryOf(fields: ToolInput): CandidateQuery {
  const [low, high] = [fields.share('minScore'), fields.share('maxScore')];
  return {
    given: fields.text('given'),
    suggested: fields.text('suggested'),
    status: fields.oneOf('status', ['pending', ...decisionKinds]),
    scores: low === undefined && high === undefined ? undefined : [low ?? 0, high ?? 1],
    text: fields.text('text'),
    sort: fields.oneOf('sort', candidateSorts),
  };
}

/** `flagReview_readRecord`: a record with all that speaks for and against its label. */
export async function readRecordForModel(review: Review, input: unknown): Promise<Json> {
  const { classes, settings } = foundOf(review);
  const fields = new ToolInput(input, ['dataset', 'row']);
  const row = fields.required('row', fields.count('row'));
  const detail = review.detail(row);
  if (!detail) throw noRecord(review, row);
  const [cells = []] = await review.records([row]);
  const probabilities = await review.probabilities(row);
  const reason = await review.reason(row);
  const similar = await review.similar(row, mostSimilar);
  const texts = await review.records(similar.map((one) => one.row));
  const isCell = (name: string): boolean => name !== settings.label && name !== settings.text;
  return withoutUndefined({
    ...candidateOf(detail),
    text: clipped(recordText(review, cells), wholeText),
    columns: Object.fromEntries(
      review.columns.flatMap((name, at) =>
        isCell(name) ? [[name, clipped(textOf(cells[at] ?? null), listedText)]] : [],
      ),
    ),
    isChanged: detail.stale || undefined,
    probabilities: probabilities
      ? Object.fromEntries(classes.map((name, at) => [name, rounded(probabilities[at] ?? 0)]))
      : undefined,
    wordsForSuggestion: reason?.words
      .slice(0, mostWords)
      .map(({ word, contribution }) => ({ word, contribution: rounded(contribution) })),
    similarWithOtherLabels: similar.map(({ row: other, similarity, labels }, at) => ({
      row: other,
      label: labelName(labels),
      similarity: rounded(similarity),
      text: clipped(recordText(review, texts[at] ?? []), listedText),
    })),
    decisions: [...(detail.own ? [detail.own] : []), ...detail.others].map(decisionOf),
  });
}

/** @throws ExpectedError naming the rows that there are */
export function noRecord({ found }: Review, row: number): ExpectedError {
  const last = (found?.records ?? 0) - 1;
  return new ExpectedError(
    `There is no record ${row}.`,
    last < 0 ? '' : `Rows are numbered from 0 to ${last}; the list of candidates names some.`,
  );
}

function candidateOf({ row, rank, given, suggested, labelQuality, status }: CandidateDetail) {
  return withoutUndefined({
    row,
    rank: rank < 0 ? undefined : rank,
    given: labelName(given),
    suggested: rank < 0 ? undefined : labelName(suggested),
    labelQuality: rank < 0 ? undefined : rounded(labelQuality),
    status,
  });
}

function decisionOf({ entry, label }: Standing) {
  return withoutUndefined({
    by: entry.source === 'model' ? 'a language model (proposal)' : entry.reviewer,
    decision: entry.decision,
    label: label ? labelName(label) : undefined,
    note: entry.note === undefined ? undefined : clipped(entry.note, listedText),
  });
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function withoutUndefined(fields: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

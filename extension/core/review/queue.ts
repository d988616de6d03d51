import type { Table } from '../dataset/table';
import { labelName } from '../dataset/recordLabels';
import { textOf } from '../dataset/readRecords';
import { inOrder } from '../labels/findLabelIssues';
import type { CandidateDetail } from './review';
import type { CandidateQuery, Candidates, CandidateSort, CandidateStatus } from './types';

/**
 * The positions of candidates that a query leaves, in the order it asks for; equal ones as they are ranked. What it says of
 * texts is left to `rowsWithText`.
 */
export function selectPositions(
  candidates: Candidates,
  { given, suggested, status, scores, rows, sort = 'likelihood' }: CandidateQuery,
  statusOf: (row: number) => CandidateStatus,
): Uint32Array {
  const isGiven = labellingMask(candidates, given);
  const isSuggested = labellingMask(candidates, suggested);
  const [low, high] = scores ?? [-Infinity, Infinity];
  const positions = new Uint32Array(candidates.rows.length);
  let count = 0;
  for (let position = 0; position < positions.length; position++) {
    const row = candidates.rows[position] ?? 0;
    const quality = candidates.labelQuality[position] ?? 0;
    const fits =
      isGiven[candidates.given[position] ?? 0] === 1 &&
      isSuggested[candidates.suggested[position] ?? 0] === 1 &&
      !(quality < low || quality > high) &&
      (rows === undefined || rows.has(row)) &&
      (status === undefined || statusOf(row) === status);
    if (fits) positions[count++] = position;
  }
  return sorted(candidates, positions.slice(0, count), sort);
}

/**
 * Of the records that a query names those that are no candidates, in the order of the file. They have neither a suggestion
 * nor a score, so that asking for one leaves none. What it says of texts is left to `rowsWithText`.
 *
 * @param detailOf undefined for a record that the dataset has not
 */
export function selectUnranked(
  { given, suggested, status, scores, rows = new Set() }: CandidateQuery,
  detailOf: (row: number) => CandidateDetail | undefined,
): Uint32Array {
  if (suggested !== undefined || scores !== undefined) return new Uint32Array();
  return Uint32Array.from(rows)
    .filter((row) => {
      const detail = detailOf(row);
      return (
        detail?.rank === -1 &&
        (given === undefined || labelName(detail.given) === given) &&
        (status === undefined || detail.status === status)
      );
    })
    .sort();
}

/** One entry a labelling: 1 for those of this name. */
function labellingMask({ labellings }: Candidates, name: string | undefined): Uint8Array {
  return Uint8Array.from(labellings, (labelling) => Number(name === undefined || labelName(labelling) === name));
}

function sorted(candidates: Candidates, positions: Uint32Array, sort: CandidateSort): Uint32Array {
  const by = (key: (position: number) => number): Uint32Array => inOrder(positions, Float64Array.from(positions, key));
  switch (sort) {
    case 'likelihood':
      return positions;
    case 'prediction':
      return by((position) => candidates.selfConfidence[position] ?? 0);
    case 'row':
      return by((position) => candidates.rows[position] ?? 0);
    case 'label_error_candidate':
      return by((position) => {
        const rank = candidates.labelErrorCandidate[position] ?? -1;
        return rank < 0 ? Infinity : rank;
      });
  }
}

/**
 * Of these records those that have a text in them; case is ignored. Reads the file once.
 *
 * @param columns those that are looked through
 * @throws ExpectedError when the file cannot be read; the signal's reason when it is aborted
 */
export async function rowsWithText(
  rows: Uint32Array,
  text: string,
  { table, columns }: { readonly table: Table; readonly columns: readonly string[] },
  signal?: AbortSignal,
): Promise<ReadonlySet<number>> {
  const wanted = new Set(rows);
  const looked = text.toLowerCase();
  const found = new Set<number>();
  for await (const { from, count, cells } of table.scan(columns, signal ? { signal } : {})) {
    for (let at = 0; at < count; at++) {
      if (!wanted.has(from + at)) continue;
      const isFound = cells.some((column) =>
        textOf(column[at] ?? null)
          .toLowerCase()
          .includes(looked),
      );
      if (isFound) found.add(from + at);
    }
  }
  return found;
}

import { excel } from '../../csv/dialect';
import { parseRecords } from '../../csv/parse';
import { ExpectedError } from '../../errors';
import { jsonOrUndefined } from '../../json';
import type { Candidates } from '../types';
import { Labellings } from './labellings';

/** Names of the columns of `candidates.csv`. */
export const candidateHeader = [
  'row',
  'hash',
  'given',
  'suggested',
  'label_quality',
  'normalized_margin',
  'self_confidence',
  'label_error_candidate',
];

/** What the cells have to fit. */
export interface CandidateContext {
  readonly records: number;
  readonly classes: readonly string[];
  readonly multiLabel: boolean;
}

/** A candidate as a record of `candidates.csv`; several labels are a JSON list, no rank is empty. */
export function candidateCells(candidates: Candidates, at: number, hash: string, multiLabel: boolean): string[] {
  const { labellings } = candidates;
  const labels = (index: number | undefined): string => {
    const own = labellings[index ?? 0] ?? [];
    return multiLabel ? JSON.stringify(own) : (own[0] ?? '');
  };
  const rank = candidates.labelErrorCandidate[at] ?? -1;
  return [
    String(candidates.rows[at]),
    hash,
    labels(candidates.given[at]),
    labels(candidates.suggested[at]),
    String(candidates.labelQuality[at]),
    String(candidates.normalizedMargin[at]),
    String(candidates.selfConfidence[at]),
    rank < 0 ? '' : String(rank),
  ];
}

/**
 * Reads `candidates.csv`, which people may have changed.
 *
 * @throws ExpectedError naming the record that is wrong, from 1 behind the header
 */
export function readCandidateCells(
  text: string,
  path: string,
  context: CandidateContext,
): { readonly candidates: Candidates; readonly hashes: readonly string[] } {
  const [header = [], ...records] = parseRecords(text, excel).filter((cells) => cells.length > 0);
  if (header.join() !== candidateHeader.join())
    throw new ExpectedError(
      `${path} does not have the columns ${candidateHeader.join(', ')}.`,
      'Find label errors again.',
    );
  const reader = new CellReader(context, path);
  const read = records.map((cells, index) => reader.read(cells, index + 1));
  const candidates = {
    rows: Uint32Array.from(read, ({ row }) => row),
    given: Uint32Array.from(read, ({ given }) => given),
    suggested: Uint32Array.from(read, ({ suggested }) => suggested),
    labelQuality: Float64Array.from(read, ({ labelQuality }) => labelQuality),
    normalizedMargin: Float64Array.from(read, ({ normalizedMargin }) => normalizedMargin),
    selfConfidence: Float64Array.from(read, ({ selfConfidence }) => selfConfidence),
    labelErrorCandidate: Int32Array.from(read, ({ rank }) => rank),
    labellings: reader.labellings.all,
  };
  return { candidates, hashes: read.map(({ hash }) => hash) };
}

class CellReader {
  readonly labellings: Labellings;
  private readonly seen = new Set<number>();
  private readonly indices: ReadonlyMap<string, number>;

  constructor(
    private readonly context: CandidateContext,
    private readonly path: string,
  ) {
    this.labellings = new Labellings(context.classes);
    this.indices = new Map(context.classes.map((name, index) => [name, index]));
  }

  read(cells: readonly string[], line: number) {
    const [row = '', hash = '', given = '', suggested = '', quality = '', margin = '', confidence = '', rank = ''] =
      cells;
    const fail = (what: string): never => {
      throw new ExpectedError(`Candidate ${line} of ${this.path} has ${what}.`, 'Find label errors again.');
    };
    const score = (cell: string, name: string): number => {
      const value = cell.trim() === '' ? NaN : Number(cell);
      return value >= -tolerance && value <= 1 + tolerance ? value : fail(`the ${name} ${shown(cell)}`);
    };
    const labels = (cell: string): number => {
      const own = this.labelsOf(cell);
      return own ? this.labellings.indexOf(own) : fail(`the label ${shown(cell)}, which is none of the classes`);
    };
    const record = whole.test(row) ? Number(row) : this.context.records;
    if (record >= this.context.records) fail(`the row ${shown(row)}; the dataset has ${this.context.records}`);
    if (this.seen.has(record)) fail(`the row ${record} of an earlier one`);
    this.seen.add(record);
    if (!/^[0-9a-f]{16}$/.test(hash)) fail(`the hash ${shown(hash)}, not 16 hexadecimal digits`);
    if (rank !== '' && !(whole.test(rank) && Number(rank) < this.context.records)) fail(`the rank ${shown(rank)}`);
    return {
      row: record,
      hash,
      given: labels(given),
      suggested: labels(suggested),
      labelQuality: score(quality, 'label_quality'),
      normalizedMargin: score(margin, 'normalized_margin'),
      selfConfidence: score(confidence, 'self_confidence'),
      rank: rank === '' ? -1 : Number(rank),
    };
  }

  /** Class indices; undefined for what is none. */
  private labelsOf(cell: string): readonly number[] | undefined {
    const names = this.context.multiLabel ? namesOf(cell) : [cell];
    const labels = names?.map((name) => this.indices.get(name) ?? -1);
    return labels?.includes(-1) ? undefined : labels;
  }
}

const whole = /^\d{1,10}$/;
/** Sums of floats may miss 0 and 1 by this much. */
const tolerance = 1e-6;

function shown(cell: string): string {
  return JSON.stringify(cell.slice(0, 60));
}

function namesOf(cell: string): readonly string[] | undefined {
  const value = jsonOrUndefined(cell);
  return Array.isArray(value) && value.every((name) => typeof name === 'string') ? value : undefined;
}

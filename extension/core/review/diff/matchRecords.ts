/** The records of one state by numbers that both states share. */
export interface NumberedRecords {
  /** The number of each record's content. */
  readonly contents: Uint32Array;
  /** The number of each record's label. */
  readonly labels: Uint32Array;
}

/** In `afterOf`: the record is in the state before alone. */
export const unmatched = 0xffffffff;

/**
 * Finds the records of one state in another by what they contain, wherever they stand.
 *
 * Records with the same content are told apart as `diff` would want it, by the fewest changes: when there are as many of
 * them as before, those that stand at the same place are the same; then those with the same label; the rest in order.
 *
 * @param contents how many different contents there are
 * @returns the record after for each one before, or `unmatched`
 */
export function matchRecords(before: NumberedRecords, after: NumberedRecords, contents: number): Uint32Array {
  const afterOf = new Uint32Array(before.contents.length).fill(unmatched);
  const beforeRows = new RowsByContent(before.contents, contents);
  const afterRows = new RowsByContent(after.contents, contents);
  for (let content = 0; content < contents; content++) {
    const old = beforeRows.of(content);
    const now = afterRows.of(content);
    const [first, second] = [old[0], now[0]];
    if (first === undefined || second === undefined) continue;
    if (old.length === 1 && now.length === 1) afterOf[first] = second;
    else for (const [row, other] of matchEquals([...old], [...now], before.labels, after.labels)) afterOf[row] = other;
  }
  return afterOf;
}

type Pair = readonly [before: number, after: number];

function matchEquals(
  before: readonly number[],
  after: readonly number[],
  oldLabels: Uint32Array,
  newLabels: Uint32Array,
): Pair[] {
  const pairs: Pair[] = [];
  const old = new Set(before);
  const now = new Set(after);
  const pair = (row: number, other: number): void => {
    pairs.push([row, other]);
    old.delete(row);
    now.delete(other);
  };
  if (old.size === now.size) for (const row of before) if (now.has(row)) pair(row, row);
  const newByLabel = grouped(now, newLabels);
  for (const [label, rows] of grouped(old, oldLabels)) {
    for (const [row, other] of nearestInOrder(rows, newByLabel.get(label) ?? [])) pair(row, other);
  }
  for (const [row, other] of nearestInOrder([...old], [...now])) pair(row, other);
  return pairs;
}

function grouped(rows: Iterable<number>, labels: Uint32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const label = labels[row] ?? 0;
    const group = groups.get(label);
    if (group) group.push(row);
    else groups.set(label, [row]);
  }
  return groups;
}

/** Pairs all of the shorter list, each with the nearest of the longer one, without crossing. */
function nearestInOrder(before: readonly number[], after: readonly number[]): Pair[] {
  const isSwapped = before.length > after.length;
  const [few, many] = isSwapped ? [after, before] : [before, after];
  const spare = many.length - few.length;
  let at = 0;
  return few.map((row, index) => {
    const distance = (place: number): number => Math.abs((many[place] ?? Infinity) - row);
    while (at < index + spare && distance(at + 1) < distance(at)) at++;
    const other = many[at++] ?? 0;
    return isSwapped ? [other, row] : [row, other];
  });
}

/** Rows in groups without an object for each group: there may be as many groups as rows. */
class RowsByContent {
  private readonly ends: Uint32Array;
  private readonly rows: Uint32Array;

  constructor(contents: Uint32Array, count: number) {
    this.ends = new Uint32Array(count + 1);
    this.rows = new Uint32Array(contents.length);
    for (const content of contents) this.ends[content + 1] = (this.ends[content + 1] ?? 0) + 1;
    for (let content = 0; content < count; content++)
      this.ends[content + 1] = (this.ends[content + 1] ?? 0) + (this.ends[content] ?? 0);
    const next = this.ends.slice(0, count);
    for (const [row, content] of contents.entries()) {
      const at = next[content] ?? 0;
      this.rows[at] = row;
      next[content] = at + 1;
    }
  }

  /** Ascending. */
  of(content: number): Uint32Array {
    return this.rows.subarray(this.ends[content], this.ends[content + 1]);
  }
}

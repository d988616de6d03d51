import type { DatasetIssues } from '../../dataset/datasetIssues';

/** Records with a problem that needs no model to be seen. */
export interface IssueRows {
  /** Numbers of the records from 0, in the order in which they are shown. */
  readonly rows: Uint32Array;
  /** What is wrong with each, for people; one a row. */
  readonly what: readonly string[];
  /** Of all such records; there may be more than are listed. */
  readonly count: number;
}

/** Records of equal or nearly equal texts and different labels; those that belong together follow each other. */
export function conflictingDuplicates({ exactDuplicates, nearDuplicates }: DatasetIssues): IssueRows {
  const what = new Map<number, string>();
  let count = 0;
  const sides = [
    ['same text', exactDuplicates],
    ['similar text', nearDuplicates],
  ] as const;
  for (const [kind, { listed }] of sides) {
    for (const { rows, labels, count: all } of listed) {
      if (labels.length < 2) continue;
      const isNew = rows.filter((row) => !what.has(row));
      for (const row of isNew) what.set(row, `${kind} as ${others(rows, row)}`);
      count += all - (rows.length - isNew.length);
    }
  }
  return { rows: Uint32Array.from(what.keys()), what: [...what.values()], count };
}

/** Records without a text, or with a very short one. */
export function poorTexts({ emptyTexts, shortTexts }: DatasetIssues): IssueRows {
  const sides = [
    ['empty', emptyTexts],
    ['very short', shortTexts],
  ] as const;
  return {
    rows: Uint32Array.from(sides.flatMap(([, { rows }]) => rows)),
    what: sides.flatMap(([kind, { rows }]) => rows.map(() => kind)),
    count: emptyTexts.count + shortTexts.count,
  };
}

/** Other rows of a group in a few words. */
function others(rows: readonly number[], row: number): string {
  const rest = rows.filter((other) => other !== row);
  const named = rest.slice(0, 2).join(', ');
  return `row ${named}${rest.length > 2 ? ` and ${rest.length - 2} more` : ''}`;
}

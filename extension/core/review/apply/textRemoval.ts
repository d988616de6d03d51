import { applyEdits } from '../../csv/editCells';
import type { TextPlan } from './planText';

/** A line of records that were taken out of a text: it is rarer without them. */
export interface RemovedLine {
  readonly line: string;
  /** How often the text has it without the records. */
  readonly left: number;
}

/**
 * The line that tells whether the records that a plan takes out of a text are out of what the text became since. An undo
 * brings them back all at once, so one of their lines stands for all.
 *
 * @param text that was planned for
 * @returns undefined for a plan that takes none out
 */
export function textRemoval(text: string, { plan, edits }: TextPlan): RemovedLine | undefined {
  if (plan.removes.length === 0) return undefined;
  const removed = edits.filter((edit) => edit.text === '').flatMap(({ start, end }) => linesOf(text.slice(start, end)));
  const [before, after] = [lineCounts(text), lineCounts(applyEdits(text, edits))];
  const left = (line: string): number => after.get(line) ?? 0;
  const line = removed.find((each) => (before.get(each) ?? 0) > left(each));
  return line === undefined ? undefined : { line, left: left(line) };
}

/** Whether the records of a line are out of a text. */
export function areOut(text: string, { line, left }: RemovedLine): boolean {
  return linesOf(text).filter((each) => each === line).length <= left;
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/).filter((line) => line !== '');
}

function lineCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of linesOf(text)) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

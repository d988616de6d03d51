import { applyEdits } from '../../csv/editCells';
import type { Span, TextEdit } from '../../csv/spans';
import type { Finding } from './types';

/** What fixing several findings at once does. */
export interface FixPlan {
  /** In their order in the text; none overlaps another one. */
  readonly edits: readonly TextEdit[];
  /** Absolute paths of files to put to the trash. */
  readonly trash: readonly string[];
  /** What is mended by these. */
  readonly fixed: readonly Finding[];
  /** Findings without a fix, those that touch the same characters as another one, and merges. */
  readonly left: readonly Finding[];
}

/** Joins the fixes of findings; where two touch the same characters, the one that changes more of them goes first. */
export function planFixes(findings: readonly Finding[]): FixPlan {
  const taken: TextEdit[] = [];
  const trash: string[] = [];
  const fixed = new Set<Finding>();
  for (const finding of [...findings].sort((a, b) => reach(b) - reach(a))) {
    const { fix } = finding;
    if (fix?.type === 'trash') trash.push(...fix.files);
    else if (fix?.type !== 'edits' || fix.edits.some((edit) => taken.some((other) => touch(edit, other)))) continue;
    else taken.push(...fix.edits);
    fixed.add(finding);
  }
  return {
    edits: taken.sort((a, b) => a.start - b.start || a.end - b.end),
    trash,
    fixed: findings.filter((finding) => fixed.has(finding)),
    left: findings.filter((finding) => !fixed.has(finding)),
  };
}

function reach({ fix }: Finding): number {
  return fix?.type === 'edits' ? fix.edits.reduce((sum, { start, end }) => sum + end - start, 0) : 0;
}

/** Whether two edits share a character, or put something at the same place. */
function touch(a: Span, b: Span): boolean {
  if (a.start === b.start && a.end === b.end) return true;
  return a.start < b.end && b.start < a.end;
}

/** The lines that edits change, as `-` and `+` below their line number. */
export function listEdits(text: string, edits: readonly TextEdit[]): string[] {
  const hunks: { start: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const start = text.lastIndexOf('\n', edit.start - 1) + 1;
    const end = endOfLine(text, edit);
    const last = hunks.at(-1);
    if (last && start < last.end) {
      last.end = Math.max(last.end, end);
      last.edits.push(edit);
    } else hunks.push({ start, end, edits: [edit] });
  }
  let line = 1;
  let counted = 0;
  return hunks.flatMap(({ start, end, edits: own }) => {
    line += text.slice(counted, start).split('\n').length - 1;
    counted = start;
    const before = text.slice(start, end);
    const after = applyEdits(
      before,
      own.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start })),
    );
    return [
      `@@ line ${line} @@`,
      ...linesOf(before).map((old) => `-${old}`),
      ...linesOf(after).map((own) => `+${own}`),
    ];
  });
}

/** One behind the line end of the line in which an edit ends; an edit that ends with a line takes no other one in. */
function endOfLine(text: string, { start, end }: Span): number {
  if (end > start && text[end - 1] === '\n') return end;
  const found = text.indexOf('\n', end);
  return found < 0 ? text.length : found + 1;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

import { basename } from 'node:path/posix';
import { cardPath } from '../repository';
import type { PlannedFile } from '../plan/types';
import { isLfsByName } from '../staging/lfsTypes';

/** Files whose content goes along in one commit: more make the Hub run into its own time limit. */
const mostFiles = 100;
/** Content that goes into the commit itself, which takes seven times its size of memory; LFS is no part of it. Bytes. */
const mostRegular = 20e6;
/** From here on the Hub keeps every file in LFS. Bytes. */
const alwaysLfs = 10 * 2 ** 20;

/**
 * The commits of a push, in the order in which they are made. New files come first: nothing names them yet. What changes
 * files that are there, deletes some, or says what the files mean is kept together in the last commit as far as it fits,
 * so that who loads the dataset meanwhile finds the old one rather than half of each; the card ends it.
 */
export function batchesOf(files: readonly PlannedFile[]): PlannedFile[][] {
  const ordered = inOrder(files);
  let start = ordered.length;
  const last = new Load();
  while (start > 0) {
    const file = ordered[start - 1];
    if (!file || !last.takes(file)) break;
    last.add(file);
    start--;
  }
  if (start === 0) return ordered.length === 0 ? [] : [ordered];
  while (ordered[start] && rankOf(ordered[start]) === 0) start++;
  const batches = filled(ordered.slice(0, start));
  return start < ordered.length ? [...batches, ordered.slice(start)] : batches;
}

/** The files of a plan that a push touches, in the order in which it does. */
export function inOrder(files: readonly PlannedFile[]): PlannedFile[] {
  const touched = files.filter(({ change }) => change !== 'leave');
  return touched.sort((a, b) => rankOf(a) - rankOf(b) || (a.path < b.path ? -1 : 1));
}

/** Commits that were too large, and those like them; the last one is kept whole as long as it was not refused itself. */
export function halved(queue: readonly (readonly PlannedFile[])[]): PlannedFile[][] {
  return queue.flatMap((batch, at) => {
    const middle = Math.ceil(batch.length / 2);
    const isKept = batch.length === 1 || (at > 0 && at === queue.length - 1);
    return isKept ? [[...batch]] : [batch.slice(0, middle), batch.slice(middle)];
  });
}

/** Content that goes out, in bytes. */
export function bytesOf(files: readonly PlannedFile[]): number {
  return files.reduce((sum, { change, size }) => (change === 'delete' ? sum : sum + size), 0);
}

function filled(files: readonly PlannedFile[]): PlannedFile[][] {
  const batches: PlannedFile[][] = [];
  let load = new Load();
  for (const file of files) {
    const open = batches.at(-1);
    if (open && load.takes(file)) open.push(file);
    else {
      batches.push([file]);
      load = new Load();
    }
    load.add(file);
  }
  return batches;
}

/** What a commit holds so far. A deletion is a line of text, and belongs to what replaces the file: it always fits. */
class Load {
  private files = 0;
  private regular = 0;

  takes(file: PlannedFile): boolean {
    if (file.change === 'delete' || this.files === 0) return true;
    return this.files < mostFiles && this.regular + regularBytes(file) <= mostRegular;
  }

  add(file: PlannedFile): void {
    if (file.change === 'delete') return;
    this.files++;
    this.regular += regularBytes(file);
  }
}

/** A guess: the Hub decides, and may send other files to LFS, too. A commit that grew too large is split. */
function regularBytes({ path, size }: PlannedFile): number {
  return size > alwaysLfs || isLfsByName(path) ? 0 : size;
}

/** 0 for what no file of the repository knows of yet. */
function rankOf(file: PlannedFile | undefined): number {
  if (!file) return 0;
  const { path, change } = file;
  if (path === cardPath) return 4;
  if (change === 'delete') return 2;
  if (/^metadata\.(?:jsonl|csv|parquet)$/.test(basename(path))) return 3;
  return change === 'change' ? 1 : 0;
}

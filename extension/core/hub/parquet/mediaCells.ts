import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isFileData } from '../../demo/fileData';
import { fileKindOf } from '../../demo/fileKinds';
import type { ResolvedMedia } from '../../flagging/log/mediaPath';
import type { Feature, StagingWarning } from '../staging/types';

/** Finds the file that a cell names. */
export type ResolveFile = (name: string) => Promise<ResolvedMedia>;

export type MediaKind = 'image' | 'audio' | 'video';

/** A file as `datasets` keeps it inside of Parquet. */
export interface EmbeddedFile {
  readonly bytes: Uint8Array;
  readonly path: string;
}

/** So many names are looked for before a column is taken for one of texts. */
const mostTries = 20;
const longestPath = 4096;
/** Named in a warning. */
const mostNamed = 5;

/** The name of the file that a cell is, as a path or as Gradio's `FileData`; undefined where it is no file. */
function fileNameOf(cell: unknown): string | undefined {
  if (isFileData(cell)) return cell.path;
  if (typeof cell !== 'string') return undefined;
  if (cell.startsWith('{')) return fileDataIn(cell);
  return cell.length <= longestPath && fileKindOf(cell) !== 'file' && !/[\r\n\0]/.test(cell) ? cell : undefined;
}

function fileDataIn(text: string): string | undefined {
  if (!text.includes('gradio.FileData')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isFileData(value) ? value.path : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The kind of the files that a column holds, alone or in lists. */
export function mediaKindOf(feature: Feature): MediaKind | undefined {
  const { kind } = feature;
  if (kind === 'list') return mediaKindOf(feature.of);
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : undefined;
}

/** Whether a column is one of files, or of lists of them. */
export function isMedia(feature: Feature): boolean {
  return mediaKindOf(feature) !== undefined;
}

/** Finds out whether a column is one of files: each cell names one, or a list of them, all of one kind of media. */
export class MediaSurvey {
  private kind: MediaKind | undefined;
  private areFiles = true;
  private hasLists = false;
  private hasSingles = false;
  private readonly names = new Set<string>();

  add(cell: unknown): void {
    if (!this.areFiles || cell === null || cell === '') return;
    if (Array.isArray(cell)) {
      this.hasLists = true;
      for (const item of cell) this.addFile(item);
    } else {
      this.hasSingles = true;
      this.addFile(cell);
    }
    if (this.hasLists && this.hasSingles) this.areFiles = false;
  }

  /** @returns undefined for a column that is none of media, or of which no file is found */
  async feature(resolve: ResolveFile): Promise<Feature | undefined> {
    if (!this.areFiles || this.kind === undefined) return undefined;
    for (const name of this.names) {
      if ('file' in (await resolve(name))) {
        const of: Feature = { kind: this.kind };
        return this.hasLists ? { kind: 'list', of } : of;
      }
    }
    return undefined;
  }

  private addFile(cell: unknown): void {
    const name = fileNameOf(cell);
    const kind = name === undefined ? 'file' : fileKindOf(name);
    if (name === undefined || kind === 'file' || (this.kind !== undefined && this.kind !== kind)) {
      this.areFiles = false;
      return;
    }
    this.kind = kind;
    if (this.names.size < mostTries) this.names.add(name);
  }
}

/** A file with its bytes. */
export async function embeddedFile(file: string): Promise<EmbeddedFile> {
  return { bytes: await readFile(file), path: basename(file) };
}

/** Finds the files of a column, and remembers those that are not there. */
export class MediaReader<T> {
  private missing = 0;
  private readonly named: string[] = [];

  /** @param take makes the value of a file, whose absolute path it gets */
  constructor(
    private readonly column: string,
    private readonly resolve: ResolveFile,
    private readonly take: (file: string) => Promise<T>,
  ) {}

  /** The value of one file, or those of a list of them; null where there is none. */
  async read(cell: unknown): Promise<T | null | readonly (T | null)[]> {
    if (!Array.isArray(cell)) return this.readOne(cell);
    const files: (T | null)[] = [];
    for (const item of cell) files.push(await this.readOne(item));
    return files;
  }

  /** What a person should know of the files that are not there. */
  get warnings(): readonly StagingWarning[] {
    if (this.missing === 0) return [];
    const subject = this.missing === 1 ? '1 file is' : `${this.missing} files are`;
    const message = `${subject} named in "${this.column}" but not found in the folder of the dataset. The cells become null.`;
    return [{ kind: 'missingMedia', message, paths: this.named }];
  }

  private async readOne(cell: unknown): Promise<T | null> {
    const name = fileNameOf(cell);
    if (name === undefined) return null;
    const found = await this.resolve(name);
    if ('file' in found) return this.take(found.file);
    this.missing++;
    if (this.named.length < mostNamed) this.named.push(name);
    return null;
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, open, rm, stat, type FileHandle } from 'node:fs/promises';
import * as path from 'node:path';
import { fileData, filesIn, isFileData, mapFiles, type FileData } from '../core/demo/fileData';
import { ExpectedError, messageOf } from '../core/errors';
import { safeName } from '../core/flagging/selection/sourceFolder';
import { isRecord } from '../core/json';

export interface PageFilesOptions {
  /** The one directory that the page may load from. Absolute. */
  readonly mediaDir: string;
  /** The address under which the page loads a file of that directory. */
  readonly toUrl: (path: string) => string;
}

interface Upload {
  readonly file: FileData & { readonly size: number };
  readonly handle: FileHandle;
  /** Bytes so far. */
  received: number;
}

/** How many uploads may be open at once; a page that begins more has lost count. */
const mostUploads = 64;

/**
 * The border for files between the host and one page. The page holds an opaque token where the host holds a path, and
 * what it sends back is looked up: it can never name a file that it was not given.
 */
export class PageFiles {
  private readonly files = new Map<string, FileData>();
  private readonly tokens = new Map<string, string>();
  private readonly uploads = new Map<number, Upload>();
  private nextUpload = 1;

  constructor(private readonly options: PageFilesOptions) {}

  /**
   * @param size in bytes; more is refused, less does not end
   * @returns the upload's id
   */
  async beginUpload(name: string, mimeType: string, size: number): Promise<number> {
    if (this.uploads.size >= mostUploads)
      throw new ExpectedError('Too many files are being added at once.', 'Wait for them.');
    const directory = path.join(this.options.mediaDir, 'uploads', randomUUID());
    const target = path.join(directory, safeName(path.posix.basename(name.replaceAll('\\', '/'))));
    try {
      await mkdir(directory, { recursive: true });
      const file = { ...fileData(target, { orig_name: name, mime_type: mimeType || null }), size };
      const id = this.nextUpload++;
      this.uploads.set(id, { file, handle: await open(target, 'wx'), received: 0 });
      return id;
    } catch (error) {
      throw new ExpectedError(`${name} could not be stored: ${messageOf(error)}`, 'Try again.', directory);
    }
  }

  async uploadChunk(id: number, bytes: Uint8Array): Promise<void> {
    const upload = this.upload(id);
    if (upload.received + bytes.byteLength > upload.file.size) {
      await this.abandon(id);
      throw new ExpectedError(`${upload.file.orig_name ?? 'The file'} grew while it was read.`, 'Add it again.');
    }
    const position = upload.received;
    upload.received += bytes.byteLength;
    try {
      for (let done = 0; done < bytes.byteLength;) {
        const { bytesWritten } = await upload.handle.write(bytes, done, bytes.byteLength - done, position + done);
        done += bytesWritten;
      }
    } catch (error) {
      await this.abandon(id);
      throw new ExpectedError(
        `${upload.file.orig_name ?? 'The file'} could not be stored: ${messageOf(error)}`,
        'Try again.',
      );
    }
  }

  /** @returns the file as the page may hold it */
  async endUpload(id: number): Promise<FileData> {
    const { file, handle, received } = this.upload(id);
    if (received < file.size) {
      await this.abandon(id);
      throw new ExpectedError(`${file.orig_name ?? 'The file'} was not read to its end.`, 'Add it again.');
    }
    this.uploads.delete(id);
    await handle.close();
    return this.shown(file, file.path);
  }

  /** Replaces every path by a token and gives the page an address for each file that exists. */
  async toPage<T>(value: T): Promise<T> {
    const visible = new Map<string, string | undefined>();
    for (const file of filesIn(value)) {
      if (!visible.has(file.path)) visible.set(file.path, await this.makeVisible(file.path));
    }
    return mapFiles(value, (file) => this.shown(file, visible.get(file.path))) as T;
  }

  /** Replaces every token by the file it stands for; throws for anything else that poses as a file. */
  fromPage<T>(value: T): T {
    return mapFiles(value, (file) => this.resolve(file.path)) as T;
  }

  /** The file behind a token. */
  resolve(token: string): FileData {
    const file = this.files.get(token);
    if (!file) throw new ExpectedError('A file of this demo is no longer known.', 'Add it again.');
    return file;
  }

  async dispose(): Promise<void> {
    for (const id of [...this.uploads.keys()]) await this.abandon(id);
  }

  private upload(id: number): Upload {
    const upload = this.uploads.get(id);
    if (!upload) throw new ExpectedError('This file is not being added any more.', 'Add it again.');
    return upload;
  }

  private async abandon(id: number): Promise<void> {
    const upload = this.uploads.get(id);
    if (!upload) return;
    this.uploads.delete(id);
    await upload.handle.close();
    await rm(path.dirname(upload.file.path), { recursive: true, force: true });
  }

  private shown(file: FileData, visible: string | undefined): FileData {
    const token = this.tokens.get(file.path) ?? randomUUID();
    this.tokens.set(file.path, token);
    this.files.set(token, { ...file, url: null });
    return { ...file, path: token, url: visible === undefined ? null : this.options.toUrl(visible) };
  }

  /** Where the page may load the file from: itself when it lies in the media directory, else a copy there. */
  private async makeVisible(source: string): Promise<string | undefined> {
    const { mediaDir } = this.options;
    if (isInside(mediaDir, source)) return source;
    const found = await stat(source).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const version = createHash('sha256')
      .update(`${source}\n${found.size}\n${found.mtimeMs}`)
      .digest('hex')
      .slice(0, 16);
    const copy = path.join(mediaDir, 'shown', version, safeName(path.basename(source)));
    if (await stat(copy).catch(() => undefined)) return copy;
    await mkdir(path.dirname(copy), { recursive: true });
    await copyFile(source, copy, constants.COPYFILE_FICLONE);
    return copy;
  }
}

function isInside(directory: string, file: string): boolean {
  const relative = path.relative(directory, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

/**
 * Whether something in a payload looks like a file to a function but is not one of ours: an object with a `path` that
 * lacks the marker, or a bare string where a file belongs.
 */
export function hasLoosePath(value: unknown, top = true): boolean {
  if (typeof value === 'string') return top;
  if (Array.isArray(value)) return value.some((item) => hasLoosePath(item, top));
  if (!isRecord(value)) return false;
  if (isFileData(value)) return false;
  if (typeof value.path === 'string') return true;
  return Object.values(value).some((item) => hasLoosePath(item, false));
}

import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExpectedError } from '../../errors';
import { fileData, type FileData } from '../fileData';

const mimeTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.bmp': 'image/bmp',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.flac': 'audio/flac',
  '.m4a': 'audio/mp4',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.mov': 'video/quicktime',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
};

/** First bytes of file types, by extension (the WHATWG MIME Sniffing standard has the same table). */
const signatures: readonly (readonly [extension: string, bytes: string, offset: number])[] = [
  ['.png', '\x89PNG', 0],
  ['.jpg', '\xff\xd8\xff', 0],
  ['.gif', 'GIF8', 0],
  ['.webp', 'WEBP', 8],
  ['.wav', 'WAVE', 8],
  ['.bmp', 'BM', 0],
  ['.mp3', 'ID3', 0],
  ['.ogg', 'OggS', 0],
  ['.flac', 'fLaC', 0],
  ['.mp4', 'ftyp', 4],
  ['.webm', '\x1a\x45\xdf\xa3', 0],
  ['.pdf', '%PDF', 0],
];

/** Keeps the files that a function returns, each in a folder of its own. */
export class MediaFolder {
  /** @param locate FileData for a path that was returned; refuses it where paths are not to be trusted */
  constructor(
    private readonly path: string,
    private readonly locate: (path: string) => Promise<FileData> = existingFile,
  ) {}

  /** A copy: functions like to write the same file again, and a flag must record what was shown. */
  async existing(path: string): Promise<FileData> {
    const source = await this.locate(path);
    const copy = await this.newPath(basename(source.path));
    await copyFile(source.path, copy);
    return { ...source, path: copy };
  }

  /** @param fallback extension for bytes of no known type, with the dot */
  async write(stem: string, bytes: Uint8Array, fallback: string): Promise<FileData> {
    const path = await this.newPath(stem + (extensionOf(bytes) ?? fallback));
    await writeFile(path, bytes);
    return existingFile(path);
  }

  private async newPath(name: string): Promise<string> {
    const folder = join(this.path, randomBytes(8).toString('hex'));
    await mkdir(folder, { recursive: true });
    return join(folder, name);
  }
}

/** FileData for a path or `file:` address that a function returned. */
async function existingFile(path: string): Promise<FileData> {
  if (/^https?:/i.test(path))
    throw new ExpectedError(
      `the function returned the web address ${path}.`,
      'Return the path of a file on this disk.',
    );
  const absolute = path.startsWith('file:') ? fileURLToPath(path) : isAbsolute(path) ? path : resolve(path);
  const status = await stat(absolute).catch(() => undefined);
  if (!status?.isFile())
    throw new ExpectedError(`the function returned the path "${path.slice(0, 300)}", but there is no such file.`);
  return fileData(absolute, {
    size: status.size,
    orig_name: basename(absolute),
    mime_type: mimeTypeOf(absolute),
  });
}

export function mimeTypeOf(path: string): string | null {
  return mimeTypes[extname(path).toLowerCase()] ?? null;
}

function extensionOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return signatures.find(([, signature, offset]) => head.startsWith(signature, offset))?.[0];
}

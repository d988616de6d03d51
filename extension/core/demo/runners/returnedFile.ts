import { copyFile, mkdir, mkdtemp, stat, writeFile } from 'node:fs/promises';
import { basename, extname, isAbsolute, join } from 'node:path';
import { isRecord } from '../../json';
import type { Component, ComponentKind } from '../components';
import { fileData, isFileData, type FileData } from '../fileData';
import { FunctionError } from './functionError';

const mediaKinds: ReadonlySet<ComponentKind> = new Set([
  'image',
  'audio',
  'video',
  'file',
  'gallery',
  'annotatedimage',
]);

const types: Readonly<Record<string, string>> = {
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
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
};

const dataUri = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w=.+-]+)*;base64,/;

/**
 * The payload of an output of a file's kind, in which every data URI, byte array and, where `paths` are trusted, path has
 * become a FileData in the media directory. A value of another kind is returned as it is.
 */
export async function saveReturnedFile(
  value: unknown,
  component: Component,
  mediaDir: string,
  paths: 'refused' | { readonly from: (path: string) => string } = 'refused',
): Promise<unknown> {
  if (!mediaKinds.has(component.kind)) return value;
  return saved(value);

  async function saved(item: unknown): Promise<unknown> {
    if (item === null || item === undefined) return null;
    if (item instanceof Uint8Array) return written(mediaDir, `${component.kind}${extensionOf(item)}`, item);
    if (typeof item === 'string') return savedText(item, undefined);
    if (isFileData(item)) return savedText(item.url?.startsWith('data:') ? item.url : item.path, item);
    if (Array.isArray(item)) return Promise.all(item.map(saved));
    if (!isRecord(item)) throw new FunctionError(`The output ${labelOf(component)} is no file but a ${typeof item}.`);
    const { caption, label, ...files } = item;
    const entries = Object.entries(files).map(async ([key, file]) => [key, await saved(file)] as const);
    const texts = { ...(caption === undefined ? {} : { caption }), ...(label === undefined ? {} : { label }) };
    return { ...Object.fromEntries(await Promise.all(entries)), ...texts };
  }

  async function savedText(text: string, known: FileData | undefined): Promise<FileData> {
    const [head, type = 'application/octet-stream'] = dataUri.exec(text) ?? [];
    if (head !== undefined) {
      const name = known?.orig_name ?? `${component.kind}${extensionFor(type)}`;
      return written(mediaDir, name, Buffer.from(text.slice(head.length), 'base64'));
    }
    if (paths === 'refused') {
      const next = 'Answer files as data URIs: data:image/png;base64,…';
      throw new FunctionError(`The output ${labelOf(component)} is no data URI.`, next);
    }
    return copied(mediaDir, isAbsolute(text) ? text : paths.from(text));
  }
}

async function written(mediaDir: string, name: string, bytes: Uint8Array): Promise<FileData> {
  const path = await newPath(mediaDir, name);
  await writeFile(path, bytes);
  return described(path);
}

/** Functions like to write the same file again, and a flag must record what was shown. */
async function copied(mediaDir: string, source: string): Promise<FileData> {
  const path = await newPath(mediaDir, source);
  try {
    await copyFile(source, path);
  } catch {
    throw new FunctionError(`The function returned ${source}, which is no file that can be read.`);
  }
  return described(path);
}

/** Each file has a folder of its own, so that names stay as they are. */
async function newPath(mediaDir: string, name: string): Promise<string> {
  await mkdir(mediaDir, { recursive: true });
  // A name that a server gave may hold either separator, whatever ours is.
  const safe = basename(name.replaceAll('\\', '/')).replaceAll('\0', '');
  return join(await mkdtemp(join(mediaDir, 'f')), safe === '' || safe === '.' || safe === '..' ? 'file' : safe);
}

async function described(path: string): Promise<FileData> {
  const { size } = await stat(path);
  const mimeType = types[extname(path).toLowerCase()] ?? null;
  return fileData(path, { size, orig_name: basename(path), mime_type: mimeType });
}

function extensionFor(type: string): string {
  return Object.entries(types).find(([, known]) => known === type)?.[0] ?? '.bin';
}

function extensionOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  const known = { '\x89PNG': '.png', '\xff\xd8\xff': '.jpg', GIF8: '.gif', ID3: '.mp3', OggS: '.ogg', fLaC: '.flac' };
  const found = Object.entries(known).find(([magic]) => start.startsWith(magic));
  if (found) return found[1];
  if (start.startsWith('RIFF')) return start.endsWith('WEBP') ? '.webp' : '.wav';
  return start.slice(4, 8) === 'ftyp' ? '.mp4' : '.bin';
}

function labelOf({ label, kind }: Component): string {
  return label ?? kind;
}

import type { ComponentKind } from './components';

/** The kinds of files that are shown in ways of their own; `file` is any other. */
export const fileKinds = ['image', 'audio', 'video', 'file'] as const;
export type FileKind = (typeof fileKinds)[number];

const extensions: readonly (readonly [FileKind, string])[] = [
  ['image', 'apng avif bmp gif heic ico jfif jpeg jpg png svg tif tiff webp'],
  ['audio', 'aac aif aiff flac m4a mp3 oga ogg opus wav weba wma'],
  ['video', 'avi m4v mkv mov mp4 mpeg mpg ogv webm wmv'],
];
const kinds = new Map(extensions.flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)));

/** What a file is by the ending of its path. */
export function fileKindOf(path: string): FileKind {
  return kinds.get(/\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '') ?? 'file';
}

/** The kinds of components whose payloads may hold files. */
export const kindsWithFiles: ReadonlySet<ComponentKind> = new Set([
  'image',
  'audio',
  'video',
  'file',
  'gallery',
  'annotatedimage',
]);

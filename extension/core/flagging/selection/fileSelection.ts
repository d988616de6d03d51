import { fileData } from '../../demo/fileData';
import type { LoggedComponent } from '../types';
import type { Selection } from './selection';

/** A file on this disk. */
export interface ChosenFile {
  /** Absolute. */
  readonly path: string;
  /** As a person reads it: relative to the workspace, with `/`. */
  readonly source: string;
}

const fileKinds = ['image', 'audio', 'video', 'file'] as const;
type FileKind = (typeof fileKinds)[number];

const extensions: readonly (readonly [FileKind, string])[] = [
  ['image', 'apng avif bmp gif heic ico jfif jpeg jpg png svg tif tiff webp'],
  ['audio', 'aac aif aiff flac m4a mp3 oga ogg opus wav weba wma'],
  ['video', 'avi m4v mkv mov mp4 mpeg mpg ogv webm wmv'],
];
const kinds = new Map(extensions.flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)));

/** A folder for each kind, since the first column is named after the kind. */
const folders: Readonly<Record<FileKind, string>> = {
  image: 'images',
  audio: 'audio',
  video: 'videos',
  file: 'files',
};

/** The chosen files, one selection per kind; the columns are the kind, which holds the copy, and `source`. */
export function selectFiles(files: readonly ChosenFile[]): readonly Selection[] {
  return fileKinds.flatMap((kind) => {
    const samples = files
      .filter(({ path }) => kindOf(path) === kind)
      .map(({ path, source }) => ({
        components: columns(kind),
        data: [fileData(path, { orig_name: nameOf(path) }), source],
      }));
    return samples.length > 0 ? [{ folder: folders[kind], samples }] : [];
  });
}

function columns(kind: FileKind): readonly LoggedComponent[] {
  return [
    { kind, label: kind },
    { kind: 'textbox', label: 'source' },
  ];
}

function kindOf(path: string): FileKind {
  return kinds.get(/\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '') ?? 'file';
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

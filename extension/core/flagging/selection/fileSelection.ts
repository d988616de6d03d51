import { fileData } from '../../demo/fileData';
import { fileKindOf, fileKinds, type FileKind } from '../../demo/fileKinds';
import type { LoggedComponent } from '../types';
import type { Selection } from './selection';

/** A file on this disk. */
export interface ChosenFile {
  /** Absolute. */
  readonly path: string;
  /** As a person reads it: relative to the workspace, with `/`. */
  readonly source: string;
}

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
      .filter(({ path }) => fileKindOf(path) === kind)
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

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

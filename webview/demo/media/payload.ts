/** Between the payload of a media component and the list of files that the input shows. */
import type { Audio, FileComponent, Gallery, Image, Video } from '../../../extension/core/demo/components';
import type { FileData } from '../../../extension/core/demo/fileData';
import { isFile, isRecord, type ShownFile } from '../../ui/outputs/payload';

export type MediaComponent = Image | Audio | Video | FileComponent | Gallery;

export function takesMany(component: MediaComponent): boolean {
  return component.kind === 'gallery' || (component.kind === 'file' && component.file_count === 'multiple');
}

/** The files of a payload; whatever is no file is left out. */
export function filesOf(value: unknown): readonly ShownFile[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map((item) => (isFile(item) ? item : fileOfItem(item))).filter((file) => file !== null);
}

function fileOfItem(item: unknown): ShownFile | null {
  if (!isRecord(item)) return null;
  if (isFile(item.image)) return item.image;
  return isFile(item.video) ? item.video : null;
}

/** The payload after a file was added; an input of one file replaces it. */
export function withFile(component: MediaComponent, value: unknown, file: FileData): unknown {
  if (!takesMany(component)) return file;
  const before: readonly unknown[] = Array.isArray(value) ? value : filesOf(value);
  return [...before, component.kind === 'gallery' ? galleryItem(file) : file];
}

function galleryItem(file: FileData): unknown {
  return file.mime_type?.startsWith('video/') ? { video: file, caption: null } : { image: file, caption: null };
}

/** The payload without one file. */
export function withoutFile(component: MediaComponent, value: unknown, file: ShownFile): unknown {
  if (!takesMany(component) || !Array.isArray(value)) return null;
  const rest = value.filter((item) => filesOf(item)[0]?.path !== file.path);
  return rest.length === 0 && component.kind === 'file' ? null : rest;
}

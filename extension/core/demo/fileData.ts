import { isRecord } from '../json';

/**
 * A file inside a payload, with Gradio's field names (`gradio.data_classes.FileData`). `path` is absolute on the host's
 * disk; `url` is what a page may load and is never sent to a runner or a logger.
 */
export interface FileData {
  readonly path: string;
  readonly url: string | null;
  /** Bytes. */
  readonly size: number | null;
  /** The name the file had where it was chosen. */
  readonly orig_name: string | null;
  readonly mime_type: string | null;
  readonly is_stream: boolean;
  readonly meta: { readonly _type: 'gradio.FileData' };
}

/** The marker by which Gradio tells a file from any other object. */
export function isFileData(value: unknown): value is FileData {
  return (
    isRecord(value) && typeof value.path === 'string' && isRecord(value.meta) && value.meta._type === 'gradio.FileData'
  );
}

/** A FileData for a file on this disk. */
export function fileData(path: string, known: Partial<Omit<FileData, 'path' | 'meta'>> = {}): FileData {
  return {
    path,
    url: null,
    size: null,
    orig_name: null,
    mime_type: null,
    is_stream: false,
    ...known,
    meta: { _type: 'gradio.FileData' },
  };
}

/** Replaces every FileData anywhere inside a payload; everything else is returned as it is. */
export function mapFiles(value: unknown, replace: (file: FileData) => unknown): unknown {
  if (isFileData(value)) return replace(value);
  if (Array.isArray(value)) return value.map((item) => mapFiles(item, replace));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapFiles(item, replace)]));
  return value;
}

/** Every FileData inside a payload, in reading order. */
export function filesIn(value: unknown): FileData[] {
  const found: FileData[] = [];
  mapFiles(value, (file) => {
    found.push(file);
    return file;
  });
  return found;
}

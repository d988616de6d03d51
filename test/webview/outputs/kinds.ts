import type { Component } from '../../../extension/core/demo/components';
import type { FileData } from '../../../extension/core/demo/fileData';

const choices = [
  ['Red', 'r'],
  ['Green', 'g'],
] as const;

/** One component of each kind. */
export const components: readonly Component[] = [
  { kind: 'textbox' },
  { kind: 'number' },
  { kind: 'slider', minimum: 0, maximum: 10 },
  { kind: 'checkbox' },
  { kind: 'checkboxgroup', choices },
  { kind: 'radio', choices },
  { kind: 'dropdown', choices },
  { kind: 'image' },
  { kind: 'audio' },
  { kind: 'video' },
  { kind: 'file' },
  { kind: 'dataframe' },
  { kind: 'json' },
  { kind: 'code', language: 'python' },
  { kind: 'colorpicker' },
  { kind: 'datetime' },
  { kind: 'label' },
  { kind: 'highlightedtext' },
  { kind: 'markdown' },
  { kind: 'html' },
  { kind: 'gallery' },
  { kind: 'plot' },
  { kind: 'annotatedimage' },
  { kind: 'state' },
];

export function file(name: string, known: Partial<FileData> = {}): FileData {
  return {
    path: `token/${name}`,
    url: `https://file.vscode-cdn.net/${name}`,
    size: 1234,
    orig_name: name,
    mime_type: 'image/png',
    is_stream: false,
    meta: { _type: 'gradio.FileData' },
    ...known,
  };
}

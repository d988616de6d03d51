import type { ComponentChildren } from 'preact';
import type { OutputContext } from './context';
import { nameOf, sizeText } from './file';
import { strings } from './strings';
import type { ShownFile } from './payload';

interface FileOutputProps {
  readonly files: readonly ShownFile[];
  readonly context: OutputContext;
}

export function FileOutput({ files, context }: FileOutputProps) {
  return (
    <ul class="output-files">
      {files.map((file) => (
        <li key={file.path} class="output-file">
          <FileBar file={file} context={context} />
        </li>
      ))}
    </ul>
  );
}

interface FileBarProps {
  readonly file: ShownFile;
  readonly context: OutputContext;
  /** More about the file, such as its duration. */
  readonly note?: string;
  /** Further buttons. */
  readonly children?: ComponentChildren;
}

/** Name, size and a button that saves the file. */
export function FileBar({ file, context, note = '', children }: FileBarProps) {
  const name = nameOf(file);
  return (
    <div class="output-bar">
      <span class="output-name" dir="auto" title={name}>
        {name}
      </span>
      <span class="output-note">{[note, sizeText(file)].filter(Boolean).join(' · ')}</span>
      {children}
      <SaveButton file={file} context={context} />
    </div>
  );
}

function SaveButton({ file, context }: Pick<FileBarProps, 'file' | 'context'>) {
  return (
    <button
      type="button"
      class="small-button"
      aria-label={strings.saveNamed(nameOf(file))}
      onClick={() => context.saveFile(file.path)}
    >
      {strings.save}
    </button>
  );
}

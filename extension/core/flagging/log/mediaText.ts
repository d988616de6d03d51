import { componentDirectory } from '../format/directory';
import type { LogColumn } from './types';

type Labelled = Pick<LogColumn, 'index' | 'name'>;

/** Longer texts are no paths. UTF-16 units. */
const longestPath = 4096;

/** Letters that the folder of a long label shares with it at least. */
const shared = 40;

/** The names of the folders that Gradio makes for each file: 20 digits since 4.0, 40 before. */
const randomFolder = /^(?:[\da-f]{20}|[\da-f]{40})$/;
const withExtension = /[^.]\.[\p{L}\p{N}_-]{1,16}$/u;
/** The files of a gallery before Gradio 4 stand in a folder with a random UUID. */
const galleryFolder = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Whether a text is the path of a file that a logger stored for this component: it stands in the folder that is named
 * after the label, with a random folder between or not.
 */
export function namesFile(text: string, column: Labelled): boolean {
  if (text.length > longestPath || !/[\\/]/.test(text) || /[\n\r\0]|^[a-z][a-z\d+.-]+:\/\//i.test(text)) return false;
  const parts = text.split(/[\\/]/);
  const [name = '', folder = '', above = ''] = parts.reverse();
  if (randomFolder.test(folder)) return name !== '' && isFolderOf(above, column, true);
  const isFile = withExtension.test(name) || /^\d+$/.test(name) || galleryFolder.test(name);
  return isFile && isFolderOf(folder, column, false);
}

/** Whether it is the file in which Gradio 3.2 to 3.50 kept a structured value. */
export function namesJsonFile(text: string): boolean {
  return /[\\/]tmp[a-z\d_]{8}\.json$/.test(text);
}

/** The rule that makes a folder of a label changed often; what all of its forms share are the letters and digits. */
function isFolderOf(folder: string, { name, index }: Labelled, beyondDoubt: boolean): boolean {
  const letters = lettersOf(name);
  if (letters === '') return beyondDoubt || folder === componentDirectory(name, index, 'deny-list');
  const found = lettersOf(folder);
  // Of a long label the folder has the beginning, and an extension that follows it.
  return found === letters || (found.length >= shared && found.slice(0, shared) === letters.slice(0, shared));
}

function lettersOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '');
}

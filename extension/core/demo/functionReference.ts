import { resolve } from 'node:path';
import type { ClassifierReference, FunctionReference } from './definition';

export type FunctionParse = { readonly fn: FunctionReference } | { readonly problem: string };

/** Begins the `fn` of a demo of the built-in classifier. */
export const classifierPrefix = 'classifier:';
const forms = 'Give "file.py:function", "file.mjs:export", "classifier:dataset.csv" or "https://…".';
const identifier = /^[\p{L}_$][\p{L}\p{M}\p{N}_$]*$/u;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads the `fn` of a definition.
 *
 * @param baseDir where relative paths start
 */
export function parseFunctionReference(text: string, baseDir: string): FunctionParse {
  if (/^https?:/i.test(text)) return parseAddress(text);
  if (text.startsWith('gradio:')) return { problem: `"gradio:" functions are not part of this version. ${forms}` };
  if (text.startsWith(classifierPrefix)) return parseClassifier(text.slice(classifierPrefix.length), baseDir);
  const colon = text.lastIndexOf(':');
  const [path, name] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  const language = languageOf(path);
  if (language === undefined && colon < 0) return { problem: `"${text}" names no file. ${forms}` };
  if (language === undefined) return { problem: `"${path}" is neither a Python nor a JavaScript file. ${forms}` };
  if (name === '') return { problem: `The function is missing: write "${path}:function".` };
  if (!identifier.test(name)) return { problem: `"${name}" is not the name of a function at the top of ${path}.` };
  return { fn: { type: language, file: resolve(baseDir, path), name } };
}

function languageOf(path: string): 'python' | 'javascript' | undefined {
  if (/[^/\\]\.py$/.test(path)) return 'python';
  return /[^/\\]\.(mjs|cjs|js|ts)$/.test(path) ? 'javascript' : undefined;
}

function parseAddress(text: string): FunctionParse {
  if (!URL.canParse(text)) return { problem: `"${text}" is not a web address.` };
  const url = new URL(text);
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    return { problem: 'http:// is allowed for this machine only (localhost). Use https://.' };
  if (url.username !== '' || url.password !== '')
    return { problem: 'A user name or password in the address would be readable by everyone who has this file.' };
  return { fn: { type: 'http', url: text } };
}

const classifierForm = /^(.*?)(?:\?((?:text|label)=.*))?$/s;

/** The file of a reference that names one, as it names it. */
export function fileIn(text: string): string {
  if (!text.startsWith(classifierPrefix)) return text.replace(/:[^:]*$/, '');
  return classifierForm.exec(text.slice(classifierPrefix.length))?.[1] ?? '';
}

/** A dataset whose columns may follow, as in an address: `data.csv?text=message&label=class`. */
function parseClassifier(text: string, baseDir: string): FunctionParse {
  const [, path = '', query = ''] = classifierForm.exec(text) ?? [];
  if (path === '') return { problem: 'The dataset is missing: write "classifier:dataset.csv".' };
  const columns = new URLSearchParams(query);
  const other = [...columns.keys()].find((key) => key !== 'text' && key !== 'label');
  if (other !== undefined)
    return { problem: `"${other}" names no column of a classifier. Give "?text=column&label=column".` };
  const column = (key: string): string | undefined => columns.get(key) || undefined;
  return {
    fn: { type: 'classifier', file: resolve(baseDir, path), text: column('text'), label: column('label') },
  };
}

/** The `fn` of a definition. @param path a file as the definition names it */
export function formatFunctionReference(fn: FunctionReference, path: (file: string) => string): string {
  if (fn.type === 'http') return fn.url;
  if (fn.type !== 'classifier') return `${path(fn.file)}:${fn.name}`;
  return `${classifierPrefix}${path(fn.file)}${queryOf(fn)}`;
}

/** Readable where it can be: only what would end a name early is escaped. */
function queryOf({ text, label }: ClassifierReference): string {
  const named = Object.entries({ text, label }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const escaped = (name: string): string => name.replace(/[%&+#=]/g, encodeURIComponent);
  return named.length === 0 ? '' : `?${named.map(([key, name]) => `${key}=${escaped(name)}`).join('&')}`;
}

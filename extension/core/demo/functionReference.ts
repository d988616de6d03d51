import { resolve } from 'node:path';
import type { FunctionReference } from './definition';

export type FunctionParse = { readonly fn: FunctionReference } | { readonly problem: string };

const forms = 'Give "file.py:function", "file.mjs:export" or "https://…".';
const identifier = /^[\p{L}_$][\p{L}\p{M}\p{N}_$]*$/u;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads the `fn` of a definition.
 *
 * @param baseDir where relative paths start
 */
export function parseFunctionReference(text: string, baseDir: string): FunctionParse {
  if (/^https?:/i.test(text)) return parseAddress(text);
  if (/^(gradio|classifier):/.test(text))
    return { problem: `"${text.slice(0, text.indexOf(':') + 1)}" functions are not part of this version. ${forms}` };
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

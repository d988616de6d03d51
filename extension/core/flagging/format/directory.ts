import type { MediaRule } from './era';

const maximumBytes = 200;

/** Windows opens a device under these names, whatever follows the first dot. */
const reserved = /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[1-9¹²³]) *(?:\.|$)/i;

/**
 * The directory of a component's files: one plain name that every file system takes and that stays below the flagging
 * directory. It is the name that Gradio gives (`strip_invalid_filename_characters` of gradio_client 1.3 for
 * `keep-list`, 2.6 for `deny-list`) wherever that name is safe; Gradio itself lets `..` out and puts the files of a
 * label like `???` among the logs.
 */
export function componentDirectory(label: string, index: number, rule: MediaRule['directory']): string {
  const name = rule === 'keep-list' ? kept(label) : allowed(label);
  const safe = firstBytes(name, maximumBytes).replace(/[. ]+$/, '');
  if (safe === '') return `component ${index}`;
  return reserved.test(safe) ? `_${firstBytes(safe, maximumBytes - 1)}` : safe;
}

function kept(label: string): string {
  return label.replace(/[^\p{L}\p{N}._\- ]/gu, '');
}

function allowed(label: string): string {
  const [stem, extension] = splitExtension(label).map((part) =>
    part.replace(/[<>:"/\\|?*`$!{}]|(?![\u0080-\u009f])\p{Cc}/gu, ''),
  );
  if (!extension) return stem ?? '';
  const name = stem || 'file';
  const room = maximumBytes - Buffer.byteLength(extension) - (reserved.test(name + extension) ? 1 : 0);
  return firstBytes(name, Math.max(room, 0)) + extension;
}

/** Python's `os.path.splitext`: leading dots begin no extension. */
function splitExtension(name: string): [stem: string, extension: string] {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  if (dot <= 0 || /^\.*$/.test(base.slice(0, dot))) return [name, ''];
  return [name.slice(0, name.length - base.length + dot), base.slice(dot)];
}

/** The longest beginning of at most so many UTF-8 bytes that splits no character. */
function firstBytes(text: string, bytes: number): string {
  const encoded = Buffer.from(text);
  if (encoded.length <= bytes) return text;
  let end = bytes;
  while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80) end--;
  return encoded.toString('utf8', 0, end);
}

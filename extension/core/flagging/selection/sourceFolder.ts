/** Names that Windows keeps for devices, with any extension. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** What some file system refuses in a name: separators, wildcards and control characters. */
const refused = /[\p{Cc}<>:"/\\|?*]/gu;
const longest = 100;

/**
 * The folder of a source's log: its path relative to the workspace, each part made safe, so that it never leaves the
 * flagging directory and two files of one name keep apart.
 *
 * @param relativePath with `/`
 */
export function sourceFolder(relativePath: string): string {
  const parts = relativePath.split('/').filter((part) => part !== '' && part !== '.');
  return parts.map(safeName).join('/') || 'untitled';
}

/** A file name that every file system takes, as close to the given one as that allows. */
export function safeName(name: string): string {
  const plain = name
    .replace(refused, '_')

    .slice(0, longest)
    .replace(/[. ]+$/u, '');
  if (plain === '') return '_';
  return reserved.test(plain) ? `_${plain}` : plain;
}

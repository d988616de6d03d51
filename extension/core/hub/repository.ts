import { ExpectedError } from '../errors';

/** A dataset repository, `namespace/name`; the namespace is a person or an organisation. */
export type RepositoryId = `${string}/${string}`;

export type Visibility = 'private' | 'public';

/** Where a repository has its card. */
export const cardPath = 'README.md';

/** The Hub of Hugging Face, when no other endpoint is set. */
export const defaultEndpoint = 'https://huggingface.co';

const maxLength = 96;
const forbidden = /--|\.\./;
const edges = /^[-.]|[-.]$/;

/**
 * Reads `namespace/name` by the rules of the Hub: letters, digits, `.`, `_` and `-`, at most 96 characters, neither `--`
 * nor `..`, no `-` or `.` at an end, and no name that ends in `.git`.
 *
 * @throws ExpectedError that says which rule is broken
 */
export function parseRepositoryId(text: string): RepositoryId {
  const parts = text.trim().split('/');
  const [namespace, name] = parts;
  if (parts.length !== 2 || !namespace || !name) {
    throw new ExpectedError(
      `"${text}" is no name of a repository.`,
      'Write it as namespace/name, such as ada/sms-spam.',
    );
  }
  const problem = problemOf(namespace) ?? problemOf(name);
  if (problem !== undefined) {
    throw new ExpectedError(`"${text}" is no name of a repository: ${problem}.`, 'Choose another name.');
  }
  return `${namespace}/${name}`;
}

/** What is wrong with one part of a repository's name, by the rules of `parseRepositoryId`. */
function problemOf(part: string): string | undefined {
  if (!/^[\w.-]+$/.test(part)) return 'only letters, digits, ".", "_" and "-" are allowed';
  if (part.length > maxLength) return `"${part.slice(0, 20)}…" is longer than ${maxLength} characters`;
  if (forbidden.test(part)) return 'neither "--" nor ".." is allowed';
  if (edges.test(part)) return 'a name neither begins nor ends with "-" or "."';
  return part.endsWith('.git') ? 'it ends in ".git"' : undefined;
}

/** What git has no branches for (`git check-ref-format`), spaces excepted, which the Hub takes. */
const noBranch = /^[-/]|[/.]$|\.\.|\/\/|@\{|^@?$|\.lock(?:\/|$)|(?:^|\/)\.|[\p{Cc}~^:?*[\\]/u;

/** @throws ExpectedError for what is no name of a branch */
export function checkBranch(name: string): void {
  if (!noBranch.test(name) && name.trim() === name) return;
  throw new ExpectedError(`${JSON.stringify(name)} is no name of a branch.`, 'Choose another one, such as main.');
}

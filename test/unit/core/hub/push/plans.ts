import { createHash } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PlannedFile, PushPlan, PushRequest } from '../../../../../extension/core/hub/plan/types';

export const repo = 'ada/sms';

export function requestOf(source: string): PushRequest {
  return {
    source,
    repo,
    visibility: 'private',
    branch: undefined,
    pullRequest: false,
    format: 'asIs',
    splitColumn: undefined,
    labelColumn: undefined,
    withReview: false,
    title: undefined,
    card: undefined,
    cardFields: {},
  };
}

/** Writes a file, and plans that it goes to the same path. */
export function planned(
  folder: string,
  path: string,
  text: string,
  change: PlannedFile['change'] = 'add',
): PlannedFile {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const { size, mtimeMs: modified } = statSync(file);
  const hash = (kind: string, ...parts: readonly string[]): string =>
    parts.reduce((sum, part) => sum.update(part), createHash(kind)).digest('hex');
  const staged = {
    path,
    file,
    size,
    modified,
    oid: hash('sha1', `blob ${size}\0`, text),
    sha256: hash('sha256', text),
  };
  return { path, change, size, staged };
}

export function cardOf(text: string, change: PlannedFile['change'] = 'add'): PlannedFile {
  return { path: 'README.md', change, size: Buffer.byteLength(text), staged: undefined };
}

export function planOf(source: string, files: readonly PlannedFile[], changes: Partial<PushPlan> = {}): PushPlan {
  return {
    request: requestOf(source),
    endpoint: 'http://127.0.0.1:1',
    repo,
    visibility: 'private',
    creates: true,
    branch: 'main',
    createsBranch: false,
    pullRequest: false,
    parentCommit: undefined,
    files,
    others: 0,
    rows: 3,
    bytes: files.reduce((sum, { size, change }) => (change === 'delete' ? sum : sum + size), 0),
    configs: [],
    card: '# SMS\n',
    title: 'Add 3 records',
    warnings: [],
    ...changes,
  };
}

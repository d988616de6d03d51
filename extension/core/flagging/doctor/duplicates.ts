import type { LoggedSample } from '../log/types';
import type { LogRecord } from './records';
import type { Finding, LogFacts } from './types';

/** What stands for a file in the comparison of samples. */
export type FileIdentity = (path: string) => string;

/**
 * The values of a sample as one text, equal for equal samples: the paths of files are replaced by what the files hold,
 * and the time does not count.
 */
function sampleKey({ values, option, username }: LoggedSample, identityOf: FileIdentity): string {
  const cells = values.map(({ raw, media, column }) => {
    const named = media.reduce((text, path) => text.replaceAll(path, '\0'), raw);
    return [column.name, named, ...media.map(identityOf)];
  });
  return JSON.stringify([cells, option, username]);
}

/** Groups of samples that are equal but for the content of their files, each with at least two. */
export function alike(samples: Iterable<LoggedSample>): LoggedSample[][] {
  const groups = new Map<string, LoggedSample[]>();
  for (const sample of samples) {
    const key = sampleKey(sample, () => '');
    const group = groups.get(key);
    if (group) group.push(sample);
    else groups.set(key, [sample]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Samples that were flagged before with the same values. */
export function checkDuplicates(records: readonly LogRecord[], { media, hashes }: LogFacts): Finding[] {
  const identityOf = (path: string): string => {
    const found = media.get(path);
    return (found && 'file' in found ? hashes.get(found.file) : undefined) ?? `path ${path}`;
  };
  const first = new Map<string, LogRecord>();
  return records.flatMap((record): Finding[] => {
    const { sample, span, line, glued, removal } = record;
    if (sample?.problem !== null || sample.values.length === 0) return [];
    const key = sampleKey(sample, identityOf);
    const original = first.get(key);
    if (!original) {
      first.set(key, record);
      return [];
    }
    const fix = { type: 'edits', title: 'Remove this row', edits: [{ ...removal, text: '' }] } as const;
    const message = `The sample is the same as that on line ${original.line}, only its time differs.`;
    return [{ kind: 'duplicate', span, line, row: sample.row, message, fix: glued ? null : fix }];
  });
}

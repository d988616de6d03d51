import { basename } from 'node:path';
import { checkDuplicates } from './duplicates';
import { checkMedia } from './mediaFindings';
import type { ReadLog } from './records';
import { checkStructure } from './structure';
import type { Finding, LogFacts } from './types';

/** Everything that is wrong with a log, in the order of its lines. */
export function diagnose(text: string, log: ReadLog, facts: LogFacts): Finding[] {
  return [
    ...checkStructure(text, log),
    ...checkDuplicates(log.records, facts),
    ...checkMedia(text, log, facts),
    ...checkSiblings(log, facts),
  ].sort((a, b) => a.span.start - b.span.start);
}

function checkSiblings({ records }: ReadLog, { log, siblings }: LogFacts): Finding[] {
  if (siblings.length < 2) return [];
  const others = siblings.filter((path) => path !== log).map((path) => basename(path));
  return [
    {
      kind: 'spread-logs',
      span: records[0]?.span ?? { start: 0, end: 0 },
      line: 1,
      row: null,
      message: `The samples of this directory are spread over several logs: ${[basename(log), ...others].join(', ')}.`,
      fix: { type: 'merge', title: `Merge the ${siblings.length} logs into a new one`, logs: siblings },
    },
  ];
}

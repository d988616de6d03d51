import type { PlanPart } from '../../planPart';
import { sizeText } from '../../sizeText';
import { describeEra } from '../log/eraText';
import type { Files, MergePlan, SampleOf } from './types';

/**
 * A plan for a person; parts without a line are left out.
 *
 * @param nameOf a path as the person knows it
 */
export function describeMerge(plan: MergePlan, out: string, nameOf: (path: string) => string): PlanPart[] {
  const { sources, columns, samples, files, notes, duplicates, missing } = plan;
  const place = ({ log, row }: SampleOf): string => `${nameOf(log)}, sample ${row + 1}`;
  const isIn = (logs: number): string => (logs === sources.length ? '' : ` (in ${logs} of ${sources.length} logs)`);
  const parts: PlanPart[] = [
    {
      title: 'Logs',
      lines: sources.map(
        ({ log, era, samples: count }) => `${nameOf(log)}: ${describeEra(era)}, ${samplesText(count)}`,
      ),
    },
    {
      title: 'New log',
      lines: [
        `${nameOf(out)}/${plan.logName}: ${samplesText(samples)}`,
        ...(files.count > 0 ? [`Files to copy: ${filesText(files)}`] : []),
        ...(notes > 0 ? [`Notes and marks: ${notes}`] : []),
      ],
    },
    { title: 'Columns', lines: columns.map(({ name, logs }) => `${name}${isIn(logs)}`) },
    {
      title: `Duplicates: ${samplesText(duplicates.count)}`,
      lines: told(duplicates, (sample) => `${place(sample)} is the same as ${place(sample.of)}`),
    },
    {
      title: `Not found, their paths are kept as they are: ${filesText({ count: missing.count, bytes: 0 })}`,
      lines: told(missing, (sample) => `${place(sample)}: ${sample.path}`),
    },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** How many files, and how large they are together. */
export function filesText({ count, bytes }: Files): string {
  return `${count} ${count === 1 ? 'file' : 'files'}${bytes > 0 ? `, ${sizeText(bytes)}` : ''}`;
}

function samplesText(count: number): string {
  return `${count} ${count === 1 ? 'sample' : 'samples'}`;
}

function told<T>({ count, first }: { count: number; first: readonly T[] }, lineOf: (item: T) => string): string[] {
  const lines = first.map(lineOf);
  return count > first.length ? [...lines, `and ${count - first.length} more`] : lines;
}

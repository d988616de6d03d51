import { describeEra } from '../log/eraText';
import type { MergePlan, SampleOf } from './types';

/** How many duplicates and missing files are told one by one. */
const mostTold = 20;

/**
 * A plan in lines for a person.
 *
 * @param nameOf a path as the person knows it
 */
export function describeMerge(plan: MergePlan, out: string, nameOf: (path: string) => string): string[] {
  const { sources, columns, records, media, notes, duplicates, missing, once } = plan;
  const place = ({ log, row }: SampleOf): string => `${nameOf(log)}, sample ${row + 1}`;
  const same = duplicates.map((sample) => `  ${place(sample)} is the same as ${place(sample.of)}`);
  const lost = missing.map((sample) => `  ${place(sample)}: ${sample.path}`);
  return [
    ...sources.map(({ log, era, samples }) => `${nameOf(log)} (${describeEra(era)}): ${counted(samples, 'sample')}`),
    `New log: ${nameOf(out)}/${plan.logName}, ${counted(records.length - 1, 'sample')}`,
    `Columns: ${columns.join(', ')}`,
    `Files to copy: ${media.length} (${sizeText(mediaBytes(plan))})`,
    ...(notes.length > 0 ? [`Notes: ${notes.length}`] : []),
    ...(same.length > 0 ? [`Duplicates, ${once ? 'kept once' : 'all kept'}: ${same.length}`, ...told(same)] : []),
    ...(lost.length > 0 ? [`Files not found, their paths are kept as they are: ${lost.length}`, ...told(lost)] : []),
  ];
}

export function mediaBytes({ media }: MergePlan): number {
  return media.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function sizeText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let size = bytes;
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000;
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit] ?? ''}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function told(lines: readonly string[]): readonly string[] {
  return lines.length > mostTold ? [...lines.slice(0, mostTold), `  and ${lines.length - mostTold} more`] : lines;
}

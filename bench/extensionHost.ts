import { readFileSync } from 'node:fs';

/** Memory of a process in MiB; PSS counts shared pages once. */
export interface Memory {
  readonly rss: number;
  readonly pss: number;
}

/** Memory of the extension host, whose number the server tells in its output. */
export function memoryOf(output: string): Memory {
  const pid = /<(\d+)> Launched Extension Host Process/.exec(output)?.[1] ?? '';
  const read = (file: string, key: string): number =>
    Math.round(
      Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1]) / 1024,
    );
  return { rss: read('status', 'VmRSS'), pss: read('smaps_rollup', 'Pss') };
}

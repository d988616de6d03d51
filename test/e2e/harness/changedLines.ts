import { spawnSync } from 'node:child_process';

/** What git counts as added and removed between two files, such as `1 1`. */
export function changedLines(before: string, after: string): string {
  const { stdout } = spawnSync('git', ['diff', '--no-index', '--numstat', before, after], { encoding: 'utf8' });
  return stdout.split('\t').slice(0, 2).join(' ');
}

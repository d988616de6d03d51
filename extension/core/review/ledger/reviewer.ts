import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Git answers at once, unless its folder is on a disk that does not. Milliseconds. */
const gitPatience = 5_000;

/** A value of the configuration of git; undefined where there is none, or no git. */
export type GitConfig = (key: string) => Promise<string | undefined>;

/**
 * Who decides: as the settings say, else as git signs the commits of the folder, else the user of this machine.
 *
 * @param setting empty for none
 * @param user the name of the operating system's user
 */
export async function reviewerName(setting: string | undefined, config: GitConfig, user: string): Promise<string> {
  const name = cleaned(setting) ?? cleaned(await config('user.name')) ?? cleaned(await config('user.email'));
  return name ?? cleaned(user) ?? 'reviewer';
}

/** The configuration that git has in a folder. It is run with `-C`, so that no program of the folder is taken for git. */
export function gitConfigOf(folder: string): GitConfig {
  return async (key) => {
    try {
      const { stdout } = await run('git', ['-C', folder, 'config', '--get', key], { timeout: gitPatience });
      return stdout;
    } catch {
      return undefined; // not set, not a repository that may be trusted, or no git at all
    }
  };
}

/** One line in the form that all systems write letters with accents in. */
function cleaned(name: string | undefined): string | undefined {
  const line = name
    ?.normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line === '' ? undefined : line;
}

const plain = /^[a-z\d][a-z\d._-]{0,39}$/;
/** Names that Windows keeps for devices, whatever follows their first dot. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

/**
 * The file of a reviewer's decisions. Names of a few small letters are kept; others get the beginning of their hash, so that
 * no two share a file, not even where capitals and accents make no difference.
 */
export function ledgerName(reviewer: string): string {
  if (plain.test(reviewer) && !devices.test(reviewer)) return `${reviewer}.jsonl`;
  const readable = reviewer.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const short = Array.from(readable).slice(0, 40).join('').replaceAll(/^-|-$/g, '');
  return `${short}~${createHash('sha256').update(reviewer).digest('hex').slice(0, 8)}.jsonl`;
}

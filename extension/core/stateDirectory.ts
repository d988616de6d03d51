import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * State that the system keeps per person (XDG Base Directory), shared by the editor's windows and the terminal. Absolute.
 *
 * @param what it is of, such as `spool`
 */
export function stateDirectory(environment: Readonly<Record<string, string | undefined>>, what: string): string {
  return join(environment.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'flag-review', what);
}

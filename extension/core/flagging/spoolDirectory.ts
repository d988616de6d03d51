import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where samples wait that a callback refused: state that the system keeps per person (XDG Base Directory), shared by
 * the editor's windows and the terminal. Absolute.
 */
export function spoolDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  return join(environment.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'flag-review', 'spool');
}

import { stateDirectory } from '../stateDirectory';

/** Where samples wait that a callback refused. Absolute. */
export function spoolDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  return stateDirectory(environment, 'spool');
}

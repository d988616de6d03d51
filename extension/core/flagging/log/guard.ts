import { dialects, type Era, type Sanitiser } from '../format/era';
import { sanitise } from '../format/sanitise';
import type { LoggedKind, LogLayout } from './types';

type Guarding = Pick<LogLayout, 'era'>;

/** How the logs of each layout guard cells against being taken for formulas; a table that is no log is left alone. */
function sanitiserOf({ era }: Guarding): Sanitiser {
  switch (era) {
    case 'simple':
    case 'chat':
    case 'hub':
      return 'prefix';
    case 'unknown':
      return 'none';
    default:
      return dialects[era satisfies Era].sanitiser;
  }
}

/** Python's `repr` of a number, which loggers write without a guard. */
const number = /^-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf)$/;

/** A text that a person typed as it goes into a cell: guarded as the log's own era does. */
export function guarded(text: string, kind: LoggedKind, layout: Guarding): string {
  return kind === 'number' && number.test(text) ? text : sanitise(text, sanitiserOf(layout));
}

/** A cell as a person edits it: without the apostrophe that stands there only as a guard. */
export function unguarded(cell: string, layout: Guarding): string {
  const text = cell.slice(1);
  const sanitiser = sanitiserOf(layout);
  return cell.startsWith("'") && sanitiser !== 'none' && sanitise(text, sanitiser) === cell ? text : cell;
}

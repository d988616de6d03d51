import { dialects, type Era, type Sanitiser } from '../format/era';
import { sanitise } from '../format/sanitise';
import type { LoggedKind, LogLayout, LogLayoutName } from './types';

type Guarding = Pick<LogLayout, 'era'>;

/** How cells are guarded against being taken for formulas in layouts that are no era; a mere table is left alone. */
const otherSanitisers: Readonly<Record<Exclude<LogLayoutName, Era>, Sanitiser>> = {
  simple: 'prefix',
  chat: 'prefix',
  hub: 'prefix',
  unknown: 'none',
};

function isEra(era: LogLayoutName): era is Era {
  return Object.hasOwn(dialects, era);
}

function sanitiserOf({ era }: Guarding): Sanitiser {
  return isEra(era) ? dialects[era].sanitiser : otherSanitisers[era];
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

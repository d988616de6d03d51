import { dialects, isEra } from '../format/era';
import type { LoggedSample, LoggedValue, LogLayout } from '../log/types';
import type { LoggedComponent } from '../types';

/** What a column holds besides a component. */
const tailRoles = ['flag', 'username', 'timestamp'] as const;
type TailRole = (typeof tailRoles)[number];

/** The columns of several logs as one: components of one label are one column, those of one label in their order. */
export class UnitedColumns {
  readonly components: LoggedComponent[] = [];
  private readonly places = new Map<string, number>();
  /** In which log, from 1, a column was seen last, and in how many. */
  private readonly seen = new Map<number | TailRole, { last: number; logs: number }>();
  private log = 0;

  /** Takes in the columns of the next log. */
  addLog(layout: LogLayout): void {
    const { columns } = layout;
    this.log++;
    const own = columns.filter(({ role }) => role === 'component' || role === 'extra');
    this.see(this.placesOf(own.map(({ name }) => name)));
    const given = tailRoles.filter((role) => columns.some((column) => column.role === role));
    this.see(given.filter((role) => !isAlwaysThere(role, layout)));
  }

  /** Takes in a sample of that log, which may have more than the log's columns. */
  addSample({ values, option, username }: LoggedSample): void {
    this.see(this.placesOf(values.map(({ column }) => column.name)));
    if (option !== null) this.see(['flag']);
    if (username !== null) this.see(['username']);
  }

  has(role: TailRole): boolean {
    return this.seen.has(role);
  }

  /** In how many logs a column is: a component by its position. */
  logsWith(column: number | TailRole): number {
    return this.seen.get(column)?.logs ?? 0;
  }

  /** The values of a sample in the order of the columns. */
  of(values: readonly LoggedValue[]): readonly (LoggedValue | undefined)[] {
    const ordered: (LoggedValue | undefined)[] = [];
    this.placesOf(values.map(({ column }) => column.name)).forEach((place, index) => {
      ordered[place] = values[index];
    });
    return this.components.map((_, index) => ordered[index]);
  }

  private see(columns: readonly (number | TailRole)[]): void {
    for (const column of columns) {
      const seen = this.seen.get(column) ?? { last: 0, logs: 0 };
      if (seen.last !== this.log) this.seen.set(column, { last: this.log, logs: seen.logs + 1 });
    }
  }

  private placesOf(names: readonly string[]): number[] {
    const seen = new Map<string, number>();
    return names.map((name) => {
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      const key = `${nth} ${name}`;
      const place = this.places.get(key) ?? this.components.push({ kind: 'textbox', label: name }) - 1;
      this.places.set(key, place);
      return place;
    });
  }
}

/**
 * Whether every log of an era has the column, filled or not. It goes into the new log only when a sample fills it: later
 * releases begin a new log when the columns are not those of the sample.
 */
function isAlwaysThere(role: TailRole, { era }: LogLayout): boolean {
  if (role === 'timestamp' || !isEra(era)) return false;
  const { flagColumn, usernameColumn } = dialects[era];
  return (role === 'flag' ? flagColumn : usernameColumn) === 'always';
}

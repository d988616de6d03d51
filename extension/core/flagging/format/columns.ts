import type { FlagSample, LoggedComponent } from '../types';
import type { ColumnRule, LogDialect } from './era';
import { sanitise } from './sanitise';

/** What decides on the columns besides the components. */
export type ColumnSample = Pick<FlagSample, 'option' | 'username'>;

/**
 * The name of a component's column: its label, or `component N` with its position, as in Gradio 3.0.25+. Half a surrogate
 * pair, which UTF-8 lacks and Gradio fails on, is named as it will read back, so that the header is known again.
 */
export function columnLabel(component: LoggedComponent, index: number): string {
  return (component.label || `component ${index}`).replaceAll(/\p{Cs}/gu, '\ufffd');
}

/** The columns that a sample fills, before sanitising. Empty for logs without a header. */
export function columns(
  components: readonly LoggedComponent[],
  sample: ColumnSample,
  dialect: LogDialect,
  hasOptions: boolean,
): string[] {
  if (!dialect.header) return [];
  return [
    ...components.map(columnLabel),
    ...(hasFlag(sample, dialect, hasOptions) ? ['flag'] : []),
    ...(hasUsername(sample, dialect) ? ['username'] : []),
    ...(dialect.timestampColumn ? ['timestamp'] : []),
  ];
}

/** The header's cells as a new log gets them. */
export function headerCells(names: readonly string[], dialect: LogDialect): string[] {
  const once = names.map((name) => sanitise(name, dialect.sanitiser));
  return dialect.headerSanitisedTwice ? once.map((name) => sanitise(name, dialect.sanitiser)) : once;
}

/**
 * Whether a log that begins with these cells has these columns. Gradio compares a header that it sanitised twice with
 * one that it sanitised once, so that some labels open a new file at each start; here either form is the same header.
 */
export function isHeaderOf(cells: readonly string[], names: readonly string[], dialect: LogDialect): boolean {
  if (cells.length !== names.length) return false;
  return names.every((name, index) => {
    const once = sanitise(name, dialect.sanitiser);
    return cells[index] === once || cells[index] === sanitise(once, dialect.sanitiser);
  });
}

export function hasFlag({ option }: ColumnSample, { flagColumn }: LogDialect, hasOptions: boolean): boolean {
  return present(flagColumn, option !== null, hasOptions);
}

export function hasUsername({ username }: ColumnSample, { usernameColumn }: LogDialect): boolean {
  return present(usernameColumn, username !== null, false);
}

function present(rule: ColumnRule, provided: boolean, hasOptions: boolean): boolean {
  switch (rule) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'provided':
      return provided;
    case 'options':
      return provided || hasOptions;
  }
}

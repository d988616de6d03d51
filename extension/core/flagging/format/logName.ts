import type { LogDialect } from './era';

/** The name of the n-th log of a flagging directory, from 1: `logs.csv`, `logs-2.csv`; `dataset1.csv`, `dataset2.csv`. */
export function logName(dialect: LogDialect, number: number): string {
  if (dialect.fileName === 'dataset') return `dataset${number}.csv`;
  return number === 1 ? `${dialect.fileName}.csv` : `${dialect.fileName}-${number}.csv`;
}

/** Which log of its directory a file is, or undefined for any other file. */
export function logNumber(dialect: LogDialect, name: string): number | undefined {
  const digits = /^(dataset|logs?-?)([1-9]\d{0,8})?\.csv$/.exec(name)?.[2];
  const number = digits === undefined ? 1 : Number(digits);
  return logName(dialect, number) === name ? number : undefined;
}

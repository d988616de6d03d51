import { ExpectedError } from '../../errors';

const pattern = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.\d{6})?$/;

/**
 * The time of a flag as Python's `str(datetime.now())` gives it: local, without a zone.
 *
 * @param milliseconds since 1970, with a fraction for microseconds
 * @returns `YYYY-MM-DD HH:MM:SS.ffffff`, always with the six digits, so that the column is of one shape
 */
export function pythonTimestamp(milliseconds = Date.now() + (performance.now() % 1)): string {
  const microseconds = Math.floor(milliseconds * 1000);
  const date = new Date(Math.floor(microseconds / 1000));
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const fraction = ((microseconds % 1_000_000) + 1_000_000) % 1_000_000;
  return `${day} ${time}.${String(fraction).padStart(6, '0')}`;
}

/** Refuses a timestamp that is not a real local time in the log's form; the fraction may be absent, as in Python. */
export function checkTimestamp(text: string): string {
  const [, ...parts] = (pattern.exec(text) ?? []).map(Number);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (parts.length === 0 || year === 0 || !real || hour > 23 || minute > 59 || second > 59) {
    throw new ExpectedError(
      `${JSON.stringify(text)} is not a timestamp.`,
      'Write it as YYYY-MM-DD HH:MM:SS or YYYY-MM-DD HH:MM:SS.ffffff.',
    );
  }
  return text;
}

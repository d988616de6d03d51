import type { ParquetParsers } from 'hyparquet';
import type { Json } from '../json';
import { integerCell, parseJson } from './parseJson';

/** Values of the types that JSON lacks, as texts: points in time as ISO 8601 has them, with every digit of the file. */
export const parquetParsers: Partial<ParquetParsers> = {
  dateFromDays: (days) => isoTime(days * 86_400_000).slice(0, 10),
  timestampFromMilliseconds: (millis) => isoTime(Number(millis)),
  timestampFromMicroseconds: (micros) => preciseTime(micros, 1000n, 3),
  timestampFromNanoseconds: (nanos) => preciseTime(nanos, 1_000_000n, 6),
  jsonFromBytes: (bytes) => parseJson(Buffer.from(bytes).toString()),
};

/** A value as it comes out of hyparquet: bytes become base64, missing values null, and so inside of lists and objects. */
export function parquetCell(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return integerCell(value);
    case 'object':
      return objectCell(value);
    case 'undefined':
    case 'symbol':
    case 'function':
      return null;
  }
}

function objectCell(value: object | null): Json {
  if (value === null) return null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(parquetCell);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, parquetCell(item)]));
}

/** What is finer than a millisecond follows its three digits. */
function preciseTime(value: bigint, perMillisecond: bigint, digits: number): string {
  const rest = ((value % perMillisecond) + perMillisecond) % perMillisecond;
  const time = isoTime(Number((value - rest) / perMillisecond));
  return rest === 0n ? time : time.replace(/Z$/, `${String(rest).padStart(digits, '0')}Z`);
}

/** Years that ISO 8601 has no digits for stay numbers of milliseconds. */
function isoTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? String(milliseconds) : time.toISOString();
}

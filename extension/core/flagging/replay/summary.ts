import { basename } from 'node:path';
import type { ReplayRow } from '../../../protocol/replay';
import { isFileData } from '../../demo/fileData';
import { isRecord } from '../../json';
import type { ReplayResult } from './types';

/** UTF-16 units of a line of a table. */
const longest = 200;

/** Payloads as one readable line: files by their names, labels by the likeliest. */
export function payloadLine(payloads: readonly unknown[]): string {
  const line = payloads
    .map(payloadText)
    .join(', ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function payloadText(payload: unknown): string {
  if (payload === null || payload === undefined) return '–';
  if (typeof payload === 'string') return payload.slice(0, 2 * longest);
  if (typeof payload === 'number' || typeof payload === 'boolean') return String(payload);
  if (isFileData(payload)) return payload.orig_name ?? basename(payload.path);
  if (Array.isArray(payload)) return listText(payload);
  if (isRecord(payload) && typeof payload.label === 'string' && 'confidences' in payload) return payload.label;
  if (isRecord(payload) && isFileData(payload.image)) return payloadText(payload.image);
  return JSON.stringify(payload).slice(0, 2 * longest);
}

function listText(items: readonly unknown[]): string {
  const isText = items.length > 0 && items.every((item) => isRecord(item) && typeof item.token === 'string');
  if (isText) return items.map((item) => (isRecord(item) ? String(item.token) : '')).join('');
  return `[${items.slice(0, longest).map(payloadText).join(', ')}]`;
}

/** A result as one line of the table. */
export function replayRow(result: ReplayResult, unflagged: boolean): ReplayRow {
  const { sample, verdict, now, failure, seconds } = result;
  return {
    row: sample.row,
    verdict,
    option: sample.option,
    inputs: payloadLine(sample.inputs),
    logged: payloadLine(sample.logged),
    now: now ? payloadLine(now) : payloadLine([failure?.what ?? '']),
    corrected: payloadLine(Object.values(sample.corrected)),
    seconds,
    unflagged,
  };
}

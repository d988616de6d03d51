import { readLogFile } from '../../flagging/log/readLog';
import type { LoggedSample } from '../../flagging/log/types';
import type { Json } from '../../json';
import { clipped, moreOf, pageOf, ToolInput } from './toolInput';

/** Characters of a value. */
const longestValue = 1000;
const usualCount = 20;
const mostCount = 100;

/** The fields of `flagReview_listFlaggedSamples`. */
export const flaggedSampleFields = ['log', 'option', 'from', 'count'];

/**
 * `flagReview_listFlaggedSamples`: the samples of a flag log, as they were flagged.
 *
 * @param path of the log, absolute
 * @throws ExpectedError when it cannot be read
 */
export async function listFlaggedSamples(path: string, input: unknown, signal?: AbortSignal): Promise<Json> {
  const fields = new ToolInput(input, flaggedSampleFields);
  const option = fields.text('option');
  const page = pageOf(fields, usualCount, mostCount);
  const { samples } = await readLogFile(path);
  const list: Json[] = [];
  const options = new Map<string, number>();
  let matched = 0;
  for await (const sample of samples) {
    signal?.throwIfAborted();
    const own = sample.option ?? '';
    options.set(own, (options.get(own) ?? 0) + 1);
    if (option !== undefined && own !== option) continue;
    if (matched >= page.from && list.length < page.count) list.push(sampleForModel(sample));
    matched++;
  }
  const more = moreOf(page, matched);
  const counts = { flaggingOptions: Object.fromEntries(options), matched, from: page.from, list };
  return more === undefined ? counts : { ...counts, more };
}

function sampleForModel({ row, values, option, username, timestamp }: LoggedSample): Json {
  return {
    row,
    values: values.map(({ column, value, raw }) => ({
      name: column.name,
      value: clipped(typeof value === 'string' ? value : raw, longestValue),
    })),
    option,
    username,
    timestamp,
  };
}

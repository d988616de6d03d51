import { clip } from '../../core/flagging/log/gridRows';
import type { LoggedSample, LoggedValue } from '../../core/flagging/log/types';
import type { GridMedia, SampleValue } from '../../protocol/log';

/** A page is shown no more of a value than its beginning when it is longer. UTF-16 units. */
const longestValue = 200_000;
const shownOfLonger = 4_000;

/** The values of a sample's components as the side pane shows them, in the order of the log. */
export function sampleValues({ values }: LoggedSample, shown: (text: string) => GridMedia): SampleValue[] {
  return values
    .filter(({ column }) => column.role === 'component' || column.role === 'extra')
    .map((logged) => sampleValue(logged, shown));
}

function sampleValue(
  { column, kind, value, media, raw }: LoggedValue,
  shown: (text: string) => GridMedia,
): SampleValue {
  const { index, name } = column;
  if (raw.length > longestValue) {
    return { column: index, name, kind: 'text', value: clip(raw, shownOfLonger), clippedFrom: raw.length, media: [] };
  }
  return { column: index, name, kind, value, clippedFrom: null, media: media.map(shown) };
}

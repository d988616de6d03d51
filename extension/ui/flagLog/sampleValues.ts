import type { LoggedSample } from '../../core/flagging/log/types';
import type { GridMedia, SampleValue } from '../../protocol/log';

/** The values of a sample's components as the side pane shows them, in the order of the log. */
export function sampleValues({ values }: LoggedSample, shown: (text: string) => GridMedia): SampleValue[] {
  return values
    .filter(({ column }) => column.role === 'component' || column.role === 'extra')
    .map(({ column, kind, value, media }) => ({
      column: column.index,
      name: column.name,
      kind,
      value,
      media: media.map(shown),
    }));
}

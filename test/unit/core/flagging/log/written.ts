import { encodeRecord } from '../../../../../extension/core/csv/dialect';
import { columns, headerCells } from '../../../../../extension/core/flagging/format/columns';
import type { LogDialect } from '../../../../../extension/core/flagging/format/era';
import { mediaCell, mediaSegments } from '../../../../../extension/core/flagging/format/media';
import { planRow } from '../../../../../extension/core/flagging/format/row';
import type { FlagSample, LoggedComponent } from '../../../../../extension/core/flagging/types';

export const timestamp = '2024-01-02 03:04:05.678901';

/** Hex digits that look random enough. */
export const hex = (digits: number): string => '0123456789abcdef'.repeat(3).slice(0, digits);

/** A log as the logger of a dialect writes it; nothing is stored, the paths are what they would be. */
export function written(
  dialect: LogDialect,
  components: readonly LoggedComponent[],
  samples: readonly FlagSample[],
): { text: string; media: readonly (readonly string[])[] } {
  const [first] = samples;
  const names = first ? columns(components, first, dialect, false) : [];
  const media: string[][] = [];
  const rows = samples.map((sample) => {
    const plan = planRow(components, { timestamp, ...sample } as FlagSample & { timestamp: string }, dialect, false);
    const paths = plan.attachments.map((attachment, number) =>
      mediaCell(
        mediaSegments(attachment, dialect, { number, random: hex }),
        dialect,
        { absolute: '/home/me/flagged', given: '.gradio/flagged' },
        'linux',
      ),
    );
    media.push(paths);
    return encodeRecord(plan.cells(paths), dialect.csv);
  });
  const header = dialect.header ? encodeRecord(headerCells(names, dialect), dialect.csv) : '';
  return { text: header + rows.join(''), media };
}

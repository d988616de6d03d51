import type { Reason } from '../../extension/core/review/engine/types';
import type { ReviewRecord } from '../../extension/protocol/review';
import { LinkButton } from '../ui/Button';
import { Picture } from '../ui/outputs/Picture';
import { Player } from '../ui/outputs/Player';
import { labelText } from './labels';
import { markedParts, signed } from './reason';
import type { Review } from './review';
import type { Shown } from './state';
import { strings } from './strings';

interface ContentProps {
  readonly review: Review;
  readonly shown: Shown;
}

/** What the record holds: its picture or sound, and its text. */
export function RecordContent({ review, shown }: ContentProps) {
  const { record, wholeText, reason } = shown;
  const text = wholeText ?? record.text;
  return (
    <>
      <Media record={record} />
      {(text !== '' || !record.media) && (
        <p class={record.media ? 'record-text path' : 'record-text'} dir="auto">
          {text === '' ? (
            <em>{strings.emptyText}</em>
          ) : (
            <MarkedText text={text} reason={reason ?? null} record={record} />
          )}
        </p>
      )}
      {record.clipped > 0 && wholeText === null && (
        <p class="record-more">
          … <LinkButton caption={strings.showAll(record.clipped)} onClick={() => void review.walk.loadWholeText()} />
        </p>
      )}
    </>
  );
}

function Media({ record: { media, row, text } }: { readonly record: ReviewRecord }) {
  if (!media) return null;
  const failure = strings.noMedia(text);
  if (media.kind === 'audio')
    return <Player key={media.url} kind="audio" source={media.url} label={strings.audio(row)} failure={failure} />;
  return <Picture key={media.url} source={media.url} alt={strings.image(row)} failure={failure} actual={false} />;
}

interface MarkedProps {
  readonly text: string;
  readonly reason: Reason | null;
  readonly record: ReviewRecord;
}

/** Words by what they speak for: by shade and by the line below them; the table of the reason has the numbers. */
function MarkedText({ text, reason, record: { given, suggested } }: MarkedProps) {
  if (!reason || !suggested) return <>{text}</>;
  return (
    <>
      {markedParts(text, reason.tokens).map(({ text: part, contribution, strength }, index) => {
        if (contribution === null) return <span key={index}>{part}</span>;
        const isFor = contribution > 0;
        return (
          <mark
            key={index}
            class={isFor ? 'speaks for' : 'speaks against'}
            style={{ '--strength': `${strength}%` }}
            title={strings.contributionOf(signed(Math.abs(contribution)), labelText(isFor ? suggested : given))}
          >
            {part}
          </mark>
        );
      })}
    </>
  );
}

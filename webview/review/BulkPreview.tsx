import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { choiceText } from './bulk';
import { labelText } from './labels';
import type { Review } from './review';
import type { PendingBulk } from './state';
import { strings } from './strings';

interface BulkPreviewProps {
  readonly review: Review;
  readonly pending: PendingBulk;
}

/** What a decision on many records would do, before it is made. */
export function BulkPreviewDialog({ review, pending: { choice, preview } }: BulkPreviewProps) {
  const { count, decided, pairs, examples } = preview;
  return (
    <Dialog title={strings.previewTitle(choiceText(choice), count)} onClose={() => review.bulk.cancel()}>
      {decided > 0 && <p>{strings.overwritten(decided)}</p>}
      <p>{strings.oneUndo}</p>
      {pairs.length > 0 && (
        <table class="preview-pairs">
          <caption>{strings.previewPairs}</caption>
          <thead>
            <tr>
              <th scope="col">{strings.given}</th>
              <th scope="col">{strings.suggested}</th>
              <th scope="col" class="number">
                {strings.candidatesColumn}
              </th>
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ given, suggested, candidates }, index) => (
              <tr key={index}>
                <td dir="auto">{labelText(given)}</td>
                <td dir="auto">{labelText(suggested)}</td>
                <td class="number">{strings.number(candidates)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {examples.length > 0 && (
        <>
          <h3>{strings.previewExamples}</h3>
          <ul class="preview-examples">
            {examples.map(({ row, text, given }) => (
              <li key={row}>
                <strong dir="auto">{labelText(given)}</strong>
                <span dir="auto">{text}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="buttons">
        <Button
          primary
          caption={strings.doIt[choice.decision](count)}
          disabled={count === 0}
          onClick={() => void review.bulk.confirm()}
        />
        <Button caption={strings.cancel} onClick={() => review.bulk.cancel()} />
      </div>
    </Dialog>
  );
}

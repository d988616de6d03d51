import type { ReviewRecord, ShownDecision } from '../../extension/protocol/review';
import { labelText } from './labels';
import { strings } from './strings';

/** What others decided of the record, and what language models propose. */
export function Opinions({ record: { others } }: { readonly record: ReviewRecord }) {
  if (others.length === 0) return null;
  return (
    <section class="opinions" aria-labelledby="opinions-heading">
      <h3 id="opinions-heading">{strings.othersSay}</h3>
      <ul>
        {others.map((decision, index) => (
          <Opinion key={index} {...decision} />
        ))}
      </ul>
    </section>
  );
}

function Opinion({ reviewer, decision, label, note, time, proposed }: ShownDecision) {
  const words = proposed ? strings.proposes : strings.decisions;
  return (
    <li>
      {proposed && `${strings.modelAskedBy} `}
      <strong dir="auto">{reviewer}</strong>
      {proposed && ','} {words[decision]}
      {label && (
        <>
          {' '}
          <strong dir="auto">{labelText(label)}</strong>
        </>
      )}
      <span class="opinion-time"> · {new Date(time).toLocaleString()}</span>
      {note && (
        <span class="opinion-note" dir="auto">
          “{note}”
        </span>
      )}
    </li>
  );
}

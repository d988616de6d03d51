import { Disclosure } from '../ui/Disclosure';
import { labelText } from './labels';
import { oddsText, signed, summaryOf } from './reason';
import type { Shown } from './state';
import { strings } from './strings';

/** Why the model would rather have the other label: in words, and the strongest words with their numbers. */
export function ReasonView({ shown: { reason, record } }: { readonly shown: Shown }) {
  if (!reason || !record.suggested) return null;
  const summary = summaryOf(reason);
  const [given, suggested] = [labelText(record.given), labelText(record.suggested)];
  const prefers = reason.logOdds >= 0 ? ([suggested, given] as const) : ([given, suggested] as const);
  return (
    <Disclosure title={strings.why} open>
      <div class="reason">
        <SpokenFor label={suggested} words={summary.forSuggested} kind="for" />
        <SpokenFor label={given} words={summary.forGiven} kind="against" />
        <p>{strings.balance(oddsText(reason.logOdds), ...prefers)}</p>
        <table class="words">
          <caption class="visually-hidden">{strings.strongestWords}</caption>
          <thead>
            <tr>
              <th scope="col">{strings.word}</th>
              <th scope="col" title={strings.contributionHelp}>
                {strings.axis}
              </th>
              <th scope="col" class="number" title={strings.contributionHelp}>
                {strings.contribution}
              </th>
            </tr>
          </thead>
          <tbody>
            {summary.words.map(({ word, count, contribution }) => (
              <WordRow key={word} name={word} times={count} contribution={contribution} scale={summary.scale} />
            ))}
            <WordRow name={null} times={1} contribution={reason.prior} scale={summary.scale} />
          </tbody>
        </table>
      </div>
    </Disclosure>
  );
}

interface SpokenProps {
  readonly label: string;
  readonly words: readonly string[];
  readonly kind: 'for' | 'against';
}

function SpokenFor({ label, words, kind }: SpokenProps) {
  if (words.length === 0) return null;
  return (
    <p dir="auto">
      {strings.speaksFor(label)}:{' '}
      {words.map((word, index) => (
        <span key={word}>
          {index > 0 && ', '}
          <mark class={`speaks ${kind}`}>{word}</mark>
        </span>
      ))}
    </p>
  );
}

interface WordRowProps {
  /** Null for the sizes of the classes. */
  readonly name: string | null;
  readonly times: number;
  readonly contribution: number;
  readonly scale: number;
}

function WordRow({ name, times, contribution, scale }: WordRowProps) {
  return (
    <tr>
      <th scope="row" dir="auto">
        {name ?? <em>{strings.classSizes}</em>}
        {times > 1 && <span class="times"> × {times}</span>}
      </th>
      <td>
        <ContributionBar share={contribution / scale} />
      </td>
      <td class="number">{signed(contribution)}</td>
    </tr>
  );
}

/** From the middle to the right for the suggested label, to the left for the given one. @param share -1 to 1 */
function ContributionBar({ share }: { readonly share: number }) {
  const width = Math.min(1, Math.abs(share)) * 50;
  return (
    <svg class="contribution" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class={share > 0 ? 'for' : 'against'} x={share > 0 ? 50 : 50 - width} y={1} width={width} height={8} />
      <line x1={50} x2={50} y1={0} y2={10} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

import type { PrecisionEstimate } from '../../extension/core/review/precision';
import type { ReviewView } from '../../extension/protocol/review';
import { strings } from './strings';

/** What the decisions so far say, in careful sentences. */
export function estimateTexts({
  precision,
  remaining,
  decided,
  errors,
  ambiguous,
  secondsPerItem,
}: PrecisionEstimate): readonly string[] {
  if (!precision) return [strings.noEstimate];
  const rounded = (value: number): string => strings.number(Math.round(value));
  return [
    strings.precision(hundredths(precision.value), hundredths(precision.low), hundredths(precision.high)),
    [strings.foundOf(errors, decided), ...(ambiguous > 0 ? [strings.ambiguousHalf(ambiguous)] : [])].join(' '),
    ...(remaining ? [strings.expected(rounded(remaining.value), rounded(remaining.low), rounded(remaining.high))] : []),
    ...(secondsPerItem === null ? [] : [strings.pace(secondsPerItem.toFixed(1))]),
  ];
}

/** The suggestion to stop: once even the upper bound of precision is below the threshold. */
export function stopText({ estimate: { precision }, stopAt }: Pick<ReviewView, 'estimate' | 'stopAt'>): string {
  return precision && precision.high < stopAt ? strings.stop(hundredths(stopAt)) : '';
}

/** A share as so many of a hundred. */
export function hundredths(share: number): string {
  return strings.number(Math.round(100 * share));
}

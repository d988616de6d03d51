import type { Reason, TokenReason, WordReason } from '../../extension/core/review/engine/types';
import { strings } from './strings';

/** A part of a text, and how much it speaks for the suggested label; null where it says nothing worth a mark. */
export interface MarkedPart {
  readonly text: string;
  readonly contribution: number | null;
  /** Share of full colour in percent. */
  readonly strength: number;
}

/** Share of the strongest contribution below which a word is not marked. */
const worthAMark = 0.1;
/** So much of the full colour the strongest word gets: the text stays legible. */
const fullest = 45;

/** Splits a text at its tokens. Tokens that are not in it, or are not in order, are left out. */
export function markedParts(text: string, tokens: readonly TokenReason[]): readonly MarkedPart[] {
  const strongest = Math.max(0, ...tokens.map(({ contribution }) => Math.abs(contribution)));
  const parts: MarkedPart[] = [];
  let at = 0;
  const plain = (end: number): void => {
    if (end > at) parts.push({ text: text.slice(at, end), contribution: null, strength: 0 });
  };
  for (const { start, end, contribution } of tokens) {
    const share = Math.abs(contribution) / strongest;
    if (start < at || end <= start || end > text.length || !(share >= worthAMark)) continue;
    plain(start);
    parts.push({ text: text.slice(start, end), contribution, strength: Math.round(share * fullest) });
    at = end;
  }
  plain(text.length);
  return parts;
}

/** Words of the chart. */
const shownWords = 10;
/** Words of the sentence, on either side. */
const namedWords = 4;

export interface ReasonSummary {
  /** The strongest words, the strongest first. */
  readonly words: readonly WordReason[];
  readonly forSuggested: readonly string[];
  readonly forGiven: readonly string[];
  /** Largest amount among the words and the prior; above 0. */
  readonly scale: number;
}

export function summaryOf({ words, prior }: Reason): ReasonSummary {
  const shown = words.filter(({ contribution }) => contribution !== 0).slice(0, shownWords);
  const named = (sign: number): readonly string[] =>
    shown
      .filter(({ contribution }) => Math.sign(contribution) === sign)
      .slice(0, namedWords)
      .map(({ word }) => word);
  const amounts = [prior, ...shown.map(({ contribution }) => contribution)].map(Math.abs);
  return { words: shown, forSuggested: named(1), forGiven: named(-1), scale: Math.max(Number.EPSILON, ...amounts) };
}

/** How many times as probable one label is as the other, from the logarithm of the odds. */
export function oddsText(logOdds: number): string {
  const odds = Math.exp(Math.abs(logOdds));
  if (odds >= 1e6) return strings.millionTimes;
  return strings.timesMore(odds >= 10 ? strings.number(Math.round(odds)) : odds.toFixed(1));
}

/** With its sign, also the plus, and two decimals; what rounds to nothing has no sign. */
export function signed(value: number): string {
  const amount = Math.abs(value).toFixed(2);
  if (amount === '0.00') return amount;
  return `${value < 0 ? '−' : '+'}${amount}`;
}

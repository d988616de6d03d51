import { cell, code } from '../../markdown';
import { counted } from '../../counted';
import type { CorrectionSummary } from '../staging/types';

/** Pairs of labels that the card names; a dataset of many classes has thousands. */
const mostPairs = 50;

/** What our block of a card says: what was corrected, and how to load it. */
export function cardSections(corrections: CorrectionSummary | undefined, loadCode: string): string {
  const load = ['## Load', '', '```python', loadCode, '```'];
  return [...(corrections ? [...correctionLines(corrections), ''] : []), ...load].join('\n');
}

function correctionLines(corrections: CorrectionSummary): string[] {
  const { reviewers, pairs, decided, unapplied } = corrections;
  const total = Object.values(decided).reduce((sum, count) => sum + count, 0);
  const by = reviewers.length > 0 ? ` by ${reviewers.map(code).join(', ')}` : '';
  const decisions = [
    `${counted(decided.change, 'label')} changed`,
    `${counted(decided.keep, 'label')} kept`,
    `${counted(decided.ambiguous, 'record')} ambiguous`,
    `${counted(decided.discard, 'record')} discarded`,
  ];
  return [
    '## Corrections',
    '',
    `${counted(total, 'record')} reviewed${by}: ${decisions.join(', ')}.${candidatesText(corrections)}`,
    ...(unapplied > 0 ? ['', `${counted(unapplied, 'decision')} not yet applied to these files.`] : []),
    ...(pairs.length > 0 ? ['', ...pairLines(pairs)] : []),
  ];
}

function candidatesText({ candidates, model }: CorrectionSummary): string {
  const found = candidates === undefined ? '' : ` ${counted(candidates, 'label-error candidate')}`;
  if (model === undefined) return found && `${found}.`;
  return `${found || ' Label-error candidates'} found by ${code(model)}.`;
}

function pairLines(pairs: CorrectionSummary['pairs']): string[] {
  const others = pairs.slice(mostPairs);
  const left = others.reduce((sum, { count }) => sum + count, 0);
  return [
    '| given label | corrected label | records |',
    '| --- | --- | ---: |',
    ...pairs
      .slice(0, mostPairs)
      .map(({ given, label, count }) => `| ${cell(given)} | ${cell(label)} | ${count.toLocaleString('en')} |`),
    ...(others.length > 0 ? [`| ${counted(others.length, 'other pair')} | | ${left.toLocaleString('en')} |`] : []),
  ];
}

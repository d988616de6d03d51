import type { CandidateStatus, DecisionKind, Labelling } from '../../extension/core/review/types';
import type { PageChoice, ReviewRecord, ReviewView } from '../../extension/protocol/review';

/** Labels with a digit key of their own. */
export const digitKeys = 9;
/** Labels that are drawn; the others are found by typing. */
export const shownLabels = 30;

/** The labels of a record as a person reads them. */
export function labelText(labelling: Labelling): string {
  return labelling.length === 0 ? '(no label)' : labelling.join(', ');
}

/** The name by which a filter knows the labels of a record. */
export function filterName(labelling: Labelling): string {
  return [...labelling].sort().join(', ');
}

export function isSameLabelling(one: Labelling, other: Labelling): boolean {
  return one.length === other.length && one.every((label) => other.includes(label));
}

/**
 * The classes in the order of the page. Few keep their places, so that a digit always means the same label; of many, the
 * given and the suggested ones come first, then the most probable ones.
 */
export function labelOrder(classes: readonly string[], record: ReviewRecord): readonly string[] {
  const { given, suggested, probabilities } = record;
  if (classes.length <= digitKeys || !probabilities) return classes;
  const first = [...new Set([...(suggested ?? []), ...given])].filter((label) => classes.includes(label));
  const others = classes
    .map((label, index) => ({ label, probability: probabilities[index] ?? 0 }))
    .filter(({ label }) => !first.includes(label))
    .sort((one, other) => other.probability - one.probability);
  return [...first, ...others.map(({ label }) => label)];
}

/** The decision that a label stands for: the one that is there already is kept. */
export function choiceOf({ given }: Pick<ReviewRecord, 'given'>, label: Labelling): PageChoice {
  return isSameLabelling(label, given) ? { decision: 'keep', label: null } : { decision: 'change', label };
}

/** What is switched on before anybody touched it. */
export function firstToggles({ own, suggested, given }: ReviewRecord): Labelling {
  return own?.label ?? suggested ?? given;
}

/** The view after a decision, before the host has told of it. */
export function withDecision(view: ReviewView, before: CandidateStatus, decision: DecisionKind): ReviewView {
  const after: CandidateStatus = decision === 'skip' ? before : decision;
  if (after === before) return view;
  const counts = { ...view.counts, [before]: view.counts[before] - 1, [after]: view.counts[after] + 1 };
  return { ...view, counts };
}

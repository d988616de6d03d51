import { labelName } from '../../dataset/recordLabels';
import { ExpectedError } from '../../errors';
import type { Review } from '../review';
import { decisionKinds, type DecisionKind, type Labelling } from '../types';
import { noRecord } from './candidateTools';
import { ToolInput } from './toolInput';

/** Characters of a note. */
const longestNote = 2000;

/** What a language model would have a person decide. */
export interface Proposal {
  readonly row: number;
  readonly decision: DecisionKind;
  /** With `change`. */
  readonly label: Labelling | undefined;
  readonly note: string;
}

/** @throws ExpectedError telling the model what fits the record */
export function readProposal(review: Review, input: unknown): Proposal {
  const fields = new ToolInput(input, ['dataset', 'row', 'decision', 'label', 'note']);
  const row = fields.required('row', fields.count('row'));
  const decision = fields.required('decision', fields.oneOf('decision', decisionKinds));
  const label = fields.texts('label');
  const note = fields.required('note', fields.text('note')).trim();
  if (!review.detail(row)) throw noRecord(review, row);
  if (note === '') throw new ExpectedError('A proposal needs its reason.', 'Give it as "note".');
  if (note.length > longestNote)
    throw new ExpectedError(`The note has ${note.length} characters.`, `Give at most ${longestNote}.`);
  if (decision !== 'change') return { row, decision, label: undefined, note };
  return { row, decision, label: checkedLabel(review, label), note };
}

function checkedLabel({ found }: Review, label: readonly string[] | undefined): Labelling {
  const classes = found?.classes ?? [];
  const next = `Classes: ${classes.map((name) => JSON.stringify(name)).join(', ')}.`;
  if (!label) throw new ExpectedError('To change a label needs the field "label".', next);
  if (found?.settings.multiLabel !== true && label.length !== 1)
    throw new ExpectedError('A record has one label.', next);
  const unknown = label.find((name) => !classes.includes(name));
  if (unknown !== undefined) throw new ExpectedError(`"${unknown}" is not a class of this dataset.`, next);
  return label;
}

/** What a proposal says, for people. */
export function proposalText({ row, decision, label }: Proposal): string {
  return label ? `record ${row}: change the label to “${labelName(label)}”` : `record ${row}: ${decision}`;
}

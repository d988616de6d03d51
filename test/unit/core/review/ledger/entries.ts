import type { Json } from '../../../../../extension/core/json';
import type { DecisionDraft } from '../../../../../extension/core/review/ledger/ledgerFile';
import type { DecisionKind } from '../../../../../extension/core/review/types';

/** What a reviewer decides on a record that was given `ham`. */
export function draft(row: number, decision: DecisionKind, label?: Json): DecisionDraft {
  const hash = row.toString(16).padStart(16, '0');
  const content = { row, hash, text: 'text', column: 'label', given: 'ham', decision };
  return label === undefined ? content : { ...content, label };
}

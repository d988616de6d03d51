/** What applies corrections in the editor, in a bundle of its own that is loaded with the first ones. */
export { noteRemoved, noteRestored } from '../ledger/removedRecords';
export { ChangedError } from './failures';
export { planApply } from './plan';
export { planTextApply } from './planText';
export { runApply } from './run';
export { textRemoval } from './textRemoval';
export { planUndo, runUndo } from './undo';

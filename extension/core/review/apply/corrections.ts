/** What applies corrections in the editor, in a bundle of its own that is loaded with the first ones. */
export { ChangedError } from './failures';
export { planApply } from './plan';
export { planTextApply } from './planText';
export { runApply } from './run';
export { planUndo, runUndo } from './undo';

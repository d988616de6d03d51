/** What merges flag logs in the editor, in a bundle of its own that is loaded with the first merge. */
export { mergeLogs } from './merge';
export { planMerge } from './plan';
export { readSources } from './readSources';

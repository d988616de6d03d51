/** What prepares and carries out pushes, in a bundle of its own that is loaded with the first one. */
export { changedSince } from './changedSince';
export { planLines } from '../plan/describePlan';
export { isUpToDate } from '../plan/types';
export { discardPush, interruptedPush, type InterruptedPush } from './journal';
export { asPullRequest, preparePush } from './preparePush';
export { inPushFolder, stagingFolder } from './pushFolder';
export { resumePush, runPush } from './runPush';

/** What prepares and carries out pushes, in a bundle of its own that is loaded with the first one. */
export { loadDatasetCode } from '../plan/loadCode';
export { describePlan, planLines, planSummary } from '../plan/describePlan';
export { isUpToDate } from '../plan/types';
export { PushHistory } from './history';
export { discardPush, interruptedPush, type InterruptedPush } from './journal';
export { asPullRequest, preparePush, rebasePush } from './preparePush';
export { inPushFolder, stagingFolder } from './pushFolder';
export { resumePush, runPush } from './runPush';

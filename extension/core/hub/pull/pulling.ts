/** What finds and downloads datasets of the Hub, in a bundle of its own that is loaded with the first one. */
export { chooseSplits, planPull } from './planPull';
export { findRemoteDataset } from './remoteDataset';
export { runPull } from './runPull';
export { findUpdate } from './update';

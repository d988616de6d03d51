/** What sends flags to the Hub, in a bundle of its own that is loaded with the first one. */
export { FlagSender } from './flagSender';
export { sendBatch } from './sendBatch';

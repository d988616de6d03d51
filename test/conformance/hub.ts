export { testTokens } from '../hub/accounts';
export { startHub } from '../hub/hub';

import { homedir } from 'node:os';
import { ExpectedError } from '../errors';
import type { HubClient } from '../hub/client/types';
import { endpointOf } from '../hub/endpoint';
import { environmentToken, tokenFilePath, tokenOfFile } from '../hub/tokens/environmentToken';
import type { Terminal } from './context';

/** How a command meets the Hub. */
interface HubAccess {
  /** Empty for that of the environment. */
  readonly endpoint: string;
  /** Whether nothing is written, so that a token is only needed for what is private. */
  readonly onlyReads: boolean;
}

/**
 * A client with the token of the environment, or else of the Hub's own command line.
 *
 * @throws ExpectedError when something is to be written and there is none
 */
export async function hubClientOf(terminal: Terminal, options: HubAccess): Promise<HubClient> {
  const { environment, log } = terminal;
  const endpoint = endpointOf(options.endpoint, environment);
  const token = await tokenOf(terminal, endpoint, options);
  if (token === undefined && !options.onlyReads) {
    const next = 'Set HF_TOKEN to a token that may write, or sign in with hf auth login.';
    throw new ExpectedError(`There is no token for ${endpoint}.`, next);
  }
  if (token === undefined) log.warn('There is no token: a private repository looks as if there were none.');
  const { createHubClient } = await import('../hub/client/hubClient');
  const userAgent = `flag-review/${environment.FLAG_REVIEW_VERSION ?? 'development'}`;
  return createHubClient({ endpoint, token, log, userAgent });
}

/** A token is sent to the Hub that it belongs to. Who names another one for this command says that HF_TOKEN is for it. */
async function tokenOf(
  { environment }: Terminal,
  endpoint: string,
  options: Pick<HubAccess, 'endpoint'>,
): Promise<string | undefined> {
  const chosen = options.endpoint === '' ? environment : { ...environment, HF_ENDPOINT: endpoint };
  const token = environmentToken(chosen, endpoint);
  if (token !== undefined || endpoint !== endpointOf('', environment)) return token;
  return tokenOfFile(tokenFilePath(environment, homedir()));
}

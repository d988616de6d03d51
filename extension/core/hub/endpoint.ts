import { ExpectedError } from '../errors';
import { defaultEndpoint } from './repository';

/** Variables of a process, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The address of the Hub: as it was chosen, else that of `HF_ENDPOINT`, else Hugging Face's; without a slash at the end.
 *
 * @param chosen by a setting or an option; empty for none
 * @throws ExpectedError for what is no address, and for one that would send a token in the clear
 */
export function endpointOf(chosen: string, environment: Environment): string {
  const given = chosen.trim() || environment.HF_ENDPOINT?.trim() || defaultEndpoint;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw new ExpectedError(`"${given}" is no address of a Hub.`, 'Write it as https://hub.example.com.');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new ExpectedError(
      'The address of the Hub holds more than a host and a path.',
      'Write it as https://hub.example.com.',
    );
  }
  if (url.protocol === 'http:' && !loopback.includes(url.hostname)) {
    throw new ExpectedError(
      `${given} is not encrypted, so that others could read the token on its way.`,
      'Use https; http is for a Hub on this machine only.',
    );
  }
  return url.href.replace(/\/+$/, '');
}

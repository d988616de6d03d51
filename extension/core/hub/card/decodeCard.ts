import { ExpectedError } from '../../errors';

/**
 * The text of a README.md, its byte order mark included.
 *
 * @param place of the file, for the message
 * @throws ExpectedError when it is no UTF-8, of which a merge would break what it cannot read
 */
export function decodeCard(bytes: Uint8Array, place: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ExpectedError(`${place} is no UTF-8.`, 'Save it as UTF-8 first.', '', { cause: error });
  }
}

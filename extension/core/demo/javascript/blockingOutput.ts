import { isRecord } from '../../json';

/**
 * Makes `console.log` wait until the host has taken what is printed. Node otherwise keeps in memory what a busy function
 * prints, however much, and loses it when the function ends the process. Node has no public way to ask for this; where
 * the private one is missing, output stays as it is.
 */
export function blockOnOutput(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    const handle: unknown = Reflect.get(stream, '_handle');
    if (isBlockable(handle)) handle.setBlocking(true);
  }
}

function isBlockable(handle: unknown): handle is { setBlocking(blocking: boolean): void } {
  return isRecord(handle) && typeof handle.setBlocking === 'function';
}

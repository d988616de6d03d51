import { isExpected, messageOf } from '../errors';
import { counted } from '../counted';
import type { FlagQueue } from '../hub/saver/flagQueue';
import { hubClientOf } from './hubClient';
import type { Terminal } from './context';

/** Sends the flags that wait in queues, where there is a token for it; else says that they wait. */
export async function sendFlags(terminal: Terminal, queues: Iterable<FlagQueue>): Promise<void> {
  for (const queue of queues) {
    try {
      await sendAll(terminal, queue);
    } catch (error) {
      // Flags are in the log, and stay in the queue.
      if (!isExpected(error)) throw error;
      const { waiting } = await queue.read();
      terminal.log.warn(
        `${counted(waiting.length, 'flag')} ${waiting.length === 1 ? 'waits' : 'wait'} for ${queue.repo}: ${messageOf(error)}`,
      );
    }
  }
}

async function sendAll(terminal: Terminal, queue: FlagQueue): Promise<void> {
  const client = await hubClientOf(terminal, { endpoint: '', onlyReads: false });
  const { sendBatch } = await import('../hub/saver/sending');
  const { log, interrupt } = terminal;
  const options = { connect: () => Promise.resolve(client), onWait: (message: string) => log.info(message) };
  for (;;) {
    const sent = await sendBatch(queue, { ...options, ...(interrupt ? { signal: interrupt } : {}) });
    if (sent === 0) return;
    log.info(`${counted(sent, 'flag')} went to ${queue.repo}.`);
  }
}

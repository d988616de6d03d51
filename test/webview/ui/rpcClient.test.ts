import { describe, expect, it } from 'vitest';
import { connectHost, failureOf } from '../../../webview/ui/rpcClient';

interface Host {
  run(value: number): number;
}

interface PageCalls {
  show(value: number): void;
}

function connect() {
  const posted: unknown[] = [];
  const shown: number[] = [];
  const rpc = connectHost<PageCalls, Host>(
    { show: { accepts: ([value]) => typeof value === 'number', handle: (value) => void shown.push(value) } },
    (message) => posted.push(message),
  );
  const receive = (data: unknown) => window.dispatchEvent(new MessageEvent('message', { data }));
  return { rpc, posted, shown, receive };
}

describe('the connection of a page', () => {
  it('carries calls and answers, also of numbers that JSON does not know', async () => {
    const { rpc, posted, receive } = connect();
    const answer = rpc.remote.run(Infinity);
    expect(posted).toEqual([{ type: 'call', id: 1, method: 'run', args: [{ __float__: 'Infinity' }] }]);
    receive({ type: 'result', id: 1, value: { __float__: 'NaN' } });
    expect(await answer).toBeNaN();
  });

  it('tells a failure of the host as it was given', async () => {
    const { rpc, receive } = connect();
    const answer = rpc.remote.run(1);
    const failure = { what: 'It failed.', next: 'Mend it.', details: 'trace' };
    receive({ type: 'failure', id: 1, failure });
    expect(failureOf(await answer.catch((error: unknown) => error))).toEqual(failure);
  });

  it('takes calls of the host, and refuses what has another shape', async () => {
    const { posted, shown, receive } = connect();
    receive({ type: 'call', id: 7, method: 'show', args: [3] });
    receive({ type: 'call', id: 8, method: 'show', args: ['3'] });
    receive('noise of another script');
    await Promise.resolve();
    await Promise.resolve();
    expect(shown).toEqual([3]);
    expect(posted).toHaveLength(2);
    expect(posted).toContainEqual({ type: 'result', id: 7, value: undefined });
    expect(posted).toContainEqual(expect.objectContaining({ type: 'failure', id: 8 }));
  });
});

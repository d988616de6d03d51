import { describe, expect, it } from 'vitest';
import { RemoteError } from '../../../extension/protocol/rpc';
import { button, find, perform, texts } from '../outputs/mount';
import { FakeHost, reason } from './fakeHost';
import { openPage, settle, threeRecords } from './openPage';

const failure = { what: 'The ledger cannot be written.', next: 'Free some space.', details: '' };

/** A promise that a test settles. */
function deferred() {
  let resolve = (): void => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((done, fail) => {
    resolve = done;
    reject = fail;
  });
  return { promise, resolve: () => resolve(), reject: (error: Error) => reject(error) };
}

describe('a decision in the review page', () => {
  it('is made by one key, which goes on to the next pending record', async () => {
    const { act, heading, host, said } = await openPage();
    expect(heading()).toBe('Row 10');
    await act('keep');
    expect(host.called('decide')).toEqual([[10, { decision: 'keep', label: null }, 0]]);
    expect(heading()).toBe('Row 20');
    expect(said()).toBe('Kept ham. 1 of 3.');
    await act('accept');
    expect(host.called('decide').at(-1)?.[1]).toEqual({ decision: 'change', label: ['spam'] });
    expect(said()).toBe('Changed to spam. 2 of 3.');
    expect(heading()).toBe('Row 30');
  });

  it('changes to the label of a digit, and keeps the record for that of its given label', async () => {
    const { label, host } = await openPage();
    await label(2);
    await label(0);
    expect(host.called('decide').map(([row, choice]) => [row, choice])).toEqual([
      [10, { decision: 'change', label: ['other'] }],
      [20, { decision: 'keep', label: null }],
    ]);
  });

  it('shows the next record once the decision is on disk, without asking for it', async () => {
    const host = new FakeHost(threeRecords);
    const { handlers, heading } = await openPage(host);
    const disk = deferred();
    host.answers.decide = () => disk.promise;
    host.answers.record = () => new Promise(() => undefined);
    await perform(() => handlers.perform.handle('keep'));
    expect(heading()).toBe('Row 10');
    await perform(() => disk.resolve());
    await settle();
    expect(heading()).toBe('Row 20');
  });

  it('goes on without waiting for the model, and shows its reasons once they come', async () => {
    const host = new FakeHost(threeRecords);
    const tell: (() => void)[] = [];
    host.answers.reason = () => new Promise((resolve) => tell.push(() => resolve(reason)));
    const { root, act, changed, heading } = await openPage(host);
    await act('keep');
    expect(heading()).toBe('Row 20');
    await changed();
    await act('keep');
    expect(heading()).toBe('Row 30');
    expect(root.querySelector('.record-text mark')).toBeNull();
    await perform(() => tell.forEach((each) => each()));
    await settle();
    expect(texts(root, '.record-text mark')).toEqual(['Free', 'text', 'home']);
  });

  it('does not carry off a person who looks elsewhere meanwhile', async () => {
    const host = new FakeHost(threeRecords);
    const { act, heading } = await openPage(host);
    const disk = deferred();
    host.answers.decide = () => disk.promise;
    await act('keep');
    await act('next');
    await act('next');
    expect(heading()).toBe('Row 30');
    await perform(() => disk.resolve());
    await settle();
    expect(heading()).toBe('Row 30');
  });

  it('is not made twice by a double press: the next record was not seen yet', async () => {
    const { handlers, host, heading } = await openPage();
    await perform(() => {
      void handlers.perform.handle('keep');
      void handlers.perform.handle('keep');
    });
    await settle();
    expect(host.called('decide')).toHaveLength(1);
    expect(heading()).toBe('Row 20');
  });

  it('keeps its record when it does not reach the disk, and can be tried again', async () => {
    const host = new FakeHost(threeRecords);
    const { root, act, heading } = await openPage(host);
    const { decide } = host.answers;
    const disk = deferred();
    host.answers.decide = () => disk.promise;
    await act('discard');
    await perform(() => disk.reject(new RemoteError(failure)));
    await settle();
    expect(heading()).toBe('Row 10');
    expect(find(root, '[role=alert]').textContent).toContain('Row 10 was not decided: The ledger cannot be written.');
    expect(find(root, '.head-progress').textContent).toContain('0 of 3 decided');
    host.answers.decide = decide;
    await perform(() => button(root, 'Try Again').click());
    await settle();
    expect(host.decided.get(10)?.decision).toBe('discard');
    expect(heading()).toBe('Row 20');
    expect(root.querySelector('[role=alert]')).toBeNull();
  });

  it('is tried again only on its own record', async () => {
    const host = new FakeHost(threeRecords);
    const { root, act, heading } = await openPage(host);
    const { decide } = host.answers;
    host.answers.decide = () => {
      throw new RemoteError(failure);
    };
    await act('keep');
    host.answers.decide = decide;
    await act('next');
    await perform(() => button(root, 'Try Again').click());
    await settle();
    expect(host.decided.size).toBe(0);
    expect(heading()).toBe('Row 10');
  });

  it('is taken back with its record, as often as there are steps', async () => {
    const { act, heading, host, said } = await openPage();
    await act('keep');
    await act('keep');
    await act('undo');
    expect(heading()).toBe('Row 20');
    await act('undo');
    expect(heading()).toBe('Row 10');
    expect(host.decided.size).toBe(0);
    await act('undo');
    expect(said()).toBe('There is nothing to take back.');
  });

  it('says that it is being saved while that takes long', async () => {
    const host = new FakeHost(threeRecords);
    const { root, act } = await openPage(host);
    const saving = () => find(root, '.head-saving').textContent;
    const disk = deferred();
    host.answers.decide = () => disk.promise;
    await act('keep');
    await expect.poll(saving).toBe('Saving…');
    await perform(() => disk.resolve());
    await settle();
    expect(saving()).toBe('');
  });

  it('tells how long the record was looked at', async () => {
    const { act, clock, host } = await openPage();
    clock.now = 4200;
    await act('keep');
    expect(host.called('decide')[0]?.[2]).toBe(4.2);
  });

  it('leaves skipped records pending, and offers them at the end', async () => {
    const { root, act, heading } = await openPage();
    await act('skip');
    await act('keep');
    await act('keep');
    expect(root.textContent).toContain('The end of the list. 1 candidate is still pending.');
    await perform(() => find(root, '.review-empty vscode-button').click());
    await settle();
    expect(heading()).toBe('Row 10');
  });

  it('ends with what to do next', async () => {
    const { root, act, host, changed } = await openPage();
    for (const action of ['accept', 'keep', 'ambiguous'] as const) await act(action);
    await changed();
    expect(root.textContent).toContain('All 3 candidates are decided.');
    const apply = texts(root, '.review-empty vscode-button');
    expect(apply[0]).toContain('Apply 1 Correction…');
    await act('keep');
    expect(host.called('decide')).toHaveLength(3);
  });

  it('can still be made when another record could not be read', async () => {
    const host = new FakeHost(threeRecords);
    const { root, act, heading } = await openPage(host);
    host.answers.record = () => {
      throw new RemoteError({ what: 'sms.csv cannot be read.', next: '', details: '' });
    };
    await act('next');
    expect(heading()).toBe('Row 10');
    expect(find(root, '[role=alert]').textContent).toContain('sms.csv cannot be read.');
    await act('keep');
    expect(host.decided.has(10)).toBe(true);
    expect(heading()).toBe('Row 20');
  });

  it('goes on once what kept the next record back is gone', async () => {
    const host = new FakeHost(threeRecords);
    const { nextPending } = host.answers;
    host.answers.nextPending = () => {
      throw new RemoteError({ what: 'The review was closed.', next: '', details: '' });
    };
    const { root, act, heading } = await openPage(host);
    await act('keep');
    expect(find(root, '[role=alert]').textContent).toContain('The review was closed.');
    host.answers.nextPending = nextPending;
    await perform(() => button(root, 'Try Again').click());
    await settle();
    expect(heading()).toBe('Row 20');
  });

  it('on a hidden suggestion stays hidden while the record is only skipped', async () => {
    const host = new FakeHost(threeRecords);
    host.more = { blind: true };
    const { root, act } = await openPage(host);
    await act('skip');
    await act('previous');
    expect(find(root, '.labels-side').textContent).toContain('hidden until you decide');
  });

  it('of several labels is what is switched on, confirmed by Enter', async () => {
    const host = new FakeHost(threeRecords);
    host.more = { multiLabel: true };
    const { root, act, label } = await openPage(host);
    const pressed = () => [...root.querySelectorAll('.label-bar')].map((bar) => bar.getAttribute('aria-pressed'));
    expect(pressed()).toEqual(['false', 'true', 'false']);
    await label(2);
    expect(pressed()).toEqual(['false', 'true', 'true']);
    expect(host.called('decide')).toHaveLength(0);
    await act('accept');
    expect(host.decided.get(10)).toEqual({ decision: 'change', label: ['spam', 'other'] });
    await label(1);
    await label(0);
    await act('accept');
    expect(host.decided.get(20)).toEqual({ decision: 'keep', label: null });
  });

  it('cannot follow a suggestion that is hidden', async () => {
    const host = new FakeHost(threeRecords);
    host.more = { blind: true };
    const { root, act, label, said } = await openPage(host);
    expect(find(root, '.labels-side').textContent).toContain('hidden until you decide');
    expect(root.textContent).not.toContain('85%');
    expect(host.called('reason')).toEqual([]);
    await act('accept');
    expect(host.called('decide')).toEqual([]);
    expect(said()).toContain('The suggestion is hidden.');
    await label(1);
    expect(host.decided.get(10)).toEqual({ decision: 'change', label: ['spam'] });
    await act('previous');
    expect(find(root, '.labels-side').textContent).toContain('Suggested labelspam');
  });
});

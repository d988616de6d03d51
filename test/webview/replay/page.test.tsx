import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../extension/core/flagging/replay/types';
import type { ReplayDetail, ReplayHost, ReplayRow, ReplayView } from '../../../extension/protocol/replay';
import { RemoteError, type Remote } from '../../../extension/protocol/rpc';
import { Page } from '../../../webview/replay/Page';
import { pageHandlers, Replay } from '../../../webview/replay/replay';
import { button, find, mount, perform, press, texts } from '../outputs/mount';

const view: ReplayView = {
  demo: 'Calculator',
  log: 'flagged/logs.csv',
  total: 3,
  done: 3,
  state: 'finished',
  status: '',
  stale: false,
  counts: { fixed: 1, 'still-wrong': 1, 'newly-different': 0, same: 0, failed: 1 },
  flaggedFixed: 1,
  failure: null,
  inputs: [{ kind: 'number', label: 'num1' }],
  outputs: [{ kind: 'number', label: 'Output' }],
  version: 1,
};

const row = (number: number, verdict: Verdict, more: Partial<ReplayRow> = {}): ReplayRow => ({
  row: number,
  verdict,
  option: 'wrong sign',
  inputs: `${number}`,
  logged: '-2.5',
  now: '2.5',
  corrected: '2.5',
  seconds: 0.1,
  unflagged: false,
  ...more,
});

const detail = (number: number, more: Partial<ReplayDetail> = {}): ReplayDetail => ({
  row: number,
  verdict: 'fixed',
  option: 'wrong sign',
  inputs: [5],
  logged: [-2.5],
  now: [2.5],
  corrected: { 0: 2.5 },
  differs: [false],
  failure: null,
  ...more,
});

type Answers = { [K in keyof ReplayHost]: (...args: Parameters<ReplayHost[K]>) => unknown };

/** A page with a host whose answers a test may change, and which keeps every call. */
async function openPage(more: Partial<ReplayView> = {}, rows: readonly ReplayRow[] = defaultRows) {
  const calls: (readonly unknown[])[] = [];
  const answers: Partial<Answers> = {
    view: () => ({ ...view, ...more }),
    rows: (verdict, from, count) => {
      const matching = rows.filter((candidate) => verdict === null || candidate.verdict === verdict);
      return { version: 1, matched: matching.length, from, rows: matching.slice(from, from + count) };
    },
    detail: (number) => detail(number),
    unflagFixed: () => 1,
    saveRegression: () => 2,
  };
  const remote = new Proxy({} as Remote<ReplayHost>, {
    get:
      (_, method: keyof ReplayHost) =>
      async (...args: never[]): Promise<unknown> => {
        calls.push([method, ...args]);
        return await (answers[method] as ((...args: never[]) => unknown) | undefined)?.(...args);
      },
  });
  const replay = new Replay(remote, () => undefined);
  const root = mount(<Page replay={replay} />);
  await perform(() => replay.load());
  const changed = () => perform(() => pageHandlers(() => replay).changed.handle(2));
  return {
    root,
    replay,
    calls,
    answers,
    changed,
    called: (method: string) => calls.filter(([name]) => name === method),
  };
}

const defaultRows = [row(0, 'fixed'), row(1, 'still-wrong'), row(2, 'failed')];

const bigButton = (root: ParentNode, caption: string): HTMLElement => {
  const found = [...root.querySelectorAll<HTMLElement>('vscode-button')].find((candidate) =>
    candidate.textContent.endsWith(caption),
  );
  if (!found) throw new Error(`There is no button "${caption}".`);
  return found;
};

const bodyRows = (root: ParentNode): string[] => texts(root, '.row-table-body [role=row]');

describe('the page of a replay', () => {
  it('shows how many samples have each verdict, by word and icon', async () => {
    const { root } = await openPage();
    const chips = [...root.querySelectorAll('.chip')];
    expect(chips.map(({ textContent }) => textContent.replace(/[^\w ]/g, '').trim())).toEqual([
      'All 3',
      'Fixed 1',
      'Still wrong 1',
      'Newly different 0',
      'Same 0',
      'Failed 1',
    ]);
    expect(chips.slice(1).every((chip) => chip.querySelector('.icon'))).toBe(true);
    expect(root.textContent).toContain('3 samples were run.');
  });

  it('shows the samples of one verdict alone', async () => {
    const { root, called } = await openPage();
    const chip = find(root, '.chip:nth-child(3)');
    await perform(() => chip.click());
    expect(chip.getAttribute('aria-pressed')).toBe('true');
    expect(called('rows').at(-1)?.[1]).toBe('still-wrong');
    expect(bodyRows(root)).toHaveLength(1);
    await perform(() => find(root, '.chip:nth-child(4)').click());
    expect(root.textContent).toContain('No sample is “Newly different”.');
  });

  it('keeps no more rows in the page than are seen, and asks for those it scrolls to', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => row(index, 'same'));
    const { root, called } = await openPage({ total: 5000, done: 5000 }, many);
    expect(bodyRows(root).length).toBeLessThan(100);
    const grid = find(root, '[role=grid]');
    expect(grid.getAttribute('aria-rowcount')).toBe('5001');
    await perform(() => {
      grid.scrollTop = 28 * 3000;
      grid.dispatchEvent(new Event('scroll'));
    });
    // The rows come once the page has drawn where they will be.
    await perform(() => new Promise((resolve) => setTimeout(resolve)));
    expect(called('rows').at(-1)?.[2]).toBe(2970);
    expect(bodyRows(root).some((text) => text.startsWith('3001'))).toBe(true);
    expect(bodyRows(root).length).toBeLessThan(100);
  });

  it('is walked through by the keyboard with one tab stop', async () => {
    const { root, called } = await openPage();
    const grid = find(root, '[role=grid]');
    grid.focus();
    await press('ArrowDown');
    await press('ArrowDown');
    expect(find(root, '[aria-selected=true]').id).toBe(grid.getAttribute('aria-activedescendant'));
    expect(called('detail').map(([, number]) => number)).toEqual([0, 1]);
    await press('End');
    await press('ArrowDown');
    expect(find(root, '[aria-selected=true]').getAttribute('aria-rowindex')).toBe('4');
    await press('Enter');
    expect(called('openSample')).toEqual([['openSample', 2]]);
    expect(root.querySelectorAll('.samples [tabindex="0"]')).toHaveLength(0);
  });

  it('shows old, new and corrected outputs side by side, and marks what differs', async () => {
    const { root, answers } = await openPage();
    answers.detail = (number) => detail(number, { verdict: 'still-wrong', now: [9], differs: [true] });
    await perform(() => find(root, '.row-table-body [role=row]').click());
    const compared = find(root, '.compared');
    expect(texts(compared, '.compared-values .field-label')).toEqual(['When flagged', 'Now', 'Corrected']);
    expect(texts(compared, '.output-number')).toEqual(['-2.5', '9', '2.5']);
    expect(find(compared, '.compared-mark').textContent).toContain('Not as corrected');
  });

  it('shows why a sample failed', async () => {
    const { root, answers } = await openPage();
    const failure = { what: 'Cannot divide <b>by</b> zero.', next: '', details: 'Traceback' };
    answers.detail = (number) => detail(number, { verdict: 'failed', now: null, differs: [true], failure });
    await perform(() => find(root, '.row-table-body [role=row]').click());
    expect(find(root, '.detail [role=alert]').textContent).toContain('Cannot divide <b>by</b> zero.');
    expect(find(root, '.detail').textContent).toContain('No output: the function failed.');
    expect(root.querySelectorAll('.compared-mark, .differs')).toHaveLength(0);
  });

  it('shows the progress, is cancelled, and says how it ended', async () => {
    const { root, answers, called, changed } = await openPage({ state: 'running', done: 1, total: 3 });
    const progress = find(root, 'progress', HTMLProgressElement);
    expect([progress.value, progress.max]).toEqual([1, 3]);
    await perform(() => bigButton(root, 'Cancel').click());
    expect(called('cancel')).toHaveLength(1);
    answers.view = () => ({ ...view, state: 'cancelled', done: 2 });
    await changed();
    expect(find(root, '[role=status]').textContent).toBe('Cancelled: 2 of 3 samples were run.');
    expect(bodyRows(root)).toHaveLength(3);
  });

  it('takes flags back and saves a regression file', async () => {
    const { root, answers, changed } = await openPage();
    await perform(() => bigButton(root, 'Un-flag the Fixed One').click());
    expect(find(root, '[role=status]').textContent).toBe('1 flag was taken back.');
    answers.view = () => ({ ...view, flaggedFixed: 0 });
    answers.rows = () => ({ version: 2, matched: 1, from: 0, rows: [row(0, 'fixed', { unflagged: true })] });
    await changed();
    expect(bigButton(root, 'Un-flag the Fixed').hasAttribute('disabled')).toBe(true);
    expect(bodyRows(root)[0]).toContain('flag taken back');
    await perform(() => bigButton(root, 'Save as Regression File…').click());
    expect(find(root, '[role=status]').textContent).toBe('2 samples were saved.');
  });

  it('tells what failed at the side, and keeps what it shows', async () => {
    const { root, answers } = await openPage();
    answers.unflagFixed = () => {
      throw new RemoteError({ what: 'logs.csv has unsaved changes.', next: 'Save it first.', details: '' });
    };
    await perform(() => bigButton(root, 'Un-flag the Fixed One').click());
    await perform(() => Promise.resolve());
    expect(find(root, '[role=alert]').textContent).toContain('Save it first.');
    expect(bodyRows(root)).toHaveLength(3);
  });

  it('shows why it ended early, that the function changed, and an empty log', async () => {
    const failure = { what: 'There is no Python.', next: 'Install one.', details: '' };
    const failed = await openPage({ state: 'failed', done: 0, failure }, []);
    expect(failed.root.textContent).toContain('There is no Python. Install one.'.split('. ')[0]);
    await perform(() => button(failed.root, 'Show Log').click());
    expect(failed.called('showLog')).toHaveLength(1);
    const empty = await openPage({ total: 0, done: 0, stale: true }, []);
    expect(empty.root.textContent).toContain('There is no sample to run');
    expect(empty.root.textContent).toContain('The function changed after this run.');
    await perform(() => bigButton(empty.root, 'Run Again').click());
    expect(empty.called('restart')).toHaveLength(1);
  });

  it('can be loaded again when the host failed', async () => {
    const { root, replay, answers } = await openPage();
    expect(root.querySelector('h1')?.textContent).toBe('Replay: Calculator');
    const broken = await openPage();
    broken.answers.view = () => {
      throw new RemoteError({ what: 'The demo cannot be run.', next: '', details: '' });
    };
    await perform(() => broken.replay.load());
    expect(broken.replay.state.loadFailure?.what).toBe('The demo cannot be run.');
    answers.view = () => view;
    await perform(() => replay.load());
    expect(replay.state.loadFailure).toBeNull();
  });
});

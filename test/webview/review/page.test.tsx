import { describe, expect, it } from 'vitest';
import { RemoteError } from '../../../extension/protocol/rpc';
import { button, find, perform, press, texts } from '../outputs/mount';
import { FakeHost, type FakeRecord } from './fakeHost';
import { openPage, settle, threeRecords } from './openPage';

const pageOf = (...records: FakeRecord[]) => openPage(new FakeHost(records));

async function type(field: HTMLTextAreaElement | HTMLInputElement, text: string): Promise<void> {
  await perform(() => {
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
}

describe('the page of a review', () => {
  it('shows a record with its labels, probabilities, scores and columns', async () => {
    const { root } = await openPage();
    expect(find(root, '.labels-side').textContent).toBe('Given labelhamSuggested labelspam');
    expect(texts(root, '.label-bar')).toEqual(['1hamgiven10%', '2spamsuggested85%', '3other5%']);
    expect(find(root, '.figures-list').textContent).toContain('Label quality score0.013');
    expect(find(root, '.figures-list').textContent).toContain('Rank1 of 3');
    expect(find(root, '.disclosure:last-of-type').textContent).toContain('1 other columnid10');
  });

  it('draws texts as texts, however they look', async () => {
    const { root } = await pageOf({ row: 1, text: '<img src=x onerror=alert(1)>\n  مرحبا 🎉', given: ['<b>ham</b>'] });
    expect(find(root, '.record-text').textContent).toBe('<img src=x onerror=alert(1)>\n  مرحبا 🎉');
    expect(root.querySelector('img, b')).toBeNull();
  });

  it('marks the words that speak for either label, in the text and as numbers', async () => {
    const { root } = await openPage();
    const marks = [...root.querySelectorAll('.record-text mark')];
    expect(marks.map(({ textContent, className }) => [textContent, className])).toEqual([
      ['Free', 'speaks for'],
      ['text', 'speaks for'],
      ['home', 'speaks against'],
    ]);
    expect(marks[2]?.getAttribute('title')).toBe('+0.50 for ham');
    expect(find(root, '.reason').textContent).toContain('Speaks for spam: Free, text');
    expect(find(root, '.reason').textContent).toContain('the model finds spam 9.0 times as probable as ham');
    expect(texts(root, '.words tbody tr')).toEqual([
      'Free+2.50',
      'text+1.10',
      'home−0.50',
      'sizes of the classes−0.90',
    ]);
  });

  it('gives the whole of a long text when it is asked for', async () => {
    const { root } = await pageOf({ row: 1, clipped: 5000 });
    await perform(() => button(root, 'Show all (5,000 more characters)').click());
    await settle();
    expect(find(root, '.record-text').textContent).toBe('The whole text of 1');
  });

  it('keeps its record where it is when others are ordered anew', async () => {
    const host = new FakeHost(threeRecords);
    const { heading, changed, act } = await openPage(host);
    await act('next');
    host.order = [30, 20, 10];
    await changed();
    expect(heading()).toBe('Row 20');
    await act('keep');
    expect(heading()).toBe('Row 10');
  });

  it('tells the host of the record that it shows, and of those it only reads ahead', async () => {
    const { host, act } = await openPage();
    await act('keep');
    expect(host.called('record')).toContainEqual([1, true]);
    expect(host.called('record')).toContainEqual([1, false]);
  });

  it('opens a similar record, where it is decided, and goes back', async () => {
    const host = new FakeHost(threeRecords);
    host.answers.similar = (row) =>
      row === 10 ? [{ row: 30, text: 'Much the same', labels: ['spam'], similarity: 0.7, status: 'pending' }] : [];
    const { root, act, heading } = await openPage(host);
    await perform(() => find(root, '.similar-record').click());
    await settle();
    expect(heading()).toBe('Row 30');
    expect(find(root, '.record-head').textContent).toContain('Back to row 10');
    await press('Escape');
    await settle();
    expect(heading()).toBe('Row 10');
    await perform(() => find(root, '.similar-record').click());
    await settle();
    await act('accept');
    expect(host.decided.has(30)).toBe(true);
    expect(heading()).toBe('Row 10');
  });

  it('types into a note without deciding', async () => {
    const { root, act, host } = await openPage();
    const keys: string[] = [];
    const listen = (event: KeyboardEvent): unknown => keys.push(event.key);
    window.addEventListener('keydown', listen);
    await act('note');
    const field = find(root, '#note-field', HTMLTextAreaElement);
    expect(document.activeElement).toBe(field);
    await press('k');
    await press('1');
    await press('s', { ctrlKey: true });
    await press('z', { ctrlKey: true });
    await type(field, 'looks like k');
    await press('Enter');
    window.removeEventListener('keydown', listen);
    expect(keys).toEqual(['s']);
    expect(host.called('note')).toEqual([[10, 'looks like k']]);
    expect(host.called('decide')).toEqual([]);
    expect(document.activeElement).toBe(find(root, '.record'));
  });

  it('takes keys that were pressed before the note had the focus for text, and decides again after it', async () => {
    const { root, act, label, handlers, host, said, heading } = await openPage();
    await perform(() => {
      for (const action of ['note', 'ambiguous', 'discard'] as const) void handlers.perform.handle(action);
    });
    await settle();
    const field = find(root, '#note-field', HTMLTextAreaElement);
    expect(document.activeElement).toBe(field);
    for (const action of ['keep', 'undo', 'next', 'bulk'] as const) await act(action);
    await label(2);
    expect(said()).toContain('Nothing is decided while a note is written.');
    expect([heading(), host.called('decide'), host.called('undo')]).toEqual(['Row 10', [], []]);
    await type(field, 'a kind sender');
    await press('Enter');
    await act('keep');
    expect(host.called('note')).toEqual([[10, 'a kind sender']]);
    expect(host.called('decide')).toEqual([[10, { decision: 'keep', label: null }, 0]]);
  });

  it('opens the note of the record that is on its way, and decides nothing meanwhile', async () => {
    const { root, handlers, host, heading } = await openPage();
    await perform(() => {
      for (const action of ['keep', 'note', 'ambiguous', 'undo', 'discard'] as const)
        void handlers.perform.handle(action);
    });
    await settle();
    await settle();
    expect(heading()).not.toBe('Row 10');
    expect(document.activeElement).toBe(find(root, '#note-field'));
    expect([host.called('decide').length, host.called('undo').length]).toEqual([1, 0]);
  });

  it('decides again once another record came while a note was written', async () => {
    const { root, act, handlers, host, heading } = await openPage();
    await act('note');
    await type(find(root, '#note-field', HTMLTextAreaElement), 'half');
    await perform(() => handlers.reveal.handle(30));
    await settle();
    expect(heading()).toBe('Row 30');
    expect(host.called('note')).toEqual([[10, 'half']]);
    await act('discard');
    expect(host.decided.has(30)).toBe(true);
  });

  it('has the focus in the field of the note before the browser paints', async () => {
    const { root, handlers } = await openPage();
    void handlers.perform.handle('note');
    await Promise.resolve();
    await Promise.resolve();
    expect(document.activeElement).toBe(find(root, '#note-field'));
  });

  it('takes keys that were pressed before a label could be typed for no decision', async () => {
    const { root, handlers, host } = await openPage();
    await perform(() => {
      for (const action of ['chooseLabel', 'discard', 'note', 'help', 'help'] as const)
        void handlers.perform.handle(action);
      void handlers.performLabel.handle(1);
    });
    await settle();
    expect(root.querySelector('dialog #choose-label')).not.toBeNull();
    expect(host.called('decide')).toEqual([]);
  });

  it('keeps a key that presses a button, and one that is held down, from deciding as well', async () => {
    const { root } = await openPage();
    const keys: string[] = [];
    const listen = (event: KeyboardEvent): unknown => keys.push(event.key);
    window.addEventListener('keydown', listen);
    find(root, '.action').focus();
    await press('Enter');
    await press(' ');
    await press('k');
    await press('k', { repeat: true });
    await press('ArrowRight', { repeat: true });
    window.removeEventListener('keydown', listen);
    expect(keys).toEqual(['k', 'ArrowRight']);
  });

  it('decides nothing behind a dialog', async () => {
    const { root, act, host } = await openPage();
    await act('help');
    expect(find(root, 'dialog').textContent).toContain('Keep the given label');
    await act('keep');
    expect(host.called('decide')).toEqual([]);
    await act('help');
    expect(root.querySelector('dialog')).toBeNull();
    await act('keep');
    expect(host.called('decide')).toHaveLength(1);
  });

  it('finds a label by typing', async () => {
    const { root, act, host } = await openPage();
    await act('chooseLabel');
    const field = find(root, '#choose-label', HTMLInputElement);
    await type(field, 'oth');
    field.focus();
    await press('Enter');
    await settle();
    expect(host.decided.get(10)).toEqual({ decision: 'change', label: ['other'] });
  });

  it('draws the likeliest of many labels first, and keeps their places while they are seen', async () => {
    const classes = Array.from({ length: 40 }, (_, index) => `class ${index}`);
    const probabilities = classes.map((_, index) => (index === 25 ? 0.5 : index === 7 ? 0.4 : 0.1 / 38));
    const record = { row: 1, given: ['class 7'], suggested: ['class 25'], probabilities };
    const host = new FakeHost([record]);
    host.more = { classes };
    const { root, label, changed } = await openPage(host);
    const names = () => texts(root, '.label-name');
    expect(names().slice(0, 3)).toEqual(['class 25', 'class 7', 'class 0']);
    expect(names()).toHaveLength(30);
    expect(root.textContent).toContain('10 more…');
    host.answers.recordOfRow = () => ({ ...host.record(1), probabilities: probabilities.toReversed() });
    const before = names();
    await changed();
    expect(names()).toEqual(before);
    await label(2);
    expect(host.decided.get(1)?.label).toEqual(['class 0']);
  });

  it('says what is known of the precision, carefully, and when it may be time to stop', async () => {
    const host = new FakeHost(threeRecords);
    const estimate = {
      decided: 40,
      errors: 12,
      ambiguous: 2,
      precision: { value: 0.31, low: 0.22, high: 0.41 },
      remaining: { value: 150.4, low: 110, high: 200 },
      secondsPerItem: 4.25,
      curve: [],
    };
    host.more = { estimate };
    const { root, changed } = await openPage(host);
    const text = () => find(root, '.estimate').textContent;
    expect(text()).toContain('About 31 of 100 candidates at this rank are label errors (90 % interval 22–41).');
    expect(text()).toContain('12 errors found in 40 decided. 2 are ambiguous and count half.');
    expect(text()).toContain('About 150 more are to be expected in the rest (110–200).');
    expect(text()).not.toContain('good place to stop');
    host.more = { estimate, stopAt: 0.5 };
    await changed();
    expect(text()).toContain('Fewer than 50 of 100 candidates are likely to be errors');
  });

  it('shows what is filtered, and takes all of it off again', async () => {
    const { root, host, act } = await openPage();
    await act('charts');
    host.more = { matched: 0 };
    const status = find(root, '.filter-bar select:nth-of-type(2)', HTMLSelectElement);
    await perform(() => {
      status.value = 'keep';
      status.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await settle();
    expect(host.filter.status).toBe('keep');
    expect(root.textContent).toContain('No candidate matches the filter.');
    host.more = {};
    await perform(() => button(root, 'Show all').click());
    await settle();
    expect(host.filter.status).toBeNull();
    expect(find(root, '#record-heading').textContent).toBe('Row 10');
  });

  it('keeps what is filtered last, when the search for what came before is ended', async () => {
    const host = new FakeHost(threeRecords);
    const { root, review } = await openPage(host);
    const stops: (() => void)[] = [];
    const { setFilter } = host.answers;
    host.answers.setFilter = (filter) => {
      if (filter.text !== 'zebra') return setFilter(filter);
      const ended = new RemoteError({ what: 'Aborted.', next: '', details: '' });
      return new Promise((_, reject) => stops.push(() => reject(ended)));
    };
    await perform(() => void review.setFilter({ ...host.filter, text: 'zebra' }));
    expect(find(root, '.filter-count').textContent).toContain('Searching…');
    await perform(() => void review.setFilter({ ...(review.state.view?.filter ?? host.filter), status: 'pending' }));
    expect(host.called('setFilter').at(-1)?.[0]).toMatchObject({ text: 'zebra', status: 'pending' });
    await perform(() => void review.setFilter({ ...host.filter, status: 'pending' }));
    stops.forEach((stop) => stop());
    await settle();
    expect(root.querySelector('[role=alert]')).toBeNull();
    expect(find(root, '.filter-count').textContent).toContain('3 of 3');
  });

  it('filters by a cell of the table of labels', async () => {
    const host = new FakeHost(threeRecords);
    const confusion = [
      [0, 3, 0],
      [1, 0, 0],
      [0, 0, 0],
    ];
    host.answers.charts = () => ({ scores: [{ from: 0, to: 1, candidates: 4, pending: 4 }], confusion });
    const { root, act } = await openPage(host);
    await act('charts');
    await perform(() => button(root, 'spam → ham: 1 candidate').click());
    await settle();
    expect([host.filter.given, host.filter.suggested]).toEqual(['spam', 'ham']);
    expect(button(root, 'spam → ham: 1 candidate').getAttribute('aria-pressed')).toBe('true');
  });

  it('switches the live order and blind mode', async () => {
    const { root, host } = await openPage();
    const live = [...root.querySelectorAll<HTMLElement>('.switch')].find(({ textContent }) =>
      textContent.endsWith('Live order'),
    );
    expect(live?.getAttribute('aria-pressed')).toBe('true');
    await perform(() => live?.click());
    await settle();
    expect(host.called('setFrozen')).toEqual([[true]]);
    expect(live?.getAttribute('aria-pressed')).toBe('false');
  });

  it('keeps what brings the panel back', async () => {
    const { kept, act } = await openPage();
    await act('charts');
    expect(kept.at(-1)).toEqual({ keep: { isBulk: false, figures: true }, restore: { dataset: '/data/sms.csv' } });
  });

  it('says why it cannot be shown, and tries again', async () => {
    const host = new FakeHost(threeRecords);
    const { view } = host.answers;
    host.answers.view = () => {
      throw new RemoteError({ what: 'Nothing was looked for yet.', next: 'Find first.', details: '' });
    };
    const { root } = await openPage(host);
    expect(find(root, '[role=alert]').textContent).toContain('Nothing was looked for yet.');
    host.answers.view = view;
    await perform(() => find(root, 'vscode-button').click());
    await settle();
    expect(find(root, '#record-heading').textContent).toBe('Row 10');
  });
});

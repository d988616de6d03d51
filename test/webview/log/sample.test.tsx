import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GridMedia, SampleView } from '../../../extension/protocol/log';
import { button, find } from '../outputs/mount';
import { cell, failure } from './fakeHost';
import { act, click, columnTexts, field, keys, openPage, place, selected, type } from './openPage';

const hostile = '<img src=x onerror="globalThis.attacked = true"><script>globalThis.attacked = true</script>';

const bigButton = (root: ParentNode, caption: string): HTMLElement => {
  const found = [...root.querySelectorAll<HTMLElement>('vscode-button')].find((candidate) =>
    candidate.textContent.endsWith(caption),
  );
  if (!found) throw new Error(`There is no button "${caption}".`);
  return found;
};

const sample = (more: Partial<SampleView> = {}): SampleView => ({
  row: 0,
  version: 1,
  inputs: [],
  outputs: [],
  demo: '',
  option: 'wrong sign',
  username: null,
  timestamp: null,
  note: '',
  corrected: {},
  ...more,
});

const note = (root: ParentNode): HTMLTextAreaElement => find(root, '.side-decide textarea', HTMLTextAreaElement);

/** Leaves what has the focus. */
const leave = (element: HTMLElement): Promise<void> => act(() => element.blur());

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, 'attacked');
});

describe('what is in a log', () => {
  it('stays text, whatever it says', async () => {
    const { root } = await openPage({ total: 1, problems: [hostile], fileName: hostile }, (host) => {
      host.view = { ...host.view, columns: host.view.columns.map((column) => ({ ...column, name: hostile })) };
      host.record = () => [hostile, hostile, hostile];
      host.more = () => ({ problem: hostile });
      const value = { column: 0, name: hostile, kind: 'text', value: hostile, clippedFrom: null, media: [] } as const;
      host.answers.sample = () =>
        sample({ inputs: [value], outputs: [value], demo: hostile, note: hostile, corrected: { [hostile]: hostile } });
    });
    expect(columnTexts(root, 0)).toEqual([hostile]);
    expect(find(root, '.side').textContent).toContain(hostile);
    expect(root.querySelectorAll('img, script, [onerror]')).toHaveLength(0);
    expect(Reflect.has(globalThis, 'attacked')).toBe(false);
  });

  it('tells why a file cannot be shown, in the grid and in the sample', async () => {
    const missing: GridMedia = { kind: 'image', name: 'cat.png', url: null, problem: 'cat.png is missing.' };
    const { root } = await openPage({}, (host) => {
      host.more = () => ({ cells: [cell('cat.png', { media: [missing] })] });
      host.answers.sample = () =>
        sample({
          inputs: [{ column: 0, name: 'image', kind: 'image', value: 'cat.png', clippedFrom: null, media: [missing] }],
        });
    });
    expect(find(root, '#cell-0-0 .grid-text').title).toBe('cat.png is missing.');
    expect(find(root, '.side .side-missing').textContent).toContain('cat.png is missing.');
    expect(root.querySelector('img')).toBeNull();
  });

  it('shows files, and opens one', async () => {
    const media: GridMedia = { kind: 'image', name: 'cat.png', url: 'https://page/cat.png', problem: null };
    const { root, host } = await openPage({}, ({ answers }) => {
      answers.sample = () =>
        sample({
          inputs: [{ column: 1, name: 'image', kind: 'image', value: 'cat.png', clippedFrom: null, media: [media] }],
        });
    });
    expect(find(root, '.side img', HTMLImageElement).alt).toBe('cat.png');
    await click(button(root, 'Open cat.png'));
    expect(host.callsOf('openMedia')).toEqual([[0, 1, 0]]);
  });

  it('plays a sound in its cell until it is stopped, and has a player beside the grid', async () => {
    const played: string[] = [];
    class FakeAudio {
      onpause: (() => void) | null = null;
      constructor(private readonly url: string) {}
      play(): Promise<void> {
        played.push(`play ${this.url}`);
        return Promise.resolve();
      }
      pause(): void {
        played.push('pause');
        this.onpause?.();
      }
    }
    vi.stubGlobal('Audio', FakeAudio);
    const media: GridMedia = { kind: 'audio', name: 'cat.wav', url: 'https://page/cat.wav', problem: null };
    const { root } = await openPage({ total: 1 }, (host) => {
      host.more = () => ({ cells: [cell('cat.wav', { media: [media] })] });
      host.answers.sample = () =>
        sample({
          inputs: [{ column: 0, name: 'sound', kind: 'audio', value: 'cat.wav', clippedFrom: null, media: [media] }],
        });
    });
    await click(find(root, '[aria-label="Play cat.wav"]'));
    await click(find(root, '[aria-label="Stop cat.wav"]'));
    expect(played).toEqual(['play https://page/cat.wav', 'pause']);
    expect(find(root, '.grid-body [aria-label="Play cat.wav"]').tabIndex).toBe(-1);
    expect(find(root, '.side audio').getAttribute('src')).toBe('https://page/cat.wav');
  });

  it('draws JSON as a tree and a classification as bars', async () => {
    const confidences = [
      { label: 'cat', confidence: 0.75 },
      { label: 'dog', confidence: 0.25 },
    ];
    const value = { name: 'class', clippedFrom: null, media: [] };
    const { root } = await openPage({}, ({ answers }) => {
      answers.sample = () =>
        sample({
          inputs: [{ ...value, column: 0, kind: 'json', value: { size: [2, 3] } }],
          outputs: [{ ...value, column: 1, kind: 'label', value: { label: 'cat', confidences } }],
          demo: 'Pets',
        });
    });
    expect(find(root, '.side [role=tree]').textContent).toContain('size');
    expect(find(root, '.side').textContent).toMatch(/cat.*75%.*dog.*25%/s);
  });

  it('shows the beginning of a text of megabytes with its length, and opens all of it', async () => {
    const { root, host } = await openPage({ total: 1 }, (host) => {
      host.more = () => ({ cells: [cell('It was', { length: 5_200_000 })] });
      host.answers.sample = () =>
        sample({
          inputs: [{ column: 0, name: 'story', kind: 'text', value: 'It was', clippedFrom: 5_200_000, media: [] }],
        });
    });
    expect(columnTexts(root, 0)).toEqual(['It was5.2M characters']);
    expect(find(root, '.side-value').textContent).toContain('The first 6 of 5,200,000 characters.');
    await click(button(root, 'Open the Whole Cell'));
    expect(host.callsOf('openCell')).toEqual([[0, 0]]);
  });

  it('says why a text of megabytes is not edited in its cell', async () => {
    const { root, host } = await openPage({}, (host) => {
      host.more = () => ({ cells: [cell('It was', { length: 5_200_000 })] });
    });
    await keys('Enter');
    expect(find(root, '[role=alert]').textContent).toContain('This cell has 5.2M characters');
    expect(root.querySelector('.cell-editor')).toBeNull();
    expect(host.callsOf('cell')).toEqual([]);
  });

  it('offers nothing that a log which is read by parts cannot do', async () => {
    const { root } = await openPage({ readOnly: 'Large.', byParts: 'Too large to be sorted.' });
    expect(root.querySelector('.side-decide textarea, #reviewed')).toBeNull();
    const off = ['Replay', 'Promote…', 'Delete…', 'Check Flag Log'].map((caption) =>
      bigButton(root, caption).hasAttribute('disabled'),
    );
    expect(off).toEqual([true, true, true, true]);
    expect(bigButton(root, 'Open as Text').hasAttribute('disabled')).toBe(false);
  });

  it('tells what is wrong with the log as a whole, and opens it as text', async () => {
    const { root, host } = await openPage({ problems: ['This is no flag log.'] });
    expect(find(root, '.notice.warning').textContent).toContain('This is no flag log.');
    await click(find(root, '.notice.warning .link-button'));
    expect(host.callsOf('act')).toEqual([['openAsText', []]]);
  });

  it('marks a row in words, and tells its problem', async () => {
    const { root } = await openPage({}, (host) => {
      host.more = (row) =>
        row === 1 ? { problem: 'Too few cells.', note: true, reviewed: true, corrected: true } : {};
    });
    const number = find(root, '[aria-rowindex="3"] [role=rowheader]').textContent;
    for (const mark of ['Too few cells.', 'has a note', 'has a correction', 'reviewed', '2'])
      expect(number).toContain(mark);
    await keys('ArrowDown');
    expect(find(root, '.side-missing').textContent).toContain('Too few cells.');
  });
});

describe('the sample beside the grid', () => {
  it('follows the place in the grid', async () => {
    const { root, host } = await openPage();
    expect(find(root, '.side h2').textContent).toBe('Sample 1');
    await keys('ArrowDown', 'ArrowRight');
    expect(find(root, '.side h2').textContent).toBe('Sample 2');
    expect(host.callsOf('sample').at(-1)).toEqual([1]);
  });

  it('marks the selected samples as reviewed', async () => {
    const { root, host } = await openPage();
    await keys('Shift+ArrowDown');
    const box = find(root, '#reviewed');
    await click(box instanceof HTMLInputElement ? box : find(root, '[id="reviewed"]'));
    expect(host.callsOf('setReviewed')).toEqual([[[0, 1], true, 1]]);
    expect(root.textContent).toContain('2 samples marked as reviewed.');
  });

  it('keeps a note when its field is left, of the sample it was typed for', async () => {
    const { root, host } = await openPage();
    await type(note(root), 'looks wrong');
    expect(host.callsOf('setNote')).toEqual([]);
    await leave(note(root));
    expect(host.callsOf('setNote')).toEqual([[0, 'looks wrong', 1]]);
    expect(root.textContent).toContain('The note is saved.');
  });

  it('sends a note with the version in which its sample was seen', async () => {
    const { root, host, tell } = await openPage();
    await type(note(root), 'of the');
    host.view = { ...host.view, version: 2 };
    await tell('changed', 2);
    await type(note(root), 'of the first one');
    await leave(note(root));
    expect(host.callsOf('setNote')).toEqual([[0, 'of the first one', 1]]);
  });

  it('knows the sample of a note by its time in a newer version', async () => {
    const { root, host, tell } = await openPage({}, ({ answers }) => {
      answers.sample = () => sample({ timestamp: '10:00' });
    });
    await type(note(root), 'noted');
    for (const [version, time] of [
      [2, '10:00'],
      [3, '10:01'],
    ] as const) {
      host.view = { ...host.view, version };
      host.answers.sample = () => sample({ version, timestamp: time });
      await tell('changed', version);
    }
    await leave(note(root));
    expect(host.callsOf('setNote')).toEqual([[0, 'noted', 2]]);
  });

  it('keeps a note that cannot be written in its field', async () => {
    const { root, host } = await openPage({}, ({ answers }) => {
      answers.setNote = () => {
        throw failure('The notes cannot be written.');
      };
    });
    await type(note(root), 'looks wrong');
    await leave(note(root));
    expect(find(root, '[role=alert]').textContent).toContain('The notes cannot be written.');
    expect(note(root).value).toBe('looks wrong');
    host.answers.setNote = () => undefined;
    await act(() => note(root).focus());
    await leave(note(root));
    expect(host.callsOf('setNote')).toHaveLength(2);
  });

  it('sets the flagging option of the selected samples', async () => {
    const { root, log, host } = await openPage({ version: 3 });
    await keys('Shift+ArrowDown');
    await act(() => log.changes.setOption('other'));
    expect(host.callsOf('setOption')).toEqual([[[0, 1], 'other', 3]]);
    expect(root.textContent).toContain('2 samples flagged as “other”.');
  });

  it('offers the flagging options in a cell of the flag column', async () => {
    const { root } = await openPage();
    await keys('End', 'Enter');
    const options = [...root.querySelectorAll('.option-editor [role=option]')];
    expect(options.map(({ textContent }) => textContent.replace(/[^\w ]/g, '').trim())).toEqual([
      'wrong sign',
      'other',
    ]);
    await keys('Escape', 'Escape');
    expect(root.querySelector('.option-editor')).toBeNull();
  });

  it('replays and promotes what is selected, and asks for the rest of the log as a whole', async () => {
    const { root, host } = await openPage();
    await keys('Control+a');
    await click(bigButton(root, 'Replay 4'));
    await click(bigButton(root, 'Promote…'));
    await click(bigButton(root, 'Check Flag Log'));
    await click(bigButton(root, 'Open as Text'));
    expect(host.callsOf('act')).toEqual([
      ['replay', [0, 1, 2, 3]],
      ['promote', [0, 1, 2, 3]],
      ['checkLog', []],
      ['openAsText', []],
    ]);
  });

  it('still replays and notes where nothing may be changed', async () => {
    const { root } = await openPage({ readOnly: 'This log is not UTF-8.' });
    expect(bigButton(root, 'Delete…').hasAttribute('disabled')).toBe(true);
    expect(bigButton(root, 'Replay').hasAttribute('disabled')).toBe(false);
    expect(note(root).disabled).toBe(false);
  });
});

describe('the page and its host', () => {
  it('asks again when the document changed, and stays on its row', async () => {
    const page = await openPage();
    await keys('ArrowDown', 'ArrowRight');
    page.host.view = { ...page.host.view, version: 2, total: 5 };
    page.host.record = (row) => [`${row}`, 'changed', ''];
    await page.tell('changed', 2);
    expect(columnTexts(page.root, 1)).toEqual(Array.from({ length: 5 }, () => 'changed'));
    expect(place(page)).toBe('1-1');
    expect(page.host.callsOf('sample').at(-1)).toEqual([1]);
    await keys('Delete');
    expect(page.host.callsOf('deleteRows')).toEqual([[[1], 2]]);
  });

  it('stays within a log that got shorter', async () => {
    const page = await openPage();
    await keys('Control+End');
    page.host.view = { ...page.host.view, version: 2, total: 1 };
    await page.tell('changed', 2);
    expect(place(page)).toBe('0-2');
    expect(selected(page)).toEqual([0]);
    page.host.view = { ...page.host.view, version: 3, total: 0 };
    await page.tell('changed', 3);
    expect(find(page.root, '.log-empty').textContent).toContain('No samples yet.');
  });

  it('shows a row that the host reveals, also where a search hid it', async () => {
    const page = await openPage();
    await type(field(page.root, 'Search all columns'), 'subtract');
    await keys('Enter');
    await page.tell('reveal', 3);
    expect(place(page)).toBe('3-0');
    expect(find(page.root, '.side h2').textContent).toBe('Sample 4');
    expect(find(page.root, '.log-count').textContent).toBe('4 samples');
  });

  it('brings back what was being typed when the page is made anew', async () => {
    const first = await openPage();
    await keys('ArrowDown', 'Enter');
    await type(find(first.root, 'textarea.cell-editor', HTMLTextAreaElement), '31 and more');
    const { kept } = first.memory;
    const copy: unknown = JSON.parse(JSON.stringify(kept));
    expect(copy).toMatchObject({ restore: 'file:///logs.csv' });
    const second = await openPage({}, undefined, copy);
    const editor = find(second.root, 'textarea.cell-editor', HTMLTextAreaElement);
    expect(editor.value).toBe('31 and more');
    await act(() => editor.focus());
    await keys('Enter');
    expect(second.host.callsOf('setCell')).toEqual([[1, 0, '31 and more', 1]]);
  });

  it.each([null, 'text', { kept: { query: { search: 1 }, draft: { row: 'x' }, at: {}, widths: [null], tall: 'yes' } }])(
    'opens as new where what was kept is not in shape: %j',
    async (kept) => {
      const page = await openPage({}, undefined, kept);
      expect(columnTexts(page.root, 0)).toHaveLength(4);
      expect(place(page)).toBe('0-0');
    },
  );

  it('can be loaded again when the host failed', async () => {
    const { root, host } = await openPage({}, ({ answers }) => {
      answers.view = () => {
        throw failure('logs.csv cannot be read.', 'Check that it is there.');
      };
    });
    expect(root.textContent).toContain('logs.csv cannot be read.');
    expect(root.textContent).toContain('Check that it is there.');
    delete host.answers.view;
    await click(bigButton(root, 'Try again'));
    expect(columnTexts(root, 0)).toHaveLength(4);
  });

  it('asks again for rows that did not come', async () => {
    const { root, host } = await openPage({}, ({ answers }) => {
      answers.rows = () => {
        throw failure('The rows cannot be read.');
      };
    });
    expect(find(root, '[role=alert]').textContent).toContain('The rows cannot be read.');
    delete host.answers.rows;
    await click(button(root, 'Try again'));
    expect(root.querySelector('[role=alert]')).toBeNull();
    expect(columnTexts(root, 0)).toHaveLength(4);
  });
});

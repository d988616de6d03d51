import { describe, expect, it } from 'vitest';
import type { DemoView, FlagView } from '../../../extension/protocol/demo';
import { button, find, perform, press } from '../outputs/mount';
import { calculator, failure, finished, flagged, later } from './fakeHost';
import { bigButton, click, control, isDisabled, openPage, submit, type } from './openPage';

const lone = { ...calculator.flagging, options: [{ label: 'Flag', value: null }] };
const auto = { ...lone, mode: 'auto' as const, autoOn: true };

describe('flagging', () => {
  it('waits for an output', async () => {
    const page = await openPage();
    const flag = bigButton(page.root, 'Flag as wrong sign');
    expect(isDisabled(flag)).toBe(true);
    await click(flag);
    expect(page.host.callsOf('flag')).toEqual([]);
    await submit(page);
    expect(isDisabled(bigButton(page.root, 'Flag as wrong sign'))).toBe(false);
  });

  it('flags once however often it is clicked, and says so in a live region', async () => {
    const answer = later<FlagView>();
    const page = await openPage({}, (host) => (host.answers.flag = () => answer.promise));
    await submit(page);
    const flag = bigButton(page.root, 'Flag as wrong sign');
    await perform(() => {
      flag.click();
      flag.click();
    });
    const row = find(page.root, '.flag-rows');
    expect(row.textContent).toContain('Saving');
    expect(row.closest('[role=status]')).not.toBeNull();
    await perform(() => answer.resolve(flagged()));
    await click(bigButton(page.root, 'Flag as wrong sign'));
    expect(page.host.callsOf('flag')).toEqual([[{ runId: 1, option: 'wrong sign', note: '', corrected: {} }]]);
    expect(find(page.root, '.flag-rows').textContent).toBe('\ueab2Flagged as “wrong sign”UndoOpen log');
  });

  it('has one button without options, whose option is none', async () => {
    const page = await openPage({ flagging: lone });
    await submit(page);
    await click(bigButton(page.root, 'Flag'));
    expect(page.host.callsOf('flag')).toEqual([[{ runId: 1, option: null, note: '', corrected: {} }]]);
    expect(find(page.root, '.flag-text').textContent).toBe('Flagged');
  });

  it('can be taken back, and done again', async () => {
    const page = await openPage();
    await submit(page);
    await click(bigButton(page.root, 'Flag as wrong sign'));
    await click(button(page.root, 'Undo'));
    expect(page.host.callsOf('undoFlag')).toEqual([['f1']]);
    expect(page.text()).toContain('The flag was taken back.');
    await click(bigButton(page.root, 'Flag as wrong sign'));
    expect(page.host.callsOf('flag')).toHaveLength(2);
  });

  it('says when it cannot be taken back, and keeps the flag', async () => {
    const page = await openPage({}, (host) => {
      host.answers.undoFlag = () => Promise.reject(failure('The row is no longer there.'));
    });
    await submit(page);
    await click(bigButton(page.root, 'Flag as wrong sign'));
    await click(button(page.root, 'Undo'));
    expect(page.text()).toContain('The flag is still there.');
    expect(page.text()).toContain('The row is no longer there.');
  });

  it('offers no undo where the callback has none', async () => {
    const page = await openPage({}, (host) => (host.answers.flag = () => flagged({ canUndo: false })));
    await submit(page);
    await click(bigButton(page.root, 'Flag as wrong sign'));
    expect(() => button(page.root, 'Undo')).toThrow();
  });

  it('opens the log of the flag', async () => {
    const page = await openPage();
    await submit(page);
    await click(bigButton(page.root, 'Flag as other'));
    await click(button(page.root, 'Open log'));
    expect(page.host.callsOf('openLog')).toEqual([['f1']]);
  });

  it('that fails stays readable, also after another run began, and works on retry', async () => {
    let writable = false;
    const page = await openPage({}, (host) => {
      host.answers.flag = () =>
        writable ? flagged() : Promise.reject(failure('logs.csv cannot be written.', 'Make it writable.'));
    });
    await submit(page);
    await click(bigButton(page.root, 'Flag as wrong sign'));
    expect(page.text()).toContain('logs.csv cannot be written. Make it writable.');
    await submit(page);
    expect(page.text()).toContain('logs.csv cannot be written. Make it writable.');
    writable = true;
    await click(button(page.root, 'Retry'));
    expect(page.text()).not.toContain('cannot be written');
    expect(page.text()).toContain('Flagged as “wrong sign”');
    const request = { runId: 1, option: 'wrong sign', note: '', corrected: {} };
    expect(page.host.callsOf('flag')).toEqual([[request], [request]]);
  });

  it('concerns the sample that was run, and says so when the inputs changed', async () => {
    const page = await openPage();
    await submit(page);
    expect(page.text()).not.toContain('Flags the sample that was run');
    await type(control(page.root, 'num1'), '6');
    expect(page.text()).toContain('Flags the sample that was run');
    await type(control(page.root, 'num1'), '5');
    expect(page.text()).not.toContain('Flags the sample that was run');
  });

  it('is begun anew by a new run', async () => {
    const page = await openPage();
    await submit(page);
    await click(bigButton(page.root, 'Flag as wrong sign'));
    await submit(page);
    expect(page.text()).not.toContain('Flagged as');
    await click(bigButton(page.root, 'Flag as wrong sign'));
    expect(page.host.callsOf('flag').map(([request]) => request)).toMatchObject([{ runId: 1 }, { runId: 2 }]);
  });

  it('has no control where the demo never flags', async () => {
    const page = await openPage({ flagging: { ...lone, mode: 'never' }, run: finished([1]) });
    expect(page.root.querySelector('.flag-bar')).toBeNull();
    await page.tell('perform', 'flag', null);
    expect(page.host.callsOf('flag')).toEqual([]);
    expect(page.text()).toContain('Flagging is off');
  });
});

describe('a note and a correction', () => {
  it('go with the flag on Ctrl+Enter, which runs nothing', async () => {
    const page = await openPage({ flagging: lone });
    await submit(page);
    await click(find(page.root, '.flag-bar summary'));
    const note = find(page.root, '#flag-note');
    await type(note, 'sign is wrong');
    note.focus();
    await press('Enter', { ctrlKey: true });
    expect(page.host.callsOf('submit')).toHaveLength(1);
    expect(page.host.callsOf('flag')).toMatchObject([[{ option: null, note: 'sign is wrong' }]]);
  });

  it('wait for the choice of an option on Ctrl+Enter, and stay as typed', async () => {
    const page = await openPage();
    await submit(page);
    await click(find(page.root, '.flag-bar summary'));
    const correction = find(page.root, '#correction-0', HTMLInputElement);
    await type(correction, '2.5');
    correction.focus();
    await press('Enter', { ctrlKey: true });
    expect(page.host.callsOf('submit')).toHaveLength(1);
    expect(page.host.callsOf('flag')).toEqual([]);
    expect(document.activeElement).toBe(bigButton(page.root, 'Flag as wrong sign'));
    expect(correction.value).toBe('2.5');
  });

  async function opened(view: Partial<DemoView> = {}, output: unknown = -2.5) {
    const page = await openPage(view, (host) => (host.answers.submit = () => finished([output])));
    await submit(page);
    await perform(() => {
      const fold = find(page.root, '.flag-bar details', HTMLDetailsElement);
      fold.open = true;
      fold.dispatchEvent(new Event('toggle'));
    });
    return page;
  }

  it('go with the flag; an output left as it was does not', async () => {
    const page = await opened();
    const correction = find(page.root, '#correction-0', HTMLInputElement);
    expect(correction.value).toBe('-2.5');
    await type(control(page.root, 'Note'), '  sign is wrong ');
    await type(correction, '2.5');
    await click(bigButton(page.root, 'Flag as wrong sign'));
    const request = { runId: 1, option: 'wrong sign', note: 'sign is wrong', corrected: { 0: 2.5 } };
    expect(page.host.callsOf('flag')).toEqual([[request]]);
  });

  it('can be taken back', async () => {
    const page = await opened();
    await type(find(page.root, '#correction-0'), '2.5');
    await click(button(page.root, 'Take back the correction of Output'));
    await click(bigButton(page.root, 'Flag as wrong sign'));
    expect(page.host.callsOf('flag')[0]).toMatchObject([{ corrected: {} }]);
  });

  it('that cannot be read is mended before it is flagged', async () => {
    const page = await opened();
    await type(find(page.root, '#correction-0'), 'two');
    await click(bigButton(page.root, 'Flag as wrong sign'));
    expect(page.host.callsOf('flag')).toEqual([]);
    expect(document.activeElement?.id).toBe('correction-0');
    await click(button(page.root, 'Take back the correction of Output'));
    await click(bigButton(page.root, 'Flag as wrong sign'));
    expect(page.host.callsOf('flag')[0]).toMatchObject([{ corrected: {} }]);
  });

  it('of a label is another label, one of the model or a new one', async () => {
    const confidences = [
      { label: 'good', confidence: 0.9 },
      { label: 'bad', confidence: 0.1 },
    ];
    const page = await opened({ outputs: [{ kind: 'label', label: 'Mood' }] }, { label: 'good', confidences });
    const correction = find(page.root, '#correction-0', HTMLInputElement);
    expect(correction.value).toBe('good');
    correction.focus();
    await type(correction, 'bad');
    await perform(() => correction.blur());
    await click(bigButton(page.root, 'Flag as wrong sign'));
    expect(page.host.callsOf('flag')[0]).toMatchObject([{ corrected: { 0: { label: 'bad', confidences: null } } }]);
  });

  it('leaves the inputs alone when it is taken back', async () => {
    const page = await opened();
    await type(control(page.root, 'num1'), 'abc');
    await type(find(page.root, '#correction-0'), '2.5');
    await click(button(page.root, 'Take back the correction of Output'));
    expect(control(page.root, 'num1')).toHaveProperty('value', 'abc');
    expect(page.text()).toContain('Enter a number');
  });
});

describe('samples that could not be recorded', () => {
  it('are told with the reason, and offered again', async () => {
    const page = await openPage({}, (host) => {
      const reason = { what: 'The callback threw.', next: '', details: '' };
      host.answers.flag = () => {
        host.view = { ...host.view, spooled: 1 };
        return flagged({ state: 'spooled', failure: reason });
      };
      host.answers.retrySpooled = () => {
        host.view = { ...host.view, spooled: 0 };
        return 1;
      };
    });
    await submit(page);
    await click(bigButton(page.root, 'Flag as other'));
    expect(page.text()).toContain('1 sample could not be recorded');
    expect(page.text()).toContain('The callback threw.');
    await click(button(page.root, 'Retry'));
    expect(page.text()).not.toContain('could not be recorded');
    expect(page.text()).toContain('1 sample was recorded.');
    expect(page.text()).toContain('Flagged as “other”');
  });

  it('of an earlier session are offered at once, and a failed retry says why', async () => {
    const page = await openPage({ spooled: 2 }, (host) => {
      host.answers.retrySpooled = () => Promise.reject(failure('Still read-only.'));
    });
    expect(page.text()).toContain('2 samples could not be recorded');
    await click(button(page.root, 'Retry'));
    expect(page.text()).toContain('Still read-only.');
    expect(page.text()).toContain('2 samples could not be recorded');
  });
});

describe('the automatic mode', () => {
  it('says before the first run what is saved where, and can be switched off', async () => {
    const page = await openPage({ flagging: auto });
    expect(page.text()).toContain('its inputs and outputs are saved in examples/flagged');
    await click(find(page.root, '[role=switch]'));
    expect(page.host.callsOf('setAutoFlag')).toEqual([[false]]);
    expect(page.text()).toContain('Runs are not recorded');
  });

  it('shows the flag of each run, with undo, and no buttons to flag', async () => {
    const page = await openPage({ flagging: auto }, (host) => {
      host.answers.submit = () => finished([1], { flag: flagged({ option: null }) });
    });
    await submit(page);
    expect(find(page.root, '.flag-text').textContent).toBe('Flagged');
    expect(() => bigButton(page.root, 'Flag')).toThrow();
    await click(button(page.root, 'Undo'));
    expect(page.host.callsOf('undoFlag')).toEqual([['f1']]);
  });

  it('stays as it was when the host refuses the switch', async () => {
    const page = await openPage({ flagging: auto }, (host) => {
      host.answers.setAutoFlag = () => Promise.reject(failure('No.'));
    });
    await click(find(page.root, '[role=switch]'));
    expect(page.text()).toContain('its inputs and outputs are saved in examples/flagged');
  });
});

describe('a command of the palette', () => {
  it('submits, flags and clears as a person would', async () => {
    const page = await openPage();
    await page.tell('perform', 'submit', null);
    await page.tell('perform', 'flag', 'other');
    await page.tell('perform', 'flag', 'typed there');
    expect(page.host.callsOf('flag')).toHaveLength(2);
    expect(page.text()).toContain('Flagged as “typed there”');
    await page.tell('perform', 'clear', null);
    expect(page.host.callsOf('clear')).toHaveLength(1);
  });

  it('to flag without an option leads to the options', async () => {
    const page = await openPage();
    await submit(page);
    await page.tell('perform', 'flag', null);
    expect(page.host.callsOf('flag')).toEqual([]);
    expect(page.text()).toContain('Choose one of the flagging options.');
  });

  it('to flag before a run says that there is nothing', async () => {
    const page = await openPage({ flagging: lone });
    await page.tell('perform', 'flag', null);
    expect(page.text()).toContain('Nothing can be flagged');
  });
});

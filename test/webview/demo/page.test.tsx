import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunView } from '../../../extension/protocol/demo';
import { button, find, perform, press, texts } from '../outputs/mount';
import { failure, finished, later } from './fakeHost';
import { bigButton, click, control, isDisabled, openPage, submit, type } from './openPage';

const hostile = '<img src=x onerror="window.hacked=true"><script>window.hacked=true</script>';

describe('a run', () => {
  it('sends what the inputs hold and shows the output', async () => {
    const page = await openPage();
    await type(control(page.root, 'num1'), '8');
    await submit(page);
    expect(page.host.callsOf('submit')).toEqual([[[8, 'subtract', 7.5]]]);
    expect(texts(page.root, '.output')[0]).toContain('-2.5');
    expect(page.text()).toContain('Finished in 0.50 s.');
  });

  it.each([{ ctrlKey: true }, { metaKey: true }])('starts from anywhere with %o and Enter', async (modifier) => {
    const page = await openPage();
    control(page.root, 'num2').focus();
    await press('Enter', modifier);
    expect(page.host.callsOf('submit')).toHaveLength(1);
  });

  it('starts with Enter in a field of one line', async () => {
    const page = await openPage();
    control(page.root, 'num2').focus();
    await press('Enter');
    expect(page.host.callsOf('submit')).toHaveLength(1);
  });

  it('shows its status, its partial outputs and then the last', async () => {
    const answer = later<RunView>();
    const page = await openPage({}, (host) => (host.answers.submit = () => answer.promise));
    await submit(page);
    await page.tell('status', 'Starting Python…');
    expect(page.text()).toContain('Starting Python…');
    await page.tell('partial', [1]);
    expect(texts(page.root, '.output')[0]).toContain('1');
    expect(isDisabled(bigButton(page.root, 'Submit'))).toBe(true);
    await perform(() => answer.resolve(finished([2])));
    expect(texts(page.root, '.output')[0]).toContain('2');
    expect(page.text()).not.toContain('Starting Python…');
  });

  it('can be stopped while it goes, and what it left cannot be flagged', async () => {
    const answer = later<RunView>();
    const page = await openPage({}, (host) => {
      host.answers.submit = () => answer.promise;
      host.answers.stop = () => answer.resolve(finished([1], { stopped: true }));
    });
    expect(page.text()).not.toContain('Stop');
    await submit(page);
    await click(bigButton(page.root, 'Stop'));
    expect(page.text()).toContain('Stopped after');
    expect(isDisabled(bigButton(page.root, 'Flag as other'))).toBe(true);
  });

  it('that fails keeps the inputs and says why, with its traceback folded', async () => {
    const trace = { what: `It raised ${hostile}`, next: 'Mend it.', details: 'Traceback…\n  line 1' };
    const page = await openPage({}, (host) => (host.answers.submit = () => finished([], { failure: trace })));
    await type(control(page.root, 'num1'), '12');
    await submit(page);
    const alert = find(page.root, '[role=alert]');
    expect(alert.textContent).toContain(`It raised ${hostile}`);
    expect(alert.textContent).toContain('Mend it.');
    expect(find(alert, 'details', HTMLDetailsElement).open).toBe(false);
    expect(find(alert, 'pre').textContent).toBe('Traceback…\n  line 1');
    expect(control(page.root, 'num1')).toHaveProperty('value', '12');
    expect(isDisabled(bigButton(page.root, 'Flag as other'))).toBe(true);
    expect(alert.querySelector('img, script')).toBeNull();
  });

  it('survives a host that does not answer as it should', async () => {
    const page = await openPage(
      {},
      (host) => (host.answers.submit = () => Promise.reject(failure('The worker died.'))),
    );
    await submit(page);
    expect(find(page.root, '[role=alert]').textContent).toContain('The worker died.');
    expect(isDisabled(bigButton(page.root, 'Submit'))).toBe(false);
  });

  it('does not begin while an input breaks a rule; the focus goes there', async () => {
    const page = await openPage();
    const field = control(page.root, 'num2');
    await type(field, '101');
    expect(page.text()).toContain('Enter 100 or less.');
    const described = field.getAttribute('aria-describedby');
    expect(find(page.root, `#${described ?? ''}`).textContent).toContain('Enter 100 or less.');
    await submit(page);
    expect(page.host.callsOf('submit')).toEqual([]);
    expect(document.activeElement).toBe(field);
    await type(field, '99');
    expect(page.text()).not.toContain('Enter 100 or less.');
    await submit(page);
    expect(page.host.callsOf('submit')).toEqual([[[5, 'subtract', 99]]]);
  });
});

describe('clear', () => {
  it('empties the inputs and forgets the run', async () => {
    const page = await openPage();
    await submit(page);
    await click(bigButton(page.root, 'Clear'));
    expect(control(page.root, 'num1')).toHaveProperty('value', '');
    expect(page.root.querySelectorAll('input:checked')).toHaveLength(0);
    expect(page.host.callsOf('clear')).toHaveLength(1);
    expect(texts(page.root, '.output')[0]).not.toContain('-2.5');
    expect(isDisabled(bigButton(page.root, 'Flag as other'))).toBe(true);
  });

  it('lets a run that is still going end unseen', async () => {
    const answer = later<RunView>();
    const page = await openPage({}, (host) => (host.answers.submit = () => answer.promise));
    await submit(page);
    await click(bigButton(page.root, 'Clear'));
    await perform(() => answer.resolve(finished([7])));
    expect(texts(page.root, '.output')[0]).not.toContain('7');
    expect(page.host.callsOf('stop')).toHaveLength(1);
  });
});

describe('examples', () => {
  it('fill the inputs; what an example does not mention stays', async () => {
    const page = await openPage();
    await click(button(page.root, 'Use example 2'));
    await submit(page);
    await click(button(page.root, 'Use example 1'));
    await submit(page);
    expect(page.host.callsOf('submit')).toEqual([[[9, 'subtract', 7.5]], [[45, 'add', 3]]]);
  });

  it('are one tab stop, and arrows move among them', async () => {
    const page = await openPage();
    const rows = page.root.querySelectorAll<HTMLElement>('.examples tbody button');
    expect([...rows].map((row) => row.tabIndex)).toEqual([0, -1]);
    rows[0]?.focus();
    await press('ArrowDown');
    expect(document.activeElement).toBe(rows[1]);
    expect(rows[1]?.tabIndex).toBe(0);
  });
});

describe('a live demo', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('runs a while after the last change, and shows only the last answer', async () => {
    const answers = [later<RunView>(), later<RunView>()];
    let asked = 0;
    const page = await openPage({ live: true }, (host) => (host.answers.submit = () => answers[asked++]?.promise));
    await type(control(page.root, 'num1'), '1');
    await type(control(page.root, 'num1'), '12');
    expect(page.host.callsOf('submit')).toEqual([]);
    await perform(() => void vi.advanceTimersByTime(300));
    await type(control(page.root, 'num1'), '123');
    await perform(() => void vi.advanceTimersByTime(300));
    expect(page.host.callsOf('submit')).toEqual([[[12, 'subtract', 7.5]], [[123, 'subtract', 7.5]]]);
    await perform(() => answers[1]?.resolve(finished([222], { id: 2 })));
    await perform(() => answers[0]?.resolve(finished([111], { id: 1 })));
    expect(texts(page.root, '.output')[0]).toContain('222');
  });

  it('waits while an input breaks a rule', async () => {
    const page = await openPage({ live: true });
    await type(control(page.root, 'num1'), 'x');
    await perform(() => void vi.advanceTimersByTime(1000));
    expect(page.host.callsOf('submit')).toEqual([]);
  });
});

describe('what is kept', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is sent to the host a while after typing, and at once when the page goes', async () => {
    const page = await openPage();
    await type(control(page.root, 'num1'), '1');
    await type(control(page.root, 'num1'), '12');
    expect(page.host.callsOf('saveInputs')).toEqual([]);
    page.demo.leave();
    expect(page.host.callsOf('saveInputs')).toEqual([[[12, 'subtract', 7.5]]]);
    await type(control(page.root, 'num1'), '3');
    await perform(() => void vi.advanceTimersByTime(1000));
    expect(page.host.callsOf('saveInputs')).toHaveLength(2);
  });

  it('lets VS Code restore the panel, and a page that comes back knows that the inputs were changed', async () => {
    const page = await openPage();
    await submit(page);
    await type(control(page.root, 'num1'), '6');
    expect(page.memory.kept).toEqual({ restore: 'file:///calculator.demo.json', edited: true });
    const kept = { restore: '', edited: true };
    const again = await openPage({ run: finished([-2.5], { id: 4 }), values: [6, 'subtract', 7.5] }, undefined, kept);
    expect(texts(again.root, '.output')[0]).toContain('-2.5');
    expect(again.text()).toContain('Flags the sample that was run');
    await click(bigButton(again.root, 'Flag as other'));
    expect(again.host.callsOf('flag')).toEqual([[{ runId: 4, option: 'other', note: '', corrected: {} }]]);
  });

  it('is filled with the inputs of a flagged sample', async () => {
    const page = await openPage();
    await type(control(page.root, 'num1'), '77');
    await page.tell('fillInputs', [5, 'subtract', 7.5]);
    expect(control(page.root, 'num1')).toHaveProperty('value', '5');
    expect(control(page.root, 'num2')).toHaveProperty('value', '7.5');
  });

  it('stays typed when the definition changes', async () => {
    const page = await openPage();
    await type(control(page.root, 'num1'), '77');
    page.host.view = {
      ...page.host.view,
      title: 'Changed',
      inputs: [{ kind: 'textbox', label: 'new' }, ...page.host.view.inputs],
      values: ['fresh', 1, 'add', 2],
    };
    await page.tell('changed');
    expect(find(page.root, 'h1').textContent).toBe('Changed');
    expect(control(page.root, 'num1')).toHaveProperty('value', '77');
    expect(control(page.root, 'new')).toHaveProperty('value', 'fresh');
  });
});

describe('the state of the demo', () => {
  it('blocked: the reason, the button that helps, and no run', async () => {
    const blocked = { reason: 'This workspace is not trusted.', action: 'Manage Workspace Trust' };
    const page = await openPage({ blocked });
    expect(page.text()).toContain('This workspace is not trusted.');
    expect(isDisabled(bigButton(page.root, 'Submit'))).toBe(true);
    document.body.focus();
    await press('Enter', { ctrlKey: true });
    expect(page.host.callsOf('submit')).toEqual([]);
    await click(bigButton(page.root, 'Manage Workspace Trust'));
    expect(page.host.callsOf('act')).toEqual([['unblock']]);
  });

  it('problems: each with its line, and the way to the definition', async () => {
    const page = await openPage({ problems: [{ message: '“x” is no key.', severity: 'warning', line: 12 }] });
    expect(page.text()).toContain('Line 12: “x” is no key.');
    await click(button(page.root, 'Open Definition'));
    expect(page.host.callsOf('act')).toEqual([['openDefinition']]);
  });

  it('not loaded: why, and another try', async () => {
    let tries = 0;
    const page = await openPage({}, (host) => {
      host.answers.view = () => (tries++ === 0 ? Promise.reject(failure('The host is busy.')) : host.view);
    });
    expect(page.text()).toContain('The host is busy.');
    await click(bigButton(page.root, 'Try Again'));
    expect(find(page.root, 'h1').textContent).toBe('Calculator');
  });

  it('shows a failure at the side until it is dismissed', async () => {
    const page = await openPage({ problems: [{ message: 'x', severity: 'error', line: 1 }] }, (host) => {
      host.answers.act = () => Promise.reject(failure('The file is gone.'));
    });
    await click(button(page.root, 'Open Definition'));
    expect(page.text()).toContain('The file is gone.');
    await click(button(page.root, 'Dismiss'));
    expect(page.text()).not.toContain('The file is gone.');
  });
});

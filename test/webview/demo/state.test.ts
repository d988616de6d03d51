import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyValue, equal } from '../../../webview/demo/payloads';
import {
  canFlag,
  flagOf,
  initialState,
  isEdited,
  reduce,
  shownOutputs,
  type Action,
  type Flag,
  type PageState,
} from '../../../webview/demo/state';
import { components } from '../outputs/kinds';
import { calculator, finished, flagged } from './fakeHost';

const loaded: Action = { type: 'loaded', view: calculator, edited: false };
const started: Action = { type: 'started', at: 0 };

function after(...actions: readonly Action[]): PageState {
  return actions.reduce(reduce, initialState);
}

function flag(more: Partial<Flag> = {}): Flag {
  return { runId: 1, option: 'other', request: null, phase: 'flagged', view: flagged(), failure: null, ...more };
}

describe('the state of the page', () => {
  it('shows the outputs of the run before until the first partial outputs come', () => {
    const running = after(loaded, started, { type: 'ended', result: finished([1]) }, started);
    expect(shownOutputs(running)).toEqual([1]);
    expect(shownOutputs(reduce(running, { type: 'partial', outputs: [2] }))).toEqual([2]);
  });

  it('takes no partial outputs or status when nothing runs', () => {
    const idle = after(loaded);
    expect(reduce(idle, { type: 'partial', outputs: [2] })).toBe(idle);
    expect(reduce(idle, { type: 'status', text: 'Late' })).toBe(idle);
    expect(reduce(idle, { type: 'stopping' })).toBe(idle);
  });

  it.each([
    ['finished', finished([1]), true],
    ['failed', finished([1], { failure: { what: 'x', next: '', details: '' } }), false],
    ['stopped', finished([1], { stopped: true }), false],
    ['never reached the host', finished([], { id: 0 }), false],
  ])('lets a run that %s be flagged or not', (_, result, flaggable) => {
    const ended = after(loaded, started, { type: 'ended', result });
    expect(canFlag(ended)).toBe(flaggable);
    expect(canFlag(reduce(ended, started))).toBe(false);
  });

  it('is edited when the inputs differ from those of the run, typed during it or after', () => {
    const typed: Action = { type: 'typed', input: 0, value: 6 };
    const back: Action = { type: 'typed', input: 0, value: 5 };
    const ended: Action = { type: 'ended', result: finished([1]) };
    expect(isEdited(after(loaded, typed))).toBe(false);
    expect(isEdited(after(loaded, started, typed, ended))).toBe(true);
    expect(isEdited(after(loaded, started, ended, typed))).toBe(true);
    expect(isEdited(after(loaded, started, ended, typed, back))).toBe(false);
  });

  it('forgets settled flags, the note and corrections with their run, but no flag that is not safe', () => {
    const failure = { what: 'x', next: '', details: '' };
    const before = after(
      loaded,
      started,
      { type: 'ended', result: finished([1]) },
      { type: 'noted', note: 'n' },
      { type: 'corrected', output: 0, value: 3 },
      { type: 'flag', flag: flag({ option: 'a' }) },
      { type: 'flag', flag: flag({ option: 'b', phase: 'failed', failure }) },
      { type: 'flag', flag: flag({ option: 'c', phase: 'saving' }) },
    );
    const { flags, note, corrected } = reduce(before, started);
    expect({ flags: flags.map(({ option }) => option), note, corrected }).toEqual({
      flags: ['b', 'c'],
      note: '',
      corrected: {},
    });
  });

  it('has one flag for each run and option', () => {
    const ended = after(loaded, started, { type: 'ended', result: finished([1]) });
    const saving = reduce(ended, { type: 'flag', flag: flag({ phase: 'saving' }) });
    const done = reduce(saving, { type: 'flag', flag: flag() });
    expect(done.flags).toHaveLength(1);
    expect(flagOf(done, 'other')?.phase).toBe('flagged');
    expect(flagOf(done, 'else')).toBeUndefined();
  });

  it('counts an output that was changed back as right', () => {
    const ended = after(loaded, started, { type: 'ended', result: finished([{ a: [1] }]) });
    const corrected = reduce(ended, { type: 'corrected', output: 0, value: { a: [2] } });
    expect(corrected.corrected).toEqual({ 0: { a: [2] } });
    expect(reduce(corrected, { type: 'corrected', output: 0, value: { a: [1] } }).corrected).toEqual({});
  });

  it('never changes a state that was given out', () => {
    const ended = after(loaded, started, { type: 'ended', result: finished([1]) });
    const copy = structuredClone(ended);
    reduce(ended, { type: 'typed', input: 0, value: 6 });
    reduce(ended, { type: 'flag', flag: flag() });
    reduce(ended, { type: 'cleared' });
    expect(ended).toEqual(copy);
  });
});

describe('payloads', () => {
  it('are equal exactly when their JSON is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(equal(one, structuredClone(one))).toBe(true);
        expect(equal(one, other)).toBe(equal(other, one));
        if (equal(one, other)) expect(one).toEqual(other);
      }),
    );
  });

  it('of cleared inputs have the shape of their kind', () => {
    const empty = components.map((component) => [component.kind, emptyValue(component)]);
    expect(Object.fromEntries(empty)).toMatchObject({
      textbox: '',
      number: null,
      slider: 0,
      checkbox: false,
      checkboxgroup: [],
      radio: null,
      dropdown: null,
      image: null,
      dataframe: { headers: [], data: [], metadata: null },
    });
  });
});

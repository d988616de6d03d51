import { describe, expect, it } from 'vitest';
import { judge, reportsFault } from '../../../../../extension/core/flagging/replay/judge';
import type { ReplaySample } from '../../../../../extension/core/flagging/replay/types';

const sample = (more: Partial<ReplaySample>): ReplaySample => ({
  row: 0,
  inputs: [5],
  logged: [-12],
  corrected: {},
  option: 'wrong sign',
  reportsFault: true,
  ...more,
});
const same = (_output: number, expected: unknown, now: unknown): Promise<boolean> => Promise.resolve(expected === now);
const verdictOf = async (more: Partial<ReplaySample>, now: readonly unknown[]): Promise<string> =>
  (await judge(sample(more), now, same)).verdict;

describe('the verdict on a sample that was run again', () => {
  it.each([
    ['the output is the corrected one', { corrected: { 0: 12 } }, [12], 'fixed'],
    ['the output is still what was flagged', { corrected: { 0: 12 } }, [-12], 'still-wrong'],
    ['the output changed to another wrong one', { corrected: { 0: 12 } }, [7], 'still-wrong'],
    ['a fault was reported and nothing changed', {}, [-12], 'still-wrong'],
    ['the output changed and nobody said what is right', {}, [12], 'newly-different'],
    ['no fault was reported and nothing changed', { reportsFault: false }, [-12], 'same'],
    ['no fault was reported and the output changed', { reportsFault: false }, [12], 'newly-different'],
    ['the correction repeats the logged output', { corrected: { 0: -12 } }, [-12], 'same'],
  ] as const)('when %s', async (_, more, now, verdict) => {
    expect(await verdictOf(more, now)).toBe(verdict);
  });

  it('judges each output by its own correction, the others by what was logged', async () => {
    const flagged = sample({ logged: ['cat', 0.9], corrected: { 0: 'dog' } });
    expect(await judge(flagged, ['dog', 0.9], same)).toEqual({ verdict: 'fixed', differs: [false, false] });
    expect(await judge(flagged, ['dog', 0.1], same)).toEqual({ verdict: 'still-wrong', differs: [false, true] });
  });

  it('counts a missing output as different', async () => {
    expect(await verdictOf({ logged: [1, 2] }, [1])).toBe('newly-different');
  });
});

describe('whether a flagging option reports a fault', () => {
  it.each([
    ['wrong sign', false, true],
    ['incorrect', false, true],
    ['not good', false, true],
    ['correct', false, false],
    ['Like', false, false],
    ['OK', false, false],
    ['', false, true],
    ['', true, false],
    [null, false, true],
    [null, true, false],
  ])('option %j, auto mode %j', (option, auto, fault) => {
    expect(reportsFault(option, auto)).toBe(fault);
  });

  it('knows the options that a person declared to praise', () => {
    expect(reportsFault('looks fine', false, ['looks fine'])).toBe(false);
  });
});

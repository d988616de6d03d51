import type { ReplaySample, Verdict } from './types';

/** Whether two payloads of the output at a position are equal. */
export type SameOutput = (output: number, expected: unknown, now: unknown) => Promise<boolean>;

export interface Judgement {
  readonly verdict: Exclude<Verdict, 'failed'>;
  /** By output: whether it differs from the corrected output, or from the logged one where none was given. */
  readonly differs: readonly boolean[];
}

/** Judges a sample's outputs now by the corrected ones where a person gave them, else by the logged ones. */
export async function judge(sample: ReplaySample, now: readonly unknown[], same: SameOutput): Promise<Judgement> {
  const expected = sample.logged.map((logged, output) => sample.corrected[output] ?? logged);
  const differs = await differences(expected, now, same);
  const wasCorrected = Object.keys(sample.corrected).length > 0;
  if (wasCorrected) {
    if (differs.some(Boolean)) return { verdict: 'still-wrong', differs };
    const before = await differences(expected, sample.logged, same);
    return { verdict: before.some(Boolean) ? 'fixed' : 'same', differs };
  }
  if (differs.some(Boolean)) return { verdict: 'newly-different', differs };
  return { verdict: sample.reportsFault ? 'still-wrong' : 'same', differs };
}

function differences(
  expected: readonly unknown[],
  now: readonly unknown[],
  same: SameOutput,
): Promise<readonly boolean[]> {
  return Promise.all(expected.map(async (value, output) => !(await same(output, value, now[output] ?? null))));
}

const praise = /^(?:correct|right|ok|okay|good|like|👍|true|yes|pass(?:ed)?)$/i;

/**
 * Whether a flagging option reports a fault. The lone *Flag* button does; auto mode, which records every run, does not.
 *
 * @param praising options that report none, besides the usual words ("correct", "ok", "good", "like", …)
 */
export function reportsFault(option: string | null, auto: boolean, praising: readonly string[] = []): boolean {
  if (option === null || option === '') return !auto;
  return !praise.test(option.trim()) && !praising.includes(option);
}

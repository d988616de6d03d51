import { Readable } from 'node:stream';
import type { Failure } from '../../protocol/envelope';
import type { Demo } from '../demo/definition';
import { columnLabel } from '../flagging/format/columns';
import type { ReplayRun } from '../flagging/replay/replayRun';
import { payloadLine } from '../flagging/replay/summary';
import { verdicts, type ReplayResult, type Verdict } from '../flagging/replay/types';
import { tableLines } from './table';

/** What a replay prints as JSON. */
export interface ReplayReport {
  /** As they were given. */
  readonly demo: string;
  readonly log: string;
  /** Samples to run; fewer results mean that it was interrupted. */
  readonly total: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly results: readonly ReportedSample[];
}

export interface ReportedSample {
  /** Position in the log, from 0. */
  readonly row: number;
  readonly verdict: Verdict;
  readonly option: string | null;
  readonly inputs: readonly unknown[];
  readonly logged: readonly unknown[];
  /** By output label. */
  readonly corrected: Readonly<Record<string, unknown>>;
  /** Null when the function failed. */
  readonly now: readonly unknown[] | null;
  readonly failure: Failure | null;
  readonly seconds: number;
}

export function replayReport(
  run: ReplayRun,
  { inputs, outputs }: Demo,
  given: { readonly demo: string; readonly log: string },
): ReplayReport {
  const label = (output: number): string => {
    const component = outputs[output];
    return component ? columnLabel(component, inputs.length + output) : String(output);
  };
  const reported = ({ sample, verdict, now, failure, seconds }: ReplayResult): ReportedSample => ({
    row: sample.row,
    verdict,
    option: sample.option,
    inputs: sample.inputs,
    logged: sample.logged,
    corrected: Object.fromEntries(
      Object.entries(sample.corrected).map(([output, value]) => [label(Number(output)), value]),
    ),
    now,
    failure,
    seconds,
  });
  const { demo, log } = given;
  return { demo, log, total: run.total, counts: run.counts(), results: run.results.map(reported) };
}

/** The same for people: a line a sample, then the counts. */
export async function* replayTable({ counts, results, total }: ReplayReport): AsyncGenerator<string> {
  yield* tableLines(Readable.from([columns, ...results.map(tableRow)]));
  const summary = verdicts.filter((verdict) => counts[verdict] > 0).map((verdict) => `${counts[verdict]} ${verdict}`);
  const left = total - results.length;
  yield [...summary, ...(left > 0 ? [`${left} not run`] : [])].join(', ') || 'no samples';
}

const columns = ['row', 'verdict', 'option', 'inputs', 'logged', 'corrected', 'now'];

function tableRow({ row, verdict, option, inputs, logged, corrected, now, failure }: ReportedSample): string[] {
  return [
    String(row),
    verdict,
    option ?? '',
    payloadLine(inputs),
    payloadLine(logged),
    payloadLine(Object.values(corrected)),
    now ? payloadLine(now) : (failure?.what ?? ''),
  ];
}

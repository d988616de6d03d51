import { dirname } from 'node:path';
import { decodeSpecialFloats } from '../../../protocol/json';
import { loggedComponents, type Demo } from '../../demo/definition';
import { filesIn, mapFiles } from '../../demo/fileData';
import { ExpectedError } from '../../errors';
import { columnLabel } from '../format/columns';
import { resolveMedia } from '../log/mediaPath';
import { readNotesOf } from '../log/notesOf';
import { readLogFile } from '../log/readLog';
import type { LoggedSample, LogLayout } from '../log/types';
import type { NoteLine } from '../notes';
import { reportsFault } from './judge';
import { positionOf, samplePayloads, type ResolveFile } from './payloads';
import type { ReplaySample } from './types';

/** What the samples of a replay are read from. */
export interface SampleSource {
  readonly demo: Demo;
  /** Absolute path of the log. */
  readonly log: string;
  /** Folders that media may lie in, absolute. */
  readonly folders: readonly string[];
  /** Flagging options that report no fault, besides the usual words. */
  readonly praising: readonly string[];
}

/** The samples of a log, converted one by one as they are asked for. */
export interface OpenSamples {
  readonly logged: readonly LoggedSample[];
  readonly samples: AsyncIterable<ReplaySample>;
}

/**
 * Reads the samples of a log that are to be run again. One that cannot be converted is there too, with its problem.
 *
 * @param isChosen all samples when undefined
 * @throws ExpectedError when the log cannot be read
 */
export async function openSamples(
  source: SampleSource,
  isChosen: (sample: LoggedSample) => boolean = () => true,
): Promise<OpenSamples> {
  const { layout, samples } = await readLogFile(source.log);
  const logged: LoggedSample[] = [];
  for await (const sample of samples) if (isChosen(sample)) logged.push(withNames(sample, layout, source.demo));
  return { logged, samples: convert(source, logged) };
}

async function* convert(source: SampleSource, logged: readonly LoggedSample[]): AsyncGenerator<ReplaySample> {
  const notes = await readNotesOf(source.log);
  const resolve = resolverIn(source);
  for (const sample of logged) {
    yield await toReplaySample(source, sample, correctedIn(notes.get(sample.row) ?? []), resolve);
  }
}

/** The values of a log without a header are told apart by their places. */
function withNames(sample: LoggedSample, { headerRecords }: LogLayout, demo: Demo): LoggedSample {
  if (headerRecords > 0) return sample;
  const names = loggedComponents(demo).map(columnLabel);
  const values = sample.values.map((value) => {
    const name = names[value.column.index];
    return name === undefined ? value : { ...value, column: { ...value.column, name } };
  });
  return { ...sample, values };
}

/** What a later note says replaces what an older one said. */
function correctedIn(notes: readonly NoteLine[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(notes.flatMap(({ corrected }) => Object.entries(corrected ?? {})));
}

async function toReplaySample(
  { demo, praising }: SampleSource,
  sample: LoggedSample,
  corrected: Readonly<Record<string, unknown>>,
  resolve: ResolveFile,
): Promise<ReplaySample> {
  const { row, option } = sample;
  const known = { row, option, reportsFault: reportsFault(option, demo.flaggingMode === 'auto', praising) };
  const split = demo.inputs.length;
  try {
    const payloads = await samplePayloads(loggedComponents(demo), sample, resolve);
    return {
      ...known,
      inputs: payloads.slice(0, split),
      logged: payloads.slice(split),
      corrected: await correctedOutputs(demo, corrected, resolve),
    };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const cells = sample.values.filter(({ column }) => column.role === 'component').map(({ value }) => value);
    const problem = { what: error.what, next: error.next, details: error.details || (sample.problem ?? '') };
    return { ...known, inputs: cells.slice(0, split), logged: cells.slice(split), corrected: {}, problem };
  }
}

/** Corrected payloads by output position; a label that several outputs share means the first of them. */
async function correctedOutputs(
  { inputs, outputs }: Demo,
  corrected: Readonly<Record<string, unknown>>,
  resolve: ResolveFile,
): Promise<Record<number, unknown>> {
  const names = outputs.map((output, index) => columnLabel(output, inputs.length + index));
  const found: Record<number, unknown> = {};
  for (const [label, value] of Object.entries(corrected)) {
    const output = positionOf(label, names);
    if (output < 0) {
      throw new ExpectedError(
        `A note corrects the output “${label}”, which this demo does not have.`,
        'Choose the demo that the samples were flagged in.',
      );
    }
    found[output] = await withResolvedFiles(decodeSpecialFloats(value), resolve);
  }
  return found;
}

async function withResolvedFiles(payload: unknown, resolve: ResolveFile): Promise<unknown> {
  const paths = new Map<string, string>();
  for (const { path } of filesIn(payload)) paths.set(path, await resolve(path));
  return mapFiles(payload, (file) => ({ ...file, path: paths.get(file.path) ?? file.path, url: null }));
}

function resolverIn({ log, folders }: SampleSource): ResolveFile {
  return async (path) => {
    const found = await resolveMedia(path, { log, folders: [dirname(log), ...folders] });
    if ('problem' in found) throw new ExpectedError(found.problem);
    return found.file;
  };
}

/** What the page knows, and how events change it. Nothing here touches the DOM, the clock or the host. */
import type { Component } from '../../extension/core/demo/components';
import type { DemoView, FlagRequest, FlagView, RunView } from '../../extension/protocol/demo';
import type { Failure } from '../../extension/protocol/envelope';
import { emptyValue, equal } from './payloads';

export type Run =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'running';
      /** Milliseconds of `performance.now()`. */
      readonly started: number;
      readonly inputs: readonly unknown[];
      /** Partial outputs; those of the run before until the first come. */
      readonly outputs: readonly unknown[];
      readonly status: string;
      readonly stopping: boolean;
    }
  | {
      readonly phase: 'ended';
      readonly result: RunView;
      /** Null where a page before this one ran it with inputs that have changed since. */
      readonly inputs: readonly unknown[] | null;
    };

/** One flag of a run, from the click on. */
export interface Flag {
  readonly runId: number;
  readonly option: string | null;
  /** What was asked of the host; null for a flag of auto mode. */
  readonly request: FlagRequest | null;
  readonly phase: 'saving' | 'flagged' | 'undoing' | 'undone' | 'spooled' | 'failed';
  /** Null until the host has answered. */
  readonly view: FlagView | null;
  /** Why it could not be saved, or not be taken back. */
  readonly failure: Failure | null;
}

export interface Spool {
  /** Samples that wait to be recorded. */
  readonly count: number;
  readonly retrying: boolean;
  readonly failure: Failure | null;
}

export interface PageState {
  readonly view: DemoView | null;
  readonly loadFailure: Failure | null;
  readonly values: readonly unknown[];
  /** Counts the times that inputs were filled by something else than typing. */
  readonly fills: number;
  /** By input: the rule that the text in it breaks, so that it is no value. */
  readonly drafts: Readonly<Record<number, string>>;
  readonly run: Run;
  readonly flags: readonly Flag[];
  readonly spool: Spool;
  readonly autoOn: boolean;
  readonly note: string;
  /** Corrected payload by output. */
  readonly corrected: Readonly<Record<number, unknown>>;
  /** Counts the corrections that were taken back. */
  readonly uncorrections: number;
  /** By output: the rule that the text of its correction breaks. */
  readonly correctedDrafts: Readonly<Record<number, string>>;
  /** A failure of something at the side, such as opening the log. */
  readonly notice: Failure | null;
  /** For screen readers; counted so that the same words are read again. */
  readonly announcement: { readonly text: string; readonly count: number };
  /** The element that is to get the focus, by its id; counted as well. */
  readonly focus: { readonly id: string; readonly count: number };
}

export const initialState: PageState = {
  view: null,
  loadFailure: null,
  values: [],
  fills: 0,
  drafts: {},
  run: { phase: 'none' },
  flags: [],
  spool: { count: 0, retrying: false, failure: null },
  autoOn: false,
  note: '',
  corrected: {},
  correctedDrafts: {},
  uncorrections: 0,
  notice: null,
  announcement: { text: '', count: 0 },
  focus: { id: '', count: 0 },
};

export type Action =
  /** @param edited whether the inputs were changed after the view's run */
  | { readonly type: 'loaded'; readonly view: DemoView; readonly edited: boolean }
  | { readonly type: 'loadFailed'; readonly failure: Failure }
  | { readonly type: 'typed'; readonly input: number; readonly value: unknown }
  | { readonly type: 'drafted'; readonly input: number; readonly problem: string }
  | { readonly type: 'filled'; readonly values: readonly unknown[] }
  | { readonly type: 'cleared' }
  | { readonly type: 'started'; readonly at: number }
  | { readonly type: 'status'; readonly text: string }
  | { readonly type: 'partial'; readonly outputs: readonly unknown[] }
  | { readonly type: 'stopping' }
  | { readonly type: 'ended'; readonly result: RunView }
  | { readonly type: 'flag'; readonly flag: Flag }
  | { readonly type: 'spool'; readonly spool: Spool }
  | { readonly type: 'spoolEmptied' }
  | { readonly type: 'auto'; readonly on: boolean }
  | { readonly type: 'noted'; readonly note: string }
  | { readonly type: 'corrected'; readonly output: number; readonly value: unknown }
  | { readonly type: 'correctionDrafted'; readonly output: number; readonly problem: string }
  | { readonly type: 'uncorrected'; readonly output: number }
  | { readonly type: 'notice'; readonly failure: Failure | null }
  | { readonly type: 'announced'; readonly text: string }
  | { readonly type: 'focused'; readonly id: string };

export function reduce(state: PageState, action: Action): PageState {
  switch (action.type) {
    case 'loaded':
      return loaded(state, action.view, action.edited);
    case 'loadFailed':
      return { ...state, loadFailure: action.failure };
    case 'typed':
      return {
        ...state,
        values: state.values.with(action.input, action.value),
        drafts: without(state.drafts, action.input),
      };
    case 'drafted':
      return { ...state, drafts: { ...state.drafts, [action.input]: action.problem } };
    case 'filled':
      return { ...state, values: action.values, drafts: {}, fills: state.fills + 1 };
    case 'cleared':
      return {
        ...withoutRun(state),
        values: state.view?.inputs.map(emptyValue) ?? [],
        drafts: {},
        fills: state.fills + 1,
        run: { phase: 'none' },
      };
    case 'started':
      return started(state, action.at);
    case 'status':
      return state.run.phase === 'running' ? { ...state, run: { ...state.run, status: action.text } } : state;
    case 'partial':
      return state.run.phase === 'running' ? { ...state, run: { ...state.run, outputs: action.outputs } } : state;
    case 'stopping':
      return state.run.phase === 'running' ? { ...state, run: { ...state.run, stopping: true } } : state;
    case 'ended':
      return ended(state, action.result);
    case 'flag':
      return { ...state, flags: [...state.flags.filter((flag) => !sameFlag(flag, action.flag)), action.flag] };
    case 'spool':
      return { ...state, spool: action.spool };
    case 'spoolEmptied':
      return { ...state, flags: state.flags.map(recorded) };
    case 'auto':
      return { ...state, autoOn: action.on };
    case 'noted':
      return { ...state, note: action.note };
    case 'corrected':
      return {
        ...state,
        corrected: correctedWith(state, action.output, action.value),
        correctedDrafts: without(state.correctedDrafts, action.output),
      };
    case 'correctionDrafted':
      return { ...state, correctedDrafts: { ...state.correctedDrafts, [action.output]: action.problem } };
    case 'uncorrected':
      return {
        ...state,
        corrected: without(state.corrected, action.output),
        correctedDrafts: without(state.correctedDrafts, action.output),
        uncorrections: state.uncorrections + 1,
      };
    case 'notice':
      return { ...state, notice: action.failure };
    case 'announced':
      return { ...state, announcement: { text: action.text, count: state.announcement.count + 1 } };
    case 'focused':
      return { ...state, focus: { id: action.id, count: state.focus.count + 1 } };
  }
}

/** The flag of the shown run for an option, or undefined. */
export function flagOf(state: PageState, option: string | null): Flag | undefined {
  const { run } = state;
  if (run.phase !== 'ended') return undefined;
  return state.flags.find((flag) => flag.runId === run.result.id && flag.option === option);
}

/** Whether a flag is recorded, or on its way: a second one would be the same. */
export function isFlagged(flag: Flag | undefined): boolean {
  return flag !== undefined && flag.phase !== 'undone' && flag.phase !== 'failed';
}

/** Whether the shown run left a whole sample that the host still knows. */
export function canFlag({ run }: PageState): boolean {
  return run.phase === 'ended' && run.result.id > 0 && run.result.failure === null && !run.result.stopped;
}

/** Whether the inputs are no longer those of the shown run. */
export function isEdited({ run, values }: PageState): boolean {
  if (run.phase === 'none') return false;
  return run.inputs === null || !equal(run.inputs, values);
}

const nothing: readonly unknown[] = [];

/** What the outputs show. */
export function shownOutputs({ run }: PageState): readonly unknown[] {
  if (run.phase === 'none') return nothing;
  return run.phase === 'running' ? run.outputs : run.result.outputs;
}

function loaded(state: PageState, view: DemoView, edited: boolean): PageState {
  const values = keptValues(state, view);
  const next = { ...state, view, values, loadFailure: null, autoOn: view.flagging.autoOn };
  const spool = { ...state.spool, count: view.spooled };
  const sameInputs = equal(state.view?.inputs, view.inputs);
  const base = { ...next, spool, drafts: sameInputs ? state.drafts : {}, fills: state.fills + (sameInputs ? 0 : 1) };
  const { run } = state;
  if (run.phase === 'running' || (run.phase === 'ended' && run.result.id === view.run?.id)) return base;
  if (view.run === null) return { ...withoutRun(base), run: { phase: 'none' } };
  return withRun(base, view.run, edited ? null : values);
}

/** Typed values stay as long as there is an input of that kind and label. */
function keptValues(state: PageState, view: DemoView): readonly unknown[] {
  const signature = ({ kind, label }: Component) => JSON.stringify([kind, label]);
  const typed = new Map(state.view?.inputs.map((input, index) => [signature(input), state.values[index]]));
  return view.inputs.map((input, index) => {
    const key = signature(input);
    return typed.has(key) ? typed.get(key) : view.values[index];
  });
}

function started(state: PageState, at: number): PageState {
  const run: Run = {
    phase: 'running',
    started: at,
    inputs: state.values,
    outputs: shownOutputs(state),
    status: '',
    stopping: false,
  };
  return { ...withoutRun(state), run };
}

function ended(state: PageState, result: RunView): PageState {
  const inputs = state.run.phase === 'running' ? state.run.inputs : state.values;
  return withRun(state, result, inputs);
}

function withRun(state: PageState, result: RunView, inputs: readonly unknown[] | null): PageState {
  const auto = result.flag;
  const flags: readonly Flag[] = auto
    ? [{ runId: result.id, option: auto.option, request: null, phase: auto.state, view: auto, failure: auto.failure }]
    : [];
  return {
    ...withoutRun(state),
    flags: [...unsettled(state.flags), ...flags],
    run: { phase: 'ended', result, inputs },
  };
}

/** Forgets what belongs to the run that is no longer shown; flags that are not safe yet stay to be seen. */
function withoutRun(state: PageState): PageState {
  return { ...state, flags: unsettled(state.flags), note: '', corrected: {}, correctedDrafts: {} };
}

function unsettled(flags: readonly Flag[]): readonly Flag[] {
  return flags.filter(({ phase }) => phase !== 'flagged' && phase !== 'undone');
}

function correctedWith(state: PageState, output: number, value: unknown): PageState['corrected'] {
  const asReturned = equal(shownOutputs(state)[output], value);
  return asReturned ? without(state.corrected, output) : { ...state.corrected, [output]: value };
}

/** The host can take back only what it recorded at once. */
function recorded(flag: Flag): Flag {
  if (flag.phase !== 'spooled' || !flag.view) return flag;
  return { ...flag, phase: 'flagged', failure: null, view: { ...flag.view, state: 'flagged', canUndo: false } };
}

function sameFlag(one: Flag, other: Flag): boolean {
  return one.runId === other.runId && one.option === other.option;
}

function without<T>(record: Readonly<Record<number, T>>, key: number): Readonly<Record<number, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => Number(name) !== key));
}

/** The messages between a demo panel's host half and its page. */
import type { Component } from '../core/demo/components';
import type { FlaggingMode, FlaggingOption } from '../core/demo/definition';
import type { FileData } from '../core/demo/fileData';
import type { Failure } from './envelope';

/** What the page draws. It holds no path that the host would trust back: files go by the tokens of `PageFile`. */
export interface DemoView {
  readonly title: string;
  /** Markdown, sanitised by the page. */
  readonly description: string;
  readonly article: string;
  readonly inputs: readonly Component[];
  readonly additionalInputs: number;
  readonly outputs: readonly Component[];
  /** What each input shows at first: restored, or the component's default. */
  readonly values: readonly unknown[];
  readonly examples: readonly (readonly unknown[])[];
  readonly live: boolean;
  readonly flagging: FlaggingView;
  /** Why nothing can be run now ("This workspace is not trusted…"), or null. */
  readonly blocked: Blocked | null;
  /** Problems of the definition that still let it run, or that keep it from running. */
  readonly problems: readonly ViewProblem[];
  /** The last run's outputs, when the page was hidden meanwhile. */
  readonly run: RunView | null;
  /** Samples whose callback failed and that wait to be recorded. */
  readonly spooled: number;
  /** The page keeps this with `setState` as `{ restore }`, so that a reload of the window brings the demo back. */
  readonly restore?: unknown;
}

export interface Blocked {
  readonly reason: string;
  /** Caption of the button that helps ("Manage Workspace Trust"), or empty. */
  readonly action: string;
}

export interface ViewProblem {
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** 1-based line in the definition. */
  readonly line: number;
}

export interface FlaggingView {
  readonly mode: FlaggingMode;
  readonly options: readonly FlaggingOption[];
  /** The flagging directory as a person reads it, relative to the workspace. */
  readonly directory: string;
  /** In auto mode: whether runs are being recorded; the person may stop it. */
  readonly autoOn: boolean;
}

/** A finished or failed run. */
export interface RunView {
  readonly id: number;
  readonly outputs: readonly unknown[];
  readonly failure: Failure | null;
  readonly seconds: number;
  /** Whether the person ended it: its outputs are not the function's last word and cannot be flagged. */
  readonly stopped?: boolean;
  /** Set when an auto flag was recorded, or failed. */
  readonly flag: FlagView | null;
}

export interface FlagRequest {
  readonly runId: number;
  /** `value` of the option; null for the lone button. */
  readonly option: string | null;
  readonly note: string;
  /** Corrected payload per output index; absent outputs were right. */
  readonly corrected: Readonly<Record<number, unknown>>;
}

/** The state of one flag. */
export interface FlagView {
  readonly id: string;
  readonly runId: number;
  readonly option: string | null;
  readonly state: 'flagged' | 'undone' | 'spooled';
  /** Log file as a person reads it. */
  readonly log: string;
  readonly rows: number;
  /** False where the callback is not ours and cannot take a row back. */
  readonly canUndo: boolean;
  /** Why it was spooled. */
  readonly failure: Failure | null;
}

/** What the page may ask of the host. */
export interface DemoHost {
  /** First call of a page, and after it was hidden. */
  view(): DemoView;
  /** Starts a file that follows in chunks. @returns its upload id */
  beginUpload(input: number, name: string, mimeType: string, size: number): number;
  uploadChunk(upload: number, bytes: ArrayBuffer): void;
  /** @returns FileData whose `path` is a token of the host and whose `url` the page may show */
  endUpload(upload: number): FileData;
  /** Remembers what was typed, for a reload. */
  saveInputs(values: readonly unknown[]): void;
  submit(values: readonly unknown[]): RunView;
  stop(): void;
  clear(): void;
  flag(request: FlagRequest): FlagView;
  undoFlag(id: string): FlagView;
  retrySpooled(): number;
  openLog(id: string): void;
  setAutoFlag(on: boolean): void;
  /** Opens a link of sanitised Markdown or HTML after the host has asked. */
  openLink(url: string): void;
  /** Saves an output file where the person chooses. */
  saveFile(path: string): void;
  /** The button of `Blocked`, "Open Definition" and "Show Log". */
  act(action: 'unblock' | 'openDefinition' | 'showLog' | 'saveDefinition'): void;
}

/** What the host tells the page. */
export interface DemoPage {
  partial(outputs: readonly unknown[]): void;
  status(text: string): void;
  /** The definition, trust or settings changed: ask `view()` again; typed values stay. */
  changed(): void;
  /** Fills the inputs with those of a flagged sample. */
  fillInputs(values: readonly unknown[]): void;
  /** A command of the palette acts on the page as a person would. */
  perform(action: 'submit' | 'clear' | 'stop' | 'flag', option: string | null): void;
}

import type { SaverTarget } from '../hub/saver/types';
import type { Json } from '../json';
import type { Component } from './components';

/** A function in a file: the function or the export of that name. Paths are absolute. */
export interface CodeReference {
  readonly type: 'python' | 'javascript';
  readonly file: string;
  readonly name: string;
}

/** The built-in text classifier, trained on a dataset or read from a `model.json`. */
export interface ClassifierReference {
  readonly type: 'classifier';
  /** Absolute. */
  readonly file: string;
  /** Columns of the dataset; guessed when undefined. */
  readonly text?: string | undefined;
  readonly label?: string | undefined;
}

/** What a demo calls. */
export type FunctionReference = CodeReference | ClassifierReference | { readonly type: 'http'; readonly url: string };

export type FlaggingMode = 'manual' | 'auto' | 'never';

/** `label` is the caption of the button, `value` what the log records; null is the lone *Flag* button without options. */
export interface FlaggingOption {
  readonly label: string;
  readonly value: string | null;
}

export type LogFormat = 'guide' | 'gradio-4' | 'gradio-6';

/** A demo definition with every default applied: what the panel, the terminal and the loggers work from. */
export interface Demo {
  /** Absolute path of the `*.demo.json`, or of the source file of a demo without a file. */
  readonly source: string;
  /** Relative paths of the definition start here. */
  readonly baseDir: string;
  readonly title: string;
  readonly description: string;
  readonly article: string;
  readonly fn: FunctionReference;
  /** Main inputs, then `additionalInputs`: the order in which the function takes them and the log lists them. */
  readonly inputs: readonly Component[];
  /** How many of `inputs`, counted from the end, are the folded *Additional inputs*. */
  readonly additionalInputs: number;
  readonly outputs: readonly Component[];
  /** Each has one payload per input, or fewer; media are FileData with absolute paths. */
  readonly examples: readonly (readonly Json[])[];
  readonly live: boolean;
  readonly flaggingMode: FlaggingMode;
  readonly flaggingOptions: readonly FlaggingOption[];
  /** As the definition gives it (default `flagged`; `.gradio/flagged` for "gradio-6"). Relative to `baseDir`. */
  readonly flaggingDir: string;
  /**
   * `CSVLogger` (default), `SimpleCSVLogger`, `ClassicCSVLogger`, `file.mjs:Export`, the name another extension registered,
   * or the repository that flags go to as well.
   */
  readonly flaggingCallback: string | SaverTarget;
  readonly logFormat: LogFormat;
}

/** Something wrong in a definition, with its place; offsets count UTF-16 units, lines and columns from 0. */
export interface Problem {
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

export type DemoResult =
  | { readonly demo: Demo; readonly problems: readonly Problem[] }
  | { readonly demo?: never; readonly problems: readonly Problem[] };

/** Inputs then outputs: the columns of the flag log. */
export function loggedComponents(demo: Pick<Demo, 'inputs' | 'outputs'>): readonly Component[] {
  return [...demo.inputs, ...demo.outputs];
}

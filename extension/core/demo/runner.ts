import type { Component } from './components';

/** What a call reports on its way. */
export interface RunEvents {
  /** Ends the call: the worker is stopped when it does not stop by itself. */
  readonly signal?: AbortSignal;
  /** Outputs of a generator so far, one payload per output component; the last partial equals the final result. */
  readonly onPartial?: (outputs: readonly unknown[]) => void;
  /** A sentence on what takes time now, "Starting Python 3.11…" or "Loading model.py…"; empty when it is the call itself. */
  readonly onStatus?: (status: string) => void;
}

/** The signature a function has, as far as its worker can tell. */
export interface FunctionDescription {
  readonly name: string;
  readonly doc: string;
  readonly parameters: readonly ParameterDescription[];
  readonly returns: TypeDescription;
}

export interface ParameterDescription {
  readonly name: string;
  readonly type: TypeDescription;
  /** A JSON-serialisable default, when there is one. */
  readonly default?: unknown;
}

/** A type annotation, reduced to what decides on a component. */
export type TypeDescription =
  | {
      readonly type:
        | 'str'
        | 'int'
        | 'float'
        | 'bool'
        | 'path'
        | 'pil'
        | 'numpy'
        | 'dataframe'
        | 'dict'
        | 'list'
        | 'none'
        | 'unknown';
    }
  | { readonly type: 'literal'; readonly values: readonly (string | number)[] }
  /** Value and name of each member; the function is given the member. */
  | {
      readonly type: 'enum';
      readonly name: string;
      readonly members: readonly (readonly [name: string, value: string | number])[];
    }
  | { readonly type: 'list_of'; readonly item: TypeDescription }
  /** `dict[str, float]`: a label with confidences. */
  | { readonly type: 'confidences' }
  | { readonly type: 'tuple'; readonly items: readonly TypeDescription[] }
  | { readonly type: 'optional'; readonly item: TypeDescription };

/**
 * Runs the function of one demo. A model is loaded once and kept between calls; calls are answered one after the other.
 * Failures that a person can mend are thrown as `ExpectedError`, with the traceback in `details`.
 */
export interface Runner {
  /** Loads the function and tells its signature. */
  describe(events?: RunEvents): Promise<FunctionDescription>;
  /**
   * @param inputs one payload per input component; FileData carry absolute paths
   * @returns one payload per output component; new media are FileData in the runner's media directory
   */
  run(inputs: readonly unknown[], events?: RunEvents): Promise<readonly unknown[]>;
  dispose(): Promise<void>;
}

/** The components a runner converts values for. */
export interface RunnerComponents {
  readonly inputs: readonly Component[];
  readonly outputs: readonly Component[];
}

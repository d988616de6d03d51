import type { LoggedComponent } from '../../flagging/types';
import type { Component } from '../components';

/** The export of a module. */
interface Target {
  readonly id: number;
  readonly file: string;
  readonly name: string;
}

export interface RunRequest extends Target {
  readonly op: 'run';
  readonly inputs: readonly unknown[];
  readonly inputComponents: readonly Component[];
  readonly outputComponents: readonly Component[];
  readonly mediaDir: string;
}

export interface PredictRequest extends Target {
  readonly op: 'predict';
  readonly texts: readonly string[];
}

/** What a flagging callback is set up with; a worker that was started again is told it anew. */
export interface CallbackTarget extends Target {
  readonly components: readonly LoggedComponent[];
  readonly flaggingDir: string;
}

export interface FlagRequest extends CallbackTarget {
  readonly op: 'callback.flag';
  readonly data: readonly unknown[];
  readonly flagOption: string | null;
  readonly username: string | null;
}

/** What the worker is asked. */
export type Request =
  | RunRequest
  | PredictRequest
  | FlagRequest
  | (Target & { readonly op: 'describe' })
  | (CallbackTarget & { readonly op: 'callback.setup' });

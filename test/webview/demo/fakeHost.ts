import type { DemoHost, DemoView, FlagView, RunView } from '../../../extension/protocol/demo';
import { RemoteError, type Remote } from '../../../extension/protocol/rpc';

export const calculator: DemoView = {
  title: 'Calculator',
  description: 'Adds and *more*.',
  inputs: [
    { kind: 'number', label: 'num1' },
    {
      kind: 'radio',
      label: 'operation',
      choices: [
        ['add', 'add'],
        ['subtract', 'subtract'],
      ],
    },
    { kind: 'number', label: 'num2', maximum: 100 },
  ],
  additionalInputs: 0,
  outputs: [{ kind: 'number', label: 'Output' }],
  article: '',
  values: [5, 'subtract', 7.5],
  examples: [[45, 'add', 3], [9]],
  live: false,
  flagging: {
    mode: 'manual',
    options: [
      { label: 'Flag as wrong sign', value: 'wrong sign' },
      { label: 'Flag as other', value: 'other' },
    ],
    directory: 'examples/flagged',
    autoOn: false,
  },
  blocked: null,
  problems: [],
  run: null,
  spooled: 0,
  restore: 'file:///calculator.demo.json',
};

export function finished(outputs: readonly unknown[], more: Partial<RunView> = {}): RunView {
  return { id: 1, outputs, failure: null, seconds: 0.5, flag: null, ...more };
}

export function flagged(more: Partial<FlagView> = {}): FlagView {
  return {
    id: 'f1',
    runId: 1,
    option: 'wrong sign',
    state: 'flagged',
    log: 'examples/flagged/logs.csv',
    rows: 1,
    canUndo: true,
    failure: null,
    ...more,
  };
}

export function failure(what: string, next = '', details = ''): RemoteError {
  return new RemoteError({ what, next, details });
}

type Answers = { [K in keyof DemoHost]: (...args: Parameters<DemoHost[K]>) => unknown };

/** A host whose answers a test may set, and which keeps every call. */
export class FakeHost {
  readonly calls: (readonly [method: string, ...args: unknown[]])[] = [];
  readonly answers: Partial<Answers> = {};
  readonly remote: Remote<DemoHost>;
  runs = 0;

  constructor(public view: DemoView = calculator) {
    const standard: Partial<Answers> = {
      view: () => this.view,
      submit: () => finished([-2.5], { id: ++this.runs }),
      flag: ({ option, runId }) => flagged({ option, runId }),
      undoFlag: (id) => flagged({ id, state: 'undone' }),
      retrySpooled: () => 1,
    };
    this.remote = new Proxy({} as Remote<DemoHost>, {
      get:
        (_, method: keyof DemoHost) =>
        async (...args: never[]): Promise<unknown> => {
          this.calls.push([method, ...args]);
          const answer = (this.answers[method] ?? standard[method]) as ((...args: never[]) => unknown) | undefined;
          return await answer?.(...args);
        },
    });
  }

  /** The arguments of every call of a method. */
  callsOf(method: keyof DemoHost): readonly (readonly unknown[])[] {
    return this.calls.filter(([called]) => called === method).map(([, ...args]) => args);
  }
}

/** An answer that a test gives when it likes. */
export function later<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
}

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isRecord } from '../../json';
import type { FunctionDescription } from '../runner';
import { convertOutputs, plain } from '../runners/convertOutputs';
import { MediaFolder } from '../runners/mediaFolder';
import { signaturesIn } from '../signature';
import { Callback } from './callback';
import { CallFailure, failureOf } from './failure';
import { readInputs } from './inputs';
import type { Found, ModuleLoader } from './moduleLoader';
import type { CallbackTarget, FlagRequest, PredictRequest, Request, RunRequest } from './requests';
import { stepsOf } from './steps';
import type { CallEvents } from '../workerServer';

type Callable = (...values: readonly unknown[]) => unknown;

/** Carries out the requests. What the person's code throws becomes a `CallFailure`. */
export class Calls {
  private callback: Callback | undefined;

  constructor(private readonly modules: ModuleLoader) {}

  async perform(request: Request, events: CallEvents): Promise<unknown> {
    await this.load(request.file, events);
    switch (request.op) {
      case 'describe':
        return this.describe(request.file, request.name);
      case 'run':
        return this.run(request, events);
      case 'predict':
        return this.predict(request);
      case 'callback.setup':
        await this.callbackOf(request);
        return null;
      case 'callback.flag':
        return this.flag(request);
    }
  }

  private async load(file: string, events: CallEvents): Promise<void> {
    if (await this.modules.isCurrent(file)) return;
    this.callback = undefined;
    await events.status(`Loading ${basename(file)}…`);
    await guarded(`${basename(file)} could not be loaded:`, false, () => this.modules.load(file));
    await events.status('');
  }

  private async describe(file: string, name: string): Promise<FunctionDescription> {
    const declared = this.callable(name).length;
    const signature = signaturesIn(await readFile(file, 'utf8'), 'javascript').findLast((item) => item.name === name);
    const names =
      signature?.parameters.filter(({ kind }) => kind === 'positional').map((parameter) => parameter.name) ??
      Array.from({ length: declared }, (_, index) => `input ${index}`);
    const type = { type: 'unknown' } as const;
    return { name, doc: '', parameters: names.map((parameter) => ({ name: parameter, type })), returns: type };
  }

  private async run(request: RunRequest, events: CallEvents): Promise<readonly unknown[]> {
    const { name, outputComponents } = request;
    const call = this.callable(name);
    const values = await guarded('The inputs could not be read:', false, () =>
      readInputs(request.inputs, request.inputComponents),
    );
    const media = new MediaFolder(request.mediaDir);
    const convert = (value: unknown): Promise<unknown[]> =>
      guarded('The outputs could not be read:', true, () => convertOutputs(value, outputComponents, name, media));
    const result = await guarded(`${name} threw`, true, () => call(...values));
    const steps = stepsOf(result);
    return steps ? this.stream(steps, name, convert, events) : convert(result);
  }

  /** What the function returns for a list of texts, of whatever shape; the host reads it. */
  private async predict({ name, texts }: PredictRequest): Promise<unknown> {
    const call = this.callable(name);
    const result = await guarded(`${name} threw`, true, () => call(texts));
    return guarded(`What ${name} returned could not be read:`, true, () => plain(withoutTensors(result)));
  }

  private async stream(
    steps: AsyncIterable<unknown>,
    name: string,
    convert: (value: unknown) => Promise<unknown[]>,
    events: CallEvents,
  ): Promise<readonly unknown[]> {
    const iterator = steps[Symbol.asyncIterator]();
    let outputs: readonly unknown[] | undefined;
    for (;;) {
      if (events.signal.aborted) {
        await guarded(`${name} threw`, true, () => iterator.return?.());
        return outputs ?? [];
      }
      const step = await guarded(`${name} threw`, true, () => iterator.next());
      if (step.done && step.value === undefined) break;
      outputs = await convert(step.value);
      await events.partial(outputs);
      if (step.done) break;
    }
    if (outputs) return outputs;
    throw new CallFailure(`${name} is a generator that yielded nothing.`, 'Yield the outputs at least once.', '', true);
  }

  private async flag({ data, flagOption, username, ...target }: FlagRequest): Promise<number> {
    const callback = await this.callbackOf(target);
    return guarded(`${target.name} threw`, true, () => callback.flag(data, flagOption, username));
  }

  /** The callback, set up; a module that was loaded anew makes a new one. */
  private async callbackOf(target: CallbackTarget): Promise<Callback> {
    this.callback ??= await guarded(`${target.name} could not be set up:`, true, async () => {
      const callback = new Callback(target.name, this.modules.find(target.name).value);
      await callback.setup(target.components, target.flaggingDir);
      return callback;
    });
    return this.callback;
  }

  private callable(name: string): Callable {
    const { value, owner } = asExpected(() => this.modules.find(name));
    if (typeof value === 'function')
      return (...values) => Reflect.apply<unknown, readonly unknown[], unknown>(value as Callable, owner, values);
    throw new CallFailure(`${name} is no function but a value of type ${typeof value}.`, '', '', false);
  }
}

/** Tensors of Transformers.js and TensorFlow.js as arrays. */
function withoutTensors(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTensors);
  if (!isRecord(value)) return value;
  const method = value.tolist ?? value.arraySync;
  return typeof method === 'function'
    ? Reflect.apply<unknown, readonly unknown[], unknown>(method as Callable, value, [])
    : value;
}

function asExpected(find: () => Found): Found {
  try {
    return find();
  } catch (error) {
    throw failureOf(error, 'The export could not be read:', false);
  }
}

async function guarded<T>(doing: string, byFunction: boolean, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw failureOf(error, doing, byFunction);
  }
}

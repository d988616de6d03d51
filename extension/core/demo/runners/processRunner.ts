import { ExpectedError } from '../../errors';
import type { CodeReference } from '../definition';
import type { FunctionDescription, RunEvents, Runner, RunnerComponents } from '../runner';
import { isFunctionDescription } from './functionDescription';
import type { WorkerClient } from './workerClient';

/** Runs a function in a worker process, of Python or JavaScript alike. */
export class ProcessRunner implements Runner {
  constructor(
    private readonly fn: CodeReference,
    private readonly components: RunnerComponents,
    private readonly worker: WorkerClient,
    private readonly mediaDir: string,
  ) {}

  async describe(events: RunEvents = {}): Promise<FunctionDescription> {
    const { file, name } = this.fn;
    const description = await this.worker.call({ op: 'describe', file, name }, events);
    if (!isFunctionDescription(description)) throw unexpected();
    return description;
  }

  async run(inputs: readonly unknown[], events: RunEvents = {}): Promise<readonly unknown[]> {
    const { inputs: inputComponents, outputs: outputComponents } = this.components;
    if (inputs.length !== inputComponents.length)
      throw new ExpectedError(`The demo has ${inputComponents.length} inputs, but ${inputs.length} were given.`);
    const { file, name } = this.fn;
    const request = { op: 'run', file, name, inputs, inputComponents, outputComponents, mediaDir: this.mediaDir };
    const outputs = await this.worker.call(request, events);
    if (!Array.isArray(outputs) || outputs.length !== outputComponents.length) throw unexpected();
    return outputs as readonly unknown[];
  }

  dispose(): Promise<void> {
    return this.worker.dispose();
  }
}

function unexpected(): Error {
  return new Error('The worker gave an answer of an unexpected shape.');
}

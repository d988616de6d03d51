import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import type { Component } from '../components';
import type { ClassifierReference } from '../definition';
import type { FunctionDescription, RunEvents, Runner, RunnerComponents } from '../runner';
import { convertValues } from './convertOutputs';
import { isFunctionDescription } from './functionDescription';
import { MediaFolder } from './mediaFolder';
import type { WorkerClient } from './workerClient';

interface Confidence {
  readonly label: string;
  readonly confidence: number;
}

/** Runs the built-in classifier in a process of its own, which trains it on the first call and when its file changes. */
export class ClassifierRunner implements Runner {
  constructor(
    private readonly fn: ClassifierReference,
    private readonly components: RunnerComponents,
    private readonly worker: WorkerClient,
    private readonly mediaDir: string,
  ) {}

  async describe(events: RunEvents = {}): Promise<FunctionDescription> {
    const description = await this.worker.call({ op: 'describe', model: this.fn }, events);
    if (!isFunctionDescription(description)) throw unexpected();
    return description;
  }

  async run(inputs: readonly unknown[], events: RunEvents = {}): Promise<readonly unknown[]> {
    const confidences = await this.worker.call({ op: 'predict', model: this.fn, text: textOf(inputs) }, events);
    if (!Array.isArray(confidences) || !confidences.every(isConfidence)) throw unexpected();
    const { outputs } = this.components;
    const values = outputs.map((output) => valueFor(output, confidences));
    return convertValues(values, outputs, new MediaFolder(this.mediaDir));
  }

  dispose(): Promise<void> {
    return this.worker.dispose();
  }
}

function textOf(inputs: readonly unknown[]): string {
  const [text] = inputs;
  if (inputs.length === 1 && (typeof text === 'string' || typeof text === 'number')) return String(text);
  if (inputs.length === 1 && text === null) return '';
  throw new ExpectedError('The classifier takes one text.', 'Give the demo one input, a textbox.');
}

/** A component that cannot show confidences gets the name of the most probable class. */
function valueFor({ kind }: Component, confidences: readonly Confidence[]): unknown {
  const best = confidences.reduce((one, other) => (other.confidence > one.confidence ? other : one));
  return kind === 'label' || kind === 'json' ? { label: best.label, confidences } : best.label;
}

function isConfidence(value: unknown): value is Confidence {
  return isRecord(value) && typeof value.label === 'string' && typeof value.confidence === 'number';
}

function unexpected(): Error {
  return new Error('The worker gave an answer of an unexpected shape.');
}

import { basename } from 'node:path';
import { predictProba } from '../../labels/classifier';
import type { ClassifierReference } from '../definition';
import type { FunctionDescription } from '../runner';
import type { CallEvents, WorkerCall } from '../workerServer';
import { TrainedClassifier, type Trained } from './trained';

/** What the process is asked in which classifiers are trained. */
export type ClassifierRequest = WorkerCall & { readonly model: ClassifierReference } & (
    { readonly op: 'describe' } | { readonly op: 'predict'; readonly text: string }
  );

/** Carries out the requests of one demo. */
export class ClassifierCalls {
  private readonly trained = new TrainedClassifier();

  async perform(request: ClassifierRequest, events: CallEvents): Promise<unknown> {
    const { signal } = events;
    const trained = await this.trained.of(request.model, { signal, onStatus: (text) => void events.status(text) });
    return request.op === 'describe' ? describe(request.model, trained) : confidences(trained, request.text);
  }
}

function describe({ file }: ClassifierReference, { columns, summary }: Trained): FunctionDescription {
  return {
    name: basename(file).replace(/\.[^.]+$/, ''),
    doc: summary(),
    parameters: [{ name: columns.text, type: { type: 'str' } }],
    returns: { type: 'confidences' },
  };
}

function confidences({ classifier }: Trained, text: string) {
  const { data } = predictProba(classifier, [text]);
  return classifier.classes.map((label, index) => ({ label, confidence: data[index] ?? 0 }));
}

import { basename } from 'node:path';
import { createWorker, type WorkerServices } from '../../demo/runners/createRunner';
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import { finishPredProbs } from './finishPredProbs';
import type { ModelOptions } from './modelPredProbs';
import { readPredictions } from './predictions';
import { RowCollector } from './rowCollector';
import type { NamedPredProbs } from './types';

/** A scikit-learn pipeline that was saved with joblib, and what it is to be cross-validated on. */
export interface SavedPipeline {
  /** Absolute. */
  readonly joblib: string;
  readonly texts: readonly string[];
  /** Given labels, one a text. */
  readonly labels: readonly string[];
  readonly folds: number;
}

/** Characters of texts that one request to the worker takes. */
const mostCharacters = 1 << 27;

/**
 * Out-of-sample probabilities: `cross_val_predict(clone(pipeline), texts, labels, cv=folds, method='predict_proba')` in
 * the person's interpreter, which needs scikit-learn. The classes are the labels, sorted.
 *
 * Loading a joblib file is running code, like running a Python file: the caller has made sure that the workspace is
 * trusted.
 */
export async function sklearnPredProbs(
  { joblib, texts, labels, folds }: SavedPipeline,
  services: WorkerServices,
  { onStatus, onProgress, signal, ...wanted }: ModelOptions = {},
): Promise<NamedPredProbs> {
  if (texts.reduce((sum, text) => sum + text.length, 0) > mostCharacters)
    throw new ExpectedError('The texts are too many for cross-validation in one piece.', 'Predict them by a function.');
  const source = basename(joblib);
  const pieces: (readonly unknown[])[] = [];
  let received = 0;
  const onPartial = (piece: readonly unknown[]): void => {
    pieces.push(piece);
    received += piece.length;
    onProgress?.(received);
  };
  const events = { onPartial, ...(onStatus ? { onStatus } : {}), ...(signal ? { signal } : {}) };
  const worker = createWorker({ type: 'python', file: joblib }, services);
  try {
    const answer = await worker.call({ op: 'cross_val_predict', file: joblib, texts, labels, folds }, events);
    const { classes, warnings } = answerOf(answer);
    const given = { ...collected(pieces, source), classes, warnings };
    return await finishPredProbs(given, source, { ...wanted, rows: texts.length });
  } finally {
    await worker.dispose();
  }
}

function collected(pieces: readonly (readonly unknown[])[], source: string): Pick<NamedPredProbs, 'predProbs'> {
  const rows = new RowCollector(source);
  for (const piece of pieces) {
    const asked = { count: piece.length, from: rows.count, isNormalized: false, source };
    for (const row of readPredictions(piece, asked)) rows.add(row);
  }
  return rows.finish();
}

function answerOf(answer: unknown): Pick<NamedPredProbs, 'warnings'> & { readonly classes: readonly string[] } {
  const { classes, warnings } = isRecord(answer) ? answer : {};
  if (isTexts(classes) && isTexts(warnings)) return { classes, warnings };
  throw new Error('The worker gave an answer of an unexpected shape.');
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

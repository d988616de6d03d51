import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelPredProbs } from '../../extension/core/dataset/predProbs/modelPredProbs';
import { readPredProbs } from '../../extension/core/dataset/predProbs/readPredProbs';
import { sklearnPredProbs } from '../../extension/core/dataset/predProbs/sklearnPredProbs';
import type { NamedPredProbs } from '../../extension/core/dataset/predProbs/types';
import type { WorkerServices } from '../../extension/core/demo/runners/createRunner';
import { countWords } from '../../extension/core/labels/countMatrix';
import { crossValPredictProba } from '../../extension/core/labels/crossValidation';
import { rowsOf } from '../../extension/core/labels/matrix';
import { silentLog } from '../../extension/core/log';

interface Answer {
  readonly rows: readonly (readonly number[])[];
  readonly classes: readonly string[] | null;
}

/** What `pred_probs.py` says of the pipeline that it saved. */
export interface Pipeline {
  readonly texts: readonly string[];
  readonly labels: readonly string[];
  readonly classes: readonly string[];
  readonly folds: number;
}

export async function readFile(path: string): Promise<Answer> {
  return plain(await readPredProbs(path));
}

/** Through our worker, in the interpreter that has scikit-learn. */
export async function crossValidate(folder: string, one: Pipeline, python: string): Promise<Answer> {
  const joblib = join(folder, 'pipeline.joblib');
  return plain(await sklearnPredProbs({ joblib, ...one }, servicesOf(folder, python)));
}

/** The same model without Python. */
export function crossValidateByOurs({ texts, labels, classes, folds }: Pipeline): Answer {
  const codes = Int32Array.from(labels, (label) => classes.indexOf(label));
  const { predProbs } = crossValPredictProba(countWords(texts), codes, classes.length, { folds });
  return { rows: rowsOf(predProbs), classes };
}

/** A function that asks the saved pipeline, and what it makes of the answer. */
export async function askModel(folder: string, { texts }: Pipeline, python: string, answer: string): Promise<Answer> {
  const source = [
    'import joblib, numpy, pandas',
    'model = joblib.load("pipeline.joblib")',
    'def predict(texts):',
    '    probs = model.predict_proba(texts)',
    `    return ${answer}`,
  ];
  await writeFile(join(folder, 'model.py'), source.join('\n'));
  const model = { fn: 'model.py:predict', baseDir: folder, texts, batchSize: 32 };
  return plain(await modelPredProbs(model, servicesOf(folder, python)));
}

function servicesOf(folder: string, python: string): WorkerServices {
  return {
    log: silentLog,
    cwd: folder,
    workers: {
      pythonWorker: join(process.cwd(), 'python/worker.py'),
      javascriptWorker: 'none',
      classifierWorker: 'none',
    },
    python: () => Promise.resolve({ path: python, version: '3', origin: 'setting' }),
  };
}

function plain({ predProbs, classes }: NamedPredProbs): Answer {
  return { rows: rowsOf(predProbs), classes };
}

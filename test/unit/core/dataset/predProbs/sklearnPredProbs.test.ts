import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sklearnPredProbs } from '../../../../../extension/core/dataset/predProbs/sklearnPredProbs';
import { rowsOf } from '../../../../../extension/core/labels/matrix';
import { modelBenches, type ModelBench } from './modelBench';

const bench = modelBenches();

/**
 * Packages of these names beside the pipeline, which is where its own modules are found; the real ones take part in the
 * conformance tests. They say how they were called by the probabilities that they give.
 */
const packages = {
  'joblib.py':
    'import json\nclass Pipeline:\n    def __init__(self, names): self.__dict__.update({name: True for name in names})\ndef load(path): return Pipeline(json.load(open(path)))\n',
  'sklearn/__init__.py': '',
  'sklearn/base.py': 'def clone(pipeline):\n    pipeline.cloned = True\n    return pipeline\n',
  'sklearn/model_selection.py': `import warnings
def cross_val_predict(pipeline, texts, labels, cv, method):
    assert pipeline.cloned and method == "predict_proba"
    if cv > 3:
        raise ValueError(f"n_splits={cv} cannot be greater than the number of members in each class.")
    warnings.warn("The least populated class\\n has only 1 member.")
    return [[len(text) / 8, 1 - len(text) / 8] for text in texts]
`,
};

async function pipelineOf(methods: readonly string[], files: Readonly<Record<string, string>> = packages) {
  const made: ModelBench = await bench();
  for (const [name, text] of Object.entries(files)) await made.write(name, text);
  const joblib = await made.write('spam.joblib', JSON.stringify(methods));
  return { ...made, pipeline: { joblib, texts: ['a', 'bb', 'cccc'], labels: ['spam', 'ham', 'spam'], folds: 3 } };
}

describe('a fitted pipeline', () => {
  it('is cloned and cross-validated; its columns are the sorted labels', async () => {
    const { pipeline, services } = await pipelineOf(['fit', 'predict_proba']);
    const { predProbs, classes, warnings } = await sklearnPredProbs(pipeline, services);
    expect(classes).toEqual(['ham', 'spam']);
    expect(rowsOf(predProbs)).toEqual([
      [0.125, 0.875],
      [0.25, 0.75],
      [0.5, 0.5],
    ]);
    expect(warnings).toEqual(['The least populated class has only 1 member.']);
    expect((await sklearnPredProbs(pipeline, services, { classes: ['spam', 'ham'] })).predProbs.data[0]).toBe(0.875);
  });

  it('gives many rows in pieces', async () => {
    const { pipeline, services } = await pipelineOf(['fit', 'predict_proba']);
    const texts = Array.from({ length: 25_000 }, (_, index) => 'x'.repeat(index % 8));
    const labels = texts.map((text) => (text.length > 4 ? 'long' : 'short'));
    const done: number[] = [];
    const options = { onProgress: (rows: number) => done.push(rows) };
    const { predProbs } = await sklearnPredProbs({ ...pipeline, texts, labels }, services, options);
    expect(done).toEqual([10_000, 20_000, 25_000]);
    expect([...predProbs.data.filter((_, index) => index % 2 === 0)]).toEqual(texts.map((text) => text.length / 8));
  });

  it.each([
    ['without predict_proba', ['fit'], 3, /spam\.joblib holds a Pipeline, which predicts no probabilities.*Calibrated/],
    ['with too many folds', ['fit', 'predict_proba'], 4, /cross_val_predict raised ValueError: n_splits=4 cannot be/],
  ])('%s fails', async (_, methods, folds, message) => {
    const { pipeline, services } = await pipelineOf(methods);
    await expect(sklearnPredProbs({ ...pipeline, folds }, services)).rejects.toThrow(message);
  });

  it('needs scikit-learn, and says how it is installed', async () => {
    const { pipeline, services } = await pipelineOf([], {});
    await expect(sklearnPredProbs(pipeline, services)).rejects.toThrow(
      /Cross-validating a pipeline needs the package sklearn\. Install it: .* -m pip install scikit-learn/,
    );
  });

  it('has to be there', async () => {
    const { pipeline, services, folder } = await pipelineOf([]);
    await expect(sklearnPredProbs({ ...pipeline, joblib: join(folder, 'no.joblib') }, services)).rejects.toThrow(
      /There is no file .*no\.joblib/,
    );
  });
});

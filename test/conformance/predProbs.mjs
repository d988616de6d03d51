// Reads the probabilities that numpy, pandas and scikit-learn wrote, and asks a fitted pipeline for its own.
import { join } from 'node:path';

/** The forms in which functions return the probabilities of a pipeline. */
const answers = {
  'an array': 'probs',
  'a data frame': 'pandas.DataFrame(probs, columns=model.classes_)',
  'a list of arrays': 'list(probs)',
  'dicts of numpy numbers': '[dict(zip(model.classes_, row)) for row in probs]',
};

/**
 * @param work an empty folder
 * @param python path of the interpreter
 * @param write runs `pred_probs.py` with arguments; its output
 * @param ours the exports of `predProbs.ts`
 * @returns `{ passed, failures }`
 */
export async function comparePredProbs({ work, python, write, ours }) {
  const { files, pipeline } = JSON.parse(write([work]));
  const result = { passed: 0, failures: [] };
  const compare = async (name, answer, want, tolerance) => {
    const problem = await attempt(async () => difference(await answer(), want, tolerance));
    if (problem === undefined) result.passed++;
    else result.failures.push(`${name}: ${problem}`);
  };
  for (const file of files) await compare(file.name, () => ours.readFile(join(work, file.name)), file, 0);
  const { rows, classes, predicted } = pipeline;
  await compare('cross_val_predict', () => ours.crossValidate(work, pipeline, python), { rows, classes }, 0);
  await compare('our naive Bayes', () => ours.crossValidateByOurs(pipeline), { rows, classes }, 1e-12);
  for (const [name, answer] of Object.entries(answers)) {
    const want = { rows: predicted, classes: /classes_/.test(answer) ? classes : null };
    await compare(`a function with ${name}`, () => ours.askModel(work, pipeline, python, answer), want, 0);
  }
  return result;
}

function difference(have, want, tolerance) {
  if (JSON.stringify(have.classes) !== JSON.stringify(want.classes)) return `${have.classes}, not ${want.classes}`;
  if (have.rows.length !== want.rows.length) return `${have.rows.length} rows, not ${want.rows.length}`;
  for (const [row, values] of want.rows.entries()) {
    const isSame = values.every((value, column) => Math.abs(have.rows[row][column] - value) <= tolerance);
    if (!isSame) return `row ${row} is ${have.rows[row]}, not ${values}`;
  }
  return undefined;
}

async function attempt(compare) {
  try {
    return await compare();
  } catch (error) {
    return error.stack;
  }
}

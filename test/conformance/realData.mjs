// Compares the candidates of real data with cleanlab's, and prints how many of them people confirmed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the project; what is there is described in its README. */
const data = fileURLToPath(new URL('../../../shared/data', import.meta.url));
/** As close as the last bits of logarithms allow. */
const tolerance = 1e-12;

/**
 * @param work an empty directory
 * @param python runs `real_label_errors.py` with arguments; its output
 * @param ours `realData.ts`
 */
export async function compareRealData({ work, python, ours }) {
  if (!existsSync(join(data, 'sms.jsonl'))) return { reason: 'there is no ../shared/data.' };
  const expected = JSON.parse(python([data, work]));
  const sms = ours.messages(data);
  const sets = { sms, '20news': await ours.published(data, '20news'), imdb: await ours.published(data, 'imdb') };
  const result = { passed: 0, failures: [] };
  const check = (title, isRight) => (isRight ? result.passed++ : result.failures.push(title));

  const difference = await ours.difference(sms.predProbs, join(work, 'sms.npy'));
  check(`probabilities of sms differ by ${difference}`, difference <= tolerance);
  for (const [name, set] of Object.entries(sets)) {
    const found = ours.candidatesOf(set);
    for (const [filter, rows] of Object.entries(expected[name]))
      check(`${name}, ${filter}`, JSON.stringify(found[filter]) === JSON.stringify(rows));
    if (name !== 'sms') printPrecision(name, found.prune_by_noise_rate);
  }
  return result;
}

/** A label error is confirmed when fewer than three of five people chose the given label. */
function printPrecision(name, rows) {
  const folder = join(data, 'label-errors');
  const judged = new Map(
    JSON.parse(readFileSync(join(folder, `${name}_mturk.json`), 'utf8')).map(({ id, mturk }) => [
      `${id}`,
      mturk.given < 3,
    ]),
  );
  const file = join(folder, `${name}_test_set_index_to_filename.json`);
  const names = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const verdicts = rows
    .map((row) => judged.get(names ? `test/${names[row].replace(/\.txt$/, '')}` : `${row}`))
    .filter((verdict) => verdict !== undefined);
  const at = (count) => {
    const confirmed = verdicts.slice(0, count).filter(Boolean).length;
    return `${confirmed} of the first ${Math.min(count, verdicts.length)}`;
  };
  const parts = [10, 20, 50, 100].filter((count) => count < verdicts.length);
  console.log(
    `${name}: ${rows.length} candidates, confirmed by people: ${[...parts, verdicts.length].map(at).join(', ')}`,
  );
}

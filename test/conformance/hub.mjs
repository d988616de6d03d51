// The Hub of our tests, as the real `huggingface_hub` and `datasets` find it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { numbersLoad } from './hubNumbers.mjs';
import { startPeer } from './hubPeer.mjs';
import { dividedLoad, loadedByPython, pulledAndPushed, typedLoad } from './hubPushed.mjs';
import { trickyTexts as texts } from './hubSamples.mjs';

/**
 * @param python an interpreter with `datasets`
 * @param work an empty folder
 * @param ours what `hub.ts` exports
 * @param random of `samples.mjs`
 * @param count of random datasets
 * @returns `{ passed, failures }`
 */
export async function compareHub({ python, work, ours, random, count }) {
  const { startHub, testTokens } = ours;
  // Small pages and parts, so that small repositories have several of them.
  const hub = await startHub({ pageSize: 5, multipartFrom: 1000, partBytes: 700 });
  const home = join(work, 'home');
  mkdirSync(home, { recursive: true });
  const { ask, stop } = startPeer({ python, url: hub.url, token: testTokens.write, home });
  const result = { passed: 0, failures: [] };
  const check = (title, actual, expected) => {
    if (isDeepStrictEqual(actual, expected)) result.passed++;
    else result.failures.push(`${title}: ${firstDifference(actual, expected)}`);
  };
  try {
    await usedByPython({ hub, ask, check });
    await filledByPython({ hub, ask, check });
    const push = (request) => ours.push(hub.url, work, request);
    const pull = (folder, repo) => ours.pull(hub.url, folder, repo);
    await pulledAndPushed({ hub, ask, check, push, pull, work });
    await dividedLoad({ hub, ask, check, push, work });
    await typedLoad({ ask, check, push, flag: ours.flag, work });
    await numbersLoad({ ask, check, push, pull, work });
    await loadedByPython({ ask, check, push, work, random, count });
  } finally {
    await stop();
    await hub.stop();
  }
  return result;
}

/** Of lists only the items that differ first are shown. */
function firstDifference(actual, expected) {
  if (!Array.isArray(actual) || !Array.isArray(expected)) {
    return `${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
  }
  const count = Math.max(actual.length, expected.length);
  const at = Array.from({ length: count }, (_, at) => at).find((at) => !isDeepStrictEqual(actual[at], expected[at]));
  return `item ${at}: ${firstDifference(actual[at], expected[at])}`;
}

/** `huggingface_hub` does its work, and what the Hub refuses it understands. */
async function usedByPython({ hub, ask, check }) {
  const repo_id = 'ada/used';
  const call = (method, settings) => ask({ ask: 'call', method, arguments: settings });
  const statusOf = async (method, settings) => (await call(method, settings)).status;
  check('whoami', (await call('whoami', {})).result.name, 'ada');
  check('create_repo', await statusOf('create_repo', { repo_id, private: true }), undefined);
  check('create_repo again', await statusOf('create_repo', { repo_id }), 409);
  check('create_repo that may exist', await statusOf('create_repo', { repo_id, exist_ok: true }), undefined);
  check('create_repo of others', await statusOf('create_repo', { repo_id: 'bob/used' }), 403);
  check('an unknown repository', await statusOf('list_repo_files', { repo_id: 'ada/none' }), 404);

  const upload = (path_in_repo, content, settings = {}) =>
    call('upload_file', { repo_id, path_in_repo, content, ...settings });
  const odd = 'data/a#b?c%20d é.txt';
  const large = 'large '.repeat(400);
  await upload(odd, 'regular');
  await upload('large.bin', large);
  await upload('same.bin', large);
  await upload('README.md', '---\nlicense: mit\n---\n');
  const repository = hub.repository(repo_id);
  check('a file', (await repository.read(odd)).toString(), 'regular');
  check('a file in parts', (await repository.read('large.bin')).toString(), large);
  check('parts', hub.requests.filter(({ query }) => query.includes('partNumber')).length, 4);
  const broken = await upload('README.md', '---\na: [\n---\n');
  check('a broken card', [broken, hub.log.at(-1)], [{ invalid: true }, 'POST /api/validate-yaml 400']);

  const head = repository.at().oid;
  await upload('other.txt', 'other');
  check('a stale parent', (await upload('late.txt', 'late', { parent_commit: head })).status, 412);
  await upload('proposed.txt', 'proposed', { create_pr: true });
  check('a pull request', repository.paths('refs/pr/1').includes('proposed.txt'), true);
  await call('create_branch', { repo_id, branch: 'dev/a b' });
  check('a branch again', await statusOf('create_branch', { repo_id, branch: 'dev/a b' }), 409);
  await upload('branch.txt', 'branch', { revision: 'dev/a b' });
  check('a branch', repository.paths('dev/a b').includes('branch.txt'), true);
  await call('delete_file', { repo_id, path_in_repo: 'same.bin' });
  const { result: files } = await call('list_repo_files', { repo_id });
  check('files in pages', files.sort(), ['.gitattributes', 'README.md', odd, 'large.bin', 'other.txt'].sort());
  const { result: commits } = await call('list_repo_commits', { repo_id });
  check(
    'commits',
    commits.map(({ commit_id }) => commit_id),
    repository.history().map(({ oid }) => oid),
  );
}

/** `push_to_hub` writes datasets that `load_dataset` reads. */
async function filledByPython({ hub, ask, check }) {
  const repo = 'ada/filled';
  const features = { text: 'string', label: ['spam', 'ham'], score: 'float64', image: 'image' };
  const rows = texts.map((text, index) => [text, index % 2, index / 8, index * 1000]);
  await ask({ ask: 'push', repo, rows, features });
  await ask({ ask: 'push', repo, rows: rows.slice(3), features, split: 'test' });
  await ask({
    ask: 'push',
    repo,
    rows: rows.slice(5),
    features: { a: 'string', b: 'int64', c: 'float64', d: 'int64' },
    config_name: 'other',
  });
  check('push_to_hub', hub.repository(repo).paths(), [
    '.gitattributes',
    'README.md',
    'data/test-00000-of-00001.parquet',
    'data/train-00000-of-00001.parquet',
    'other/train-00000-of-00001.parquet',
  ]);
  const loaded = await ask({ ask: 'load', repo, config: 'default' });
  check('splits', Object.keys(loaded), ['train', 'test']);
  const withoutImage = (split) => loaded[split].rows.map((row) => row.slice(0, 3));
  check(
    'rows',
    withoutImage('train'),
    rows.map((row) => row.slice(0, 3)),
  );
  check(
    'rows of the other split',
    withoutImage('test'),
    rows.slice(3).map((row) => row.slice(0, 3)),
  );
  check('features', Object.values(loaded.train.features), [
    "Value('string')",
    "ClassLabel(names=['spam', 'ham'])",
    "Value('float64')",
    'Image(mode=None, decode=True)',
  ]);
  check('images', new Set(loaded.train.rows.map((row) => row[3].pixels)).size, rows.length);
}

// Flags into repositories of a Hub with the real `HuggingFaceDatasetSaver` of Gradio and with ours, alone and in turns,
// and compares all files of the repositories; and lets `datasets` load what both wrote into.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { difference } from './compare.mjs';
import { peerEnvironment, startPeer } from './hubPeer.mjs';
import { checkSavedRows, readable } from './savedRows.mjs';

const script = fileURLToPath(new URL('gradio_log.py', import.meta.url));
const layouts = ['gradio', 'gradioDirs'];
/** Who flags the first session, and who the second, on another machine. The others have to leave what the first leave. */
const turns = [
  ['gradio', 'gradio'],
  ['ours', 'ours'],
  ['gradio', 'ours'],
  ['ours', 'gradio'],
];

/**
 * @param python interpreters: of `gradio` 4.44, and of `datasets`
 * @param work an empty folder
 * @param cases of two sessions each
 * @param ours what `saver.ts` exports
 * @returns `{ passed, failures }`
 */
export async function compareSavers({ python, work, cases, ours: { startHub, testTokens, saveCase } }) {
  const hub = await startHub();
  const settings = { url: hub.url, token: testTokens.write, home: join(work, 'home') };
  const writers = {
    gradio: (sessions) => flaggedByGradio(python.gradio, peerEnvironment(settings), sessions),
    ours: (sessions) => Promise.all(sessions.map((one) => attempt(() => saveCase(hub.url, one)))),
  };
  const groups = cases.flatMap((one, number) => layouts.map((layout) => placesOf(one, number, layout)));
  const read = readable(work);
  const result = { passed: 0, failures: [] };
  try {
    for (const session of [0, 1]) await flagged([...groups, read.places].flat(), session, { writers, work });
    for (const group of groups) await compareGroup(group, { hub, work, result });
    await checkLoaded(read, { ...settings, python: python.datasets }, result);
  } finally {
    await hub.stop();
  }
  return result;
}

async function checkLoaded(read, settings, result) {
  const { ask, stop } = startPeer(settings);
  const check = (title, actual, expected) => {
    if (isDeepStrictEqual(actual, expected)) result.passed++;
    else result.failures.push(`${title}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  };
  const fetchFile = async (url) => {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${settings.token}` } });
    return Buffer.from(await answer.arrayBuffer());
  };
  try {
    await checkSavedRows(read, { ask, check, fetchFile });
  } finally {
    await stop();
  }
}

/** A case in one layout, once for each of the turns. Every other case sends its flags one by one. */
function placesOf(one, number, layout) {
  return turns.map((writers) => {
    const name = `${layout}-${number}-${writers.join('-')}`;
    return { ...one, layout, writers, name, together: number % 2 > 0 };
  });
}

/** Lets everybody whose turn it is flag a session. Each place gets the `errors` that it met. */
async function flagged(places, session, { writers, work }) {
  for (const [name, write] of Object.entries(writers)) {
    const own = places.filter((place) => place.writers[session] === name);
    const placed = own.map((place) => ({
      ...{ ...place, repo: `ada/${place.name}`, sessions: [place.sessions[session]] },
      separateDirs: place.layout === 'gradioDirs',
      cwd: join(work, 'machines', String(session), place.name),
    }));
    for (const { cwd } of placed) mkdirSync(cwd, { recursive: true });
    const answers = await write(placed);
    for (const [index, { error }] of answers.entries()) {
      own[index].errors = [...(own[index].errors ?? []), ...(error ? [`${name}: ${error}`] : [])];
    }
  }
}

/** Without blocking this process, whose Hub the other one asks. */
async function flaggedByGradio(python, env, sessions) {
  const child = spawn(python, ['-W', 'ignore', script], { env });
  child.stdin.end(JSON.stringify(sessions));
  const [lines, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const answers = lines.split('\n').filter(Boolean);
  if (answers.length !== sessions.length) throw new Error(`gradio_log.py failed: ${complaints}`);
  return answers.map((line) => JSON.parse(line));
}

/** All files are the same, and so is what the commits of single flags are named. */
async function compareGroup([wanted, ...others], { hub, work, result }) {
  const folderOf = async (place) => {
    const folder = join(work, 'repositories', place.name);
    await dump(hub, place, join(work, 'machines'), folder);
    return folder;
  };
  const expected = await folderOf(wanted);
  for (const place of others) {
    const titles = place.together ? samplesOf(hub, wanted) : samplesOf(hub, place);
    const problem =
      [...wanted.errors, ...place.errors][0] ??
      difference(expected, await folderOf(place)) ??
      (isDeepStrictEqual(titles, samplesOf(hub, wanted))
        ? undefined
        : `commits ${titles}, not ${samplesOf(hub, wanted)}`);
    if (problem === undefined) result.passed++;
    else result.failures.push(`${place.name}: ${problem}`);
  }
}

/**
 * The files of a repository as files of a folder, without what has to differ: the name of the repository; the body of the
 * card, which `huggingface_hub` fills with a form; and the folder of the machine, which stands in what Gradio writes of
 * files inside other values.
 */
async function dump(hub, { name }, machines, folder) {
  const repo = `ada/${name}`;
  const local = new RegExp(`${machines}/\\d/${name}/[\\w./]*/${name}/`, 'g');
  const repository = hub.repositories.get(repo);
  for (const path of repository?.paths() ?? []) {
    const text = (await repository.read(path)).toString('latin1');
    const content = text.replaceAll(local, '').replaceAll(repo, 'ada/flags');
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path === 'README.md' ? frontMatter(content) : content, 'latin1');
  }
}

function frontMatter(card) {
  return /^---\n.*?\n---\n/s.exec(card)?.[0];
}

/** What `Flagged sample #` stands in front of, oldest first: a number that is counted, or the folder of the flag. */
function samplesOf(hub, { name }) {
  const titles = hub
    .repository(`ada/${name}`)
    .history()
    .map(({ title }) => title);
  return titles
    .filter((title) => title.startsWith('Flagged sample #'))
    .map((title) => title.replace(/[\da-f-]{36}$/, '<UUID>'));
}

async function attempt(write) {
  try {
    return { result: await write() };
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
}

// Pushes to a Hub of this machine beside huggingface_hub and datasets, in turn; see hub.ts and hub_peer.py.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { environment } from '../test/conformance/environments.mjs';

const rounds = 3;

/**
 * @param measure runs a command that prints JSON
 * @param ours `hub.ts` as a file that Node.js runs
 * @param mebibytes of the large file; 1024 goes with 5,000 images and 1,000,000 rows
 */
export async function hubPushes({ measure, ours, row, ratio, work, mebibytes }) {
  const { python, reason } = environment('datasets-5.0.1');
  if (reason) console.log(`\nhuggingface_hub and datasets are not measured: ${reason}`);
  const hub = await startHub();
  const env = {
    ...process.env,
    ...{ HF_ENDPOINT: hub.url, HF_TOKEN: hub.tokens.write, HF_HOME: join(work, 'home'), HF_HUB_DISABLE_XET: '1' },
    ...{ HF_HUB_DISABLE_TELEMETRY: '1', HF_HUB_DISABLE_PROGRESS_BARS: '1', DO_NOT_TRACK: '1' },
  };
  const node = (...args) => measure(process.execPath, [ours, ...args], env);
  const peer = (...args) => (python ? measure(python, ['bench/hub_peer.py', ...args], env) : undefined);
  const scale = (full) => Math.ceil((full * mebibytes) / 1024);
  const bench = { hub, node, peer, row, ratio, work };
  try {
    const images = scale(5000);
    const [file, folder] = [join(work, 'large'), join(work, 'many')];
    node('makeFile', file, `${mebibytes}`);
    node('makeImages', folder, `${images}`);
    const one = () => peer('upload_file', join(file, 'data.bin'), repository());
    pushed({ ...bench, title: `One file of ${mebibytes} MiB`, source: file, method: 'upload_file', theirs: one });
    const many = () => peer('upload_folder', folder, repository());
    pushed({ ...bench, title: `${images} images of 60 kB`, source: folder, method: 'upload_folder', theirs: many });
    converted({ ...bench, rows: scale(1_000_000) });
    await pushedAgain({ ...bench, rows: scale(100_000) });
  } finally {
    hub.stop();
  }
}

let repositories = 0;
function repository() {
  return `ada/bench-${repositories++}`;
}

/** Into a new repository each time. */
function pushed({ hub, node, row, ratio, title, source, method, theirs }) {
  const found = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    found.ours.push(node('push', source, hub.url, repository(), 'asIs'));
    found.theirs.push(theirs());
  }
  report(`${title}, s`, found, { row, ratio, us: 'ours, planned and pushed', them: `huggingface_hub.${method}` });
}

function converted({ node, peer, row, ratio, work, rows }) {
  const path = join(work, 'rows.csv');
  node('makeRows', path, `${rows}`);
  const found = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    found.ours.push(node('convert', path, join(work, `parquet-${round}`)));
    found.theirs.push(peer('convert', path, join(work, `peer-${round}.parquet`)));
  }
  const names = { us: 'ours, with the types of the columns', them: 'datasets, from_csv and to_parquet' };
  report(`A CSV of ${rows} rows as Parquet, s`, found, { row, ratio, ...names });
}

/** What goes to the Hub when one cell has changed since the last push, and when none has. */
async function pushedAgain({ hub, node, peer, row, work, rows }) {
  console.log(`\nA CSV of ${rows} rows pushed again, KiB sent`);
  const ours = (format) => (path, repo) => node('push', path, hub.url, repo, format);
  const ways = [
    ['ours, as it is', ours('asIs')],
    ['ours, as Parquet', ours('parquet')],
    ['datasets, push_to_hub', (path, repo) => peer('push_to_hub', path, repo)],
  ];
  for (const [name, push] of ways) {
    const [path, repo] = [join(work, 'again.csv'), repository()];
    node('makeRows', path, `${rows}`);
    await hub.received();
    const sent = [];
    for (const change of [undefined, undefined, 'some TEXT']) {
      if (change) writeFileSync(path, readFileSync(path, 'utf8').replace('some text', change));
      if (push(path, repo) === undefined) break;
      sent.push((await hub.received()).bytes / 1024);
    }
    const [first, none, one] = sent;
    row(`${name}: the first time`, [first]);
    row('… with nothing changed', [none]);
    row('… after one cell changed', [one]);
  }
}

function report(title, { ours, theirs }, { row, ratio, us, them }) {
  const seconds = (of) => of.map((one) => one?.seconds);
  const memory = (of) => of.map((one) => one?.peak_mib);
  console.log(`\n${title}`);
  row(us, seconds(ours));
  row(them, seconds(theirs));
  ratio('theirs / ours', seconds(theirs), seconds(ours));
  row('peak memory, ours, MiB', memory(ours));
  row('peak memory, theirs, MiB', memory(theirs));
}

/** The Hub of the tests as a process of its own, so that its work is in nobody's time. */
async function startHub() {
  const child = spawn(process.execPath, ['dist/test/hub.cjs'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const received = () => {
    child.stdin.write('\n');
    return next();
  };
  return { ...(await next()), received, stop: () => child.stdin.end() };
}

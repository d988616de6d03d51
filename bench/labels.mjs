// Label errors beside cleanlab and scikit-learn, in turn; see labels.ts and labels_peer.py.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '../test/conformance/environments.mjs';

/** Examples and classes of given probabilities. */
const shapes = [
  [10_000, 4],
  [100_000, 10],
  [1_000_000, 10],
  [50_000, 1_000],
];
/** Texts of the size of AG News, as the tutorial on label errors cross-validates them. */
const articles = { rows: 127_600, folds: 16 };
const rounds = 3;

/**
 * @param measure runs a command that prints JSON
 * @param ours `labels.ts` as a file that Node.js runs
 * @param timed runs a program of ours; its seconds and, in MiB, the most memory that it had
 * @param large whether to measure a file of 2 GB as well
 */
export function labelErrors({ measure, ours, timed, row, ratio, work, large }) {
  const { python, reason } = environment('cleanlab-2.9.0');
  if (reason) {
    console.log(`\nLabel errors are not measured: ${reason}`);
    return;
  }
  const node = (...args) => measure(process.execPath, [ours, ...args]);
  const peer = (...args) => measure(python, ['bench/labels_peer.py', ...args]);
  for (const [rows, classes] of shapes) givenProbabilities({ node, peer, row, ratio, work, rows, classes });
  const report = join(work, 'report.json');
  const columns = ['--text', 'text', '--label', 'label'];
  const cli = (data, folds) =>
    timed('dist/cli.cjs', 'label-errors', data, ...columns, '--folds', `${folds}`, '--out', report);
  const issues = () => JSON.parse(readFileSync(report, 'utf8')).candidates.length;
  const texts = { cli, issues, peer, row, ratio };

  const data = join(work, 'articles.csv');
  node('articles', data, `${articles.rows}`);
  wholePipeline({ ...texts, title: `${articles.rows} texts, ${articles.folds} folds`, data, folds: articles.folds });
  const live = Array.from({ length: rounds }, () => node('rerank', data, `${articles.folds}`));
  console.log('\nThe same texts, all in memory, ms');
  row(
    're-ranked after one correction, median',
    live.map(({ rerank_ms }) => rerank_ms),
  );
  row(
    '… the slowest of 25',
    live.map(({ slowest_ms }) => slowest_ms),
  );
  row(
    'cross-validated and found anew',
    live.map(({ anew_ms }) => anew_ms),
  );

  const mails = join(work, 'mails.csv');
  node('mails', mails);
  wholePipeline({ ...texts, title: '6,046 mails of SpamAssassin, 5 folds', data: mails, folds: 5 });
  if (large) growth({ cli, data, work });
}

function givenProbabilities({ node, peer, row, ratio, work, rows, classes }) {
  const directory = join(work, `${rows}x${classes}`);
  mkdirSync(directory);
  peer('generate', directory, `${rows}`, `${classes}`);
  const found = { ours: [], single: [], usual: [] };
  for (let round = 0; round < rounds; round++) {
    found.ours.push(node('find', directory, '3'));
    found.single.push(peer('find', directory, '3', '1'));
    found.usual.push(peer('find', directory, '3', 'default'));
  }
  rmSync(directory, { recursive: true });
  const seconds = (of) => of.map((one) => one.seconds);
  const peak = (of) => of.map(({ peak_mib }) => peak_mib);
  console.log(
    `\nfind_label_issues, ${rows} × ${classes}, s (${found.ours[0].issues} and ${found.single[0].issues} candidates)`,
  );
  row('ours', seconds(found.ours));
  row('cleanlab, n_jobs=1', seconds(found.single));
  row('cleanlab, default', seconds(found.usual));
  ratio('cleanlab n_jobs=1 / ours', seconds(found.single), seconds(found.ours));
  ratio('cleanlab default / ours', seconds(found.usual), seconds(found.ours));
  row('peak memory of the process, ours, MiB', peak(found.ours));
  row('peak memory of the process, cleanlab, MiB', peak(found.single));
}

/** The whole process of ours, from its start, against the peer's time without its imports. */
function wholePipeline({ cli, issues, peer, row, ratio, title, data, folds }) {
  const ours = Array.from({ length: rounds }, () => cli(data, folds));
  const candidates = issues();
  const theirs = [peer('pipeline', data, `${folds}`)];
  console.log(`\nFrom CSV to candidates: ${title}, s (${candidates} and ${theirs[0].issues} candidates)`);
  const seconds = ours.map((one) => one.seconds);
  row('ours, the whole process', seconds);
  row(
    'scikit-learn and cleanlab, without imports',
    theirs.map((one) => one.seconds),
  );
  ratio(
    'theirs / ours',
    seconds.map(() => theirs[0].seconds),
    seconds,
  );
  row(
    'peak memory, ours, MiB',
    ours.map(({ mib }) => mib),
  );
  row(
    'peak memory, theirs, MiB',
    theirs.map(({ peak_mib }) => peak_mib),
  );
}

/** The same texts again and again, up to 2 GB: what grows is four bytes a word and the labels. */
function growth({ cli, data, work }) {
  const text = readFileSync(data);
  const header = text.indexOf(10) + 1;
  const path = join(work, 'large.csv');
  console.log('\nMemory of the whole pipeline by the size of the file');
  for (const times of [1, 10, 100]) {
    const file = openSync(path, 'w');
    writeSync(file, text, 0, header);
    for (let time = 0; time < times; time++) writeSync(file, text, header);
    closeSync(file);
    const { seconds, mib } = cli(path, 5);
    const size = ((text.length * times) / 2 ** 20).toFixed(0);
    console.log(
      `  ${size.padStart(6)} MiB of CSV ${seconds.toFixed(1).padStart(8)} s ${mib.toFixed(0).padStart(8)} MiB`,
    );
  }
  rmSync(path);
}

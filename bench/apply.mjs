// Corrections of a large CSV beside Python's csv module, in turn; see apply.ts and csv_peer.py.
import { spawnSync } from 'node:child_process';
import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const corrections = 1000;
const rounds = 3;

/**
 * @param ours `apply.ts` as a file that Node.js runs
 * @param timed runs a program of ours; its seconds and, in MiB, the most memory that it had
 * @param mebibytes of the CSV
 */
export function applied({ measure, ours, timed, row, ratio, work, mebibytes }) {
  const data = join(work, 'corrected.csv');
  const { rows } = measure(process.execPath, [ours, data, `${mebibytes}`, `${corrections}`]);
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  const copy = join(work, 'peer.csv');
  copyFileSync(data, copy);
  const cli = (...args) => timed('dist/cli.cjs', 'apply', data, ...args);
  const found = { planned: [], ours: [], undone: [], python: [] };
  for (let round = 0; round < rounds; round++) {
    found.planned.push(cli('--dry-run'));
    found.ours.push(cli());
    if (hasPython)
      found.python.push(measure('python3', ['bench/csv_peer.py', 'applyCorrections', copy, `${data}.rows.json`]));
    if (round === 0) checkSame(data, copy, hasPython);
    found.undone.push(cli('--undo'));
  }
  const size = (statSync(data).size / 2 ** 20).toFixed(0);
  console.log(`\n${corrections} corrections of a CSV of ${rows} rows and ${size} MiB, s`);
  const seconds = (of) => of.map((one) => one.seconds);
  row('ours, the whole process', seconds(found.ours));
  row('… of it, reading and planning', seconds(found.planned));
  row('ours, taking it back', seconds(found.undone));
  row("Python's csv, read and written anew", seconds(found.python));
  ratio('Python / ours', seconds(found.python), seconds(found.ours));
  row(
    'peak memory, ours, MiB',
    found.ours.map(({ mib }) => mib),
  );
  row(
    "peak memory, Python's, MiB",
    found.python.map(({ peak_mib }) => peak_mib),
  );
}

/** Both write what the other one does: the rows are quoted as Python quotes them. */
function checkSame(data, copy, hasPython) {
  if (hasPython && spawnSync('cmp', [data, `${copy}.edited`]).status !== 0)
    throw new Error('The corrected files differ.');
}

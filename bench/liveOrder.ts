/**
 * How much sooner a reviewer meets label errors when the order follows the decisions: labels of real texts are turned at
 * random, and a reviewer who knows them decides from the top. Prints one JSON object.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseRecords } from '../extension/core/csv/parse';
import { excel } from '../extension/core/csv/dialect';
import { LocalEngine } from '../extension/core/review/engine/localEngine';
import type { ReviewEngine } from '../extension/core/review/engine/types';
import { estimateOf, type RankedDecision } from '../extension/core/review/precision';
import type { Candidates } from '../extension/core/review/types';
import { builtInSearch, servicesIn } from '../test/builtInSearch';
import { randomness, writeCsv, writeMails } from './texts';

/** Share of the labels of each class that are turned. */
type Noise = (label: string) => number;

const wantedErrors = 100;
const estimatedAt = 200;

interface Turned {
  readonly dataset: string;
  /** The labels that are right. */
  readonly real: readonly string[];
  readonly given: readonly string[];
}

async function turned(source: string, dataset: string, noise: Noise, seed: number): Promise<Turned> {
  const [, ...records] = parseRecords(readFileSync(source, 'utf8'), excel);
  const real = records.map(([, label = '']) => label);
  const classes = [...new Set(real)].sort();
  const random = randomness(seed);
  const given = real.map((label) => {
    if (random() >= noise(label)) return label;
    const others = classes.filter((name) => name !== label);
    return others[Math.floor(random() * others.length)] ?? label;
  });
  await writeCsv(dataset, records.length, (row) => [records[row]?.[0] ?? '', given[row] ?? '']);
  return { dataset, real, given };
}

/** Decisions until the last error that is wanted; undefined when the candidates run out before. */
async function review(engine: ReviewEngine, { real, given }: Turned, first: Candidates, live: boolean) {
  const decided = new Set<number>();
  const decisions: RankedDecision[] = [];
  let { rows } = first;
  let needed: number | undefined;
  let [errors, next] = [0, 0];
  for (let row = rows[0]; row !== undefined && (errors < wantedErrors || decisions.length < estimatedAt);) {
    const isWrong = real[row] !== given[row];
    decided.add(row);
    decisions.push({ rank: decisions.length, decision: isWrong ? 'change' : 'keep', seconds: undefined });
    if (isWrong && ++errors === wantedErrors) needed = decisions.length;
    if (live && isWrong) {
      const reranked = await engine.change([{ row, label: [real[row] ?? ''] }]);
      if (reranked) [rows, next] = [reranked.candidates.rows, 0];
    }
    while (next < rows.length && decided.has(rows[next] ?? 0)) next++;
    row = rows[next];
  }
  return { needed, decisions };
}

async function compare(source: string, noise: Noise, seed: number): Promise<object> {
  const dataset = `${source}.turned.csv`;
  const data = await turned(source, dataset, noise, seed);
  const engine = new LocalEngine(servicesIn(dirname(source)));
  const { candidates } = await engine.find(builtInSearch(dataset), []);
  const frozen = await review(engine, data, candidates, false);
  const live = await review(engine, data, candidates, true);
  rmSync(dataset);
  const isError = Array.from(candidates.rows, (row) => data.real[row] !== data.given[row]);
  const decisions = frozen.decisions.slice(0, estimatedAt);
  const pending = Uint32Array.from(isError.keys()).slice(decisions.length);
  const estimate = estimateOf(decisions, decisions.length, pending, isError.length);
  return {
    records: data.real.length,
    errors: data.real.filter((label, row) => label !== data.given[row]).length,
    candidates: isError.length,
    wrong_candidates: isError.filter(Boolean).length,
    frozen: frozen.needed,
    live: live.needed,
    remaining: estimate.remaining,
    really_remaining: isError.slice(decisions.length).filter(Boolean).length,
  };
}

/** Writes real texts with labels, once. @returns undefined when they are not there */
async function sourceOf(what: string, folder: string): Promise<string | undefined> {
  const path = join(folder, `${what}.csv`);
  const messages = resolve('../shared/data/sms.jsonl');
  if (existsSync(path)) return path;
  if (what === 'mails') await writeMails(path);
  else if (existsSync(messages)) await writeMessages(messages, path);
  else return undefined;
  return path;
}

async function writeMessages(from: string, path: string): Promise<void> {
  const lines = readFileSync(from, 'utf8').trim().split('\n');
  const records = lines.map((line) => JSON.parse(line) as { readonly text: string; readonly label: string });
  await writeCsv(path, records.length, (row) => [records[row]?.text ?? '', records[row]?.label ?? '']);
}

async function main([what = '', folder = '', share = '', only = '', seed = '']: readonly string[]): Promise<object> {
  const source = await sourceOf(what, folder);
  if (source === undefined) return { reason: 'there is no ../shared/data.' };
  return compare(source, (label) => (only === '' || label === only ? Number(share) : 0), Number(seed));
}

void main(process.argv.slice(2)).then((result) => console.log(JSON.stringify(result)));

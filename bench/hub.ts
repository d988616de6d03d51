/**
 * Makes what is measured of pushes, and pushes: prints one JSON object. Bundles are loaded before the time begins, as the
 * peer's imports are.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHubClient } from '../extension/core/hub/client/hubClient';
import type { PushFormat, PushRequest } from '../extension/core/hub/plan/types';
import { isUpToDate } from '../extension/core/hub/plan/types';
import { preparePush } from '../extension/core/hub/push/preparePush';
import { runPush } from '../extension/core/hub/push/runPush';
import { stage } from '../extension/core/hub/staging/stage';
import { silentLog } from '../extension/core/log';

type Parts = Readonly<Record<string, (...args: string[]) => unknown>>;

/** Bytes without a pattern, the same in each run (xorshift32). */
function noise(size: number, seed: number): Buffer {
  const words = new Uint32Array(Math.ceil(size / 4));
  let state = seed + 1;
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return Buffer.from(words.buffer, 0, size);
}

function makeFile(folder: string, mebibytes: string): object {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'data.bin'), 'w');
  for (let part = 0; part < Number(mebibytes); part++) writeSync(file, noise(2 ** 20, part));
  closeSync(file);
  return {};
}

/** Files that are images by name only: a push does not look into them. */
function makeImages(folder: string, count: string): object {
  for (let image = 0; image < Number(count); image++) {
    const inside = join(folder, 'images', `${image % 50}`);
    mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, `${image}.png`), noise(60_000, image));
  }
  return {};
}

function makeRows(path: string, count: string): object {
  const file = openSync(path, 'w');
  writeSync(file, 'id,text,label,score\n');
  for (let row = 0; row < Number(count);) {
    const lines: string[] = [];
    for (const end = Math.min(row + 10_000, Number(count)); row < end; row++) lines.push(line(row, 'some text'));
    writeSync(file, lines.join(''));
  }
  closeSync(file);
  return {};
}

function line(row: number, text: string): string {
  const words = `${text} of a dataset, with a "quoted" word, number ${(row * 7919) % 10_007} in news of the day`;
  return `${row},"${words.replaceAll('"', '""')}",${row % 3 ? 'ham' : 'spam'},${(row % 1000) / 8}\n`;
}

async function push(source: string, endpoint: string, repo: string, format: string): Promise<object> {
  const token = process.env.HF_TOKEN;
  const client = createHubClient({ endpoint, token, log: silentLog, userAgent: 'bench' });
  const folder = await mkdtemp(join(tmpdir(), 'flag-review-bench-hub-'));
  const request: PushRequest = {
    ...{ source, repo: repo as PushRequest['repo'], format: format as PushFormat, visibility: 'private' },
    ...{ branch: undefined, pullRequest: false, splitColumn: undefined, labelColumn: undefined },
    ...{ withReview: false, title: undefined, card: undefined, cardFields: {} },
  };
  try {
    return await timed(async () => {
      const plan = await preparePush(request, client, { folder });
      if (!isUpToDate(plan)) await runPush(plan, client, { journal: join(folder, 'journal') });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads a CSV, finds the types of its columns and writes it as Parquet. */
async function convert(source: string, folder: string): Promise<object> {
  mkdirSync(folder, { recursive: true });
  return timed(() => stage({ source, format: 'parquet', splitColumn: undefined, labelColumn: undefined }, folder));
}

async function timed(work: () => Promise<unknown>): Promise<object> {
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  return { seconds, peak_mib: process.resourceUsage().maxRSS / 1024 };
}

async function main([name = '', ...args]: string[]): Promise<void> {
  const parts: Parts = { makeFile, makeImages, makeRows, push, convert };
  console.log(JSON.stringify(await parts[name]?.(...args)));
}

void main(process.argv.slice(2));

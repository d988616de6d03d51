/** How long the views of 100,000 candidates take, and how a person who knows the truth gets on with real candidates. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { it } from 'vitest';
import { launchChromium } from '../scripts/chromium.mjs';
import { startCodeServer } from '../test/e2e/harness/codeServer';
import { Workbench } from '../test/e2e/harness/workbench';
import { writeManyCandidates, writeMovies, type Judgement } from './reviewed';

const manyCandidates = 100_000;
const keys = 60;
/** Decisions of the simulated reviewer. */
const reviewed = 200;

it('measures the review of many candidates, and how honest it is', async () => {
  const server = await startCodeServer();
  const browser = await launchChromium();
  try {
    const candidates = await writeManyCandidates(path.join(server.workspace, 'many.csv'), manyCandidates);
    const judgement = await writeMovies(path.join(server.workspace, 'movies.csv'));
    const workbench = await Workbench.open(browser, server);
    const tree = await timeTree(workbench);
    await openReview(workbench, 'many.csv');
    const page = await workbench.webviewFrame();
    const presses: number[] = [];
    for (let count = 0; count < keys; count++) presses.push(await timeKey(workbench, page, 'k'));
    const movies = judgement ? await reviewMovies(workbench, judgement) : null;
    const folder = process.env.FLAG_REVIEW_MEASURES;
    if (folder) writeFileSync(path.join(folder, 'review.json'), JSON.stringify({ candidates, tree, presses, movies }));
  } finally {
    await browser.close();
    await server.stop();
  }
}, 900_000);

/** Milliseconds from the view to its pairs, and from a pair to its first candidates. */
async function timeTree(workbench: Workbench): Promise<{ readonly view: number; readonly pair: number }> {
  const { page } = workbench;
  const rows = page.locator('.sidebar .monaco-list-row');
  let start = performance.now();
  await workbench.openView('Flag & Review');
  await rows.filter({ hasText: 'many.csv' }).waitFor();
  await expand(workbench, rows.filter({ hasText: 'many.csv' }));
  const pair = rows.filter({ hasText: 'spam → ham' }).first();
  await pair.waitFor();
  const view = performance.now() - start;
  start = performance.now();
  await expand(workbench, pair);
  await rows.filter({ hasText: 'about the meeting' }).first().waitFor();
  return { view, pair: performance.now() - start };
}

async function expand({ page }: Workbench, row: ReturnType<Workbench['page']['locator']>): Promise<void> {
  if ((await row.getAttribute('aria-expanded')) === 'true') return;
  await row.click();
  await page.keyboard.press('ArrowRight');
}

async function openReview(workbench: Workbench, dataset: string): Promise<void> {
  await workbench.command('View: Close All Editors');
  await workbench.openFile(dataset);
  await workbench.command('Flag & Review: Open Review');
  await workbench.webview().locator('#record-heading').waitFor();
}

/** Milliseconds from a key to a frame in which another record is drawn. */
async function timeKey({ page }: Workbench, frame: Frame, key: string): Promise<number> {
  await frame.evaluate(watchForNext);
  await page.keyboard.press(key);
  return frame.evaluate(() => Reflect.get(globalThis, 'nextRecord') as Promise<number>);
}

/** Runs in the page. */
function watchForNext(): void {
  const heading = (): string => document.querySelector('#record-heading')?.textContent ?? '';
  const before = heading();
  const painted = new Promise<number>((resolve) => {
    const watch = (start: number): void => {
      const look = (): void => {
        if (heading() === before) requestAnimationFrame(look);
        else requestAnimationFrame((now) => resolve(now - start));
      };
      look();
    };
    addEventListener('keydown', () => watch(performance.now()), { once: true, capture: true });
  });
  Reflect.set(globalThis, 'nextRecord', painted);
}

/** Decides as people voted, and compares what the page says with what all votes say. */
async function reviewMovies(workbench: Workbench, judgement: Judgement) {
  await openReview(workbench, 'movies.csv');
  const frame = await workbench.webviewFrame();
  const verdicts: boolean[] = [];
  for (let count = 0; count < reviewed; count++) {
    const number = (await frame.locator('#record-heading').textContent())?.replaceAll(/\D/g, '');
    const isError = judgement(Number(number));
    if (isError !== undefined) verdicts.push(isError);
    await timeKey(workbench, frame, isError === undefined ? 's' : isError ? 'Enter' : 'k');
  }
  const shown = await frame.locator('.estimate p').allTextContents();
  return { shown, errors: verdicts.filter(Boolean).length, decided: verdicts.length };
}

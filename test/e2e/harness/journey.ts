import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../scripts/chromium.mjs';
import type { VscodeServer } from '../../../scripts/startServer.mjs';
import { startCodeServer, type ServerOptions } from './codeServer';
import { artefacts, Workbench } from './workbench';

/** What a journey has: one window, and the server behind it with the workspace on disk. */
export interface Vscode {
  readonly workbench: Workbench;
  readonly server: VscodeServer;
}

/**
 * Declares a test; it fails too when the window's console reports an error meanwhile, other than the messages for people
 * that are `expected`: VS Code logs each error message that it shows.
 */
export type Journey = (name: string, walk: (vscode: Vscode) => Promise<void>, expected?: RegExp) => void;

/**
 * Gives the journeys of a file one VS Code, started before the first and ended after the last.
 *
 * @param options asked for when it starts, so that they may tell of something that was started before
 */
export function openVscode(options: () => ServerOptions = () => ({})): Journey {
  let browser: Browser | undefined;
  let vscode: Vscode | undefined;
  let server: VscodeServer | undefined;
  beforeAll(async () => {
    const started = options();
    server = await startCodeServer(started);
    browser = await launchChromium();
    vscode = { workbench: await Workbench.open(browser, server, started.extension), server };
  });
  afterAll(async () => {
    await vscode?.workbench.close();
    await browser?.close();
    await server?.stop();
  });
  return (name, walk, expected) => {
    it(name, async () => {
      if (!vscode) throw new Error('VS Code did not open.');
      const { problems } = vscode.workbench;
      const before = problems.length;
      try {
        await walk(vscode);
        expect(problems.slice(before).filter((problem) => !expected?.test(problem))).toEqual([]);
      } catch (error) {
        await keepEvidence(name, vscode);
        throw error;
      }
    });
  };
}

/** What VS Code logs of itself when a window is reloaded while its own extensions start. */
const ofReload = /Activating extension vscode\.|Canceled: Canceled|EEXIST.*vscode\.lock/;

/** Error lines in the logs of the extension host and of the extension. */
export function loggedErrors(server: VscodeServer): string[] {
  return Object.entries(server.logs())
    .filter(([file]) => /exthost\d+\/(remoteexthost|flag-review)/.test(file))
    .flatMap(([file, text]) => text.split('\n').map((line) => `${file}: ${line}`))
    .filter((line) => line.includes('[error]') && !ofReload.test(line));
}

/** Keeps a picture and the logs of a failed journey, and closes what it left open for the next one. */
async function keepEvidence(name: string, { workbench, server }: Vscode): Promise<void> {
  const file = `failed-${name.replace(/\W+/g, '-')}`;
  mkdirSync(artefacts, { recursive: true });
  const logs = Object.entries(server.logs()).map(([log, text]) => `--- ${log}\n${text}`);
  const lines = [server.output(), ...logs, '--- console', ...workbench.problems];
  writeFileSync(path.join(artefacts, `${file}.log`), lines.join('\n'));
  if (workbench.page.isClosed()) return;
  await workbench.screenshot(file);
  await workbench.page.keyboard.press('Escape');
}

import type { Page } from 'playwright-core';

const limit = 15_000;

/**
 * Waits until the workbench has written a text into its stored state, where a reload finds it: it writes every few
 * seconds when idle, and not when the page is left.
 */
export async function waitForStored(page: Page, text: string): Promise<void> {
  for (const end = Date.now() + limit; Date.now() < end;) {
    const state = await page.evaluate(readState);
    // The state is JSON in JSON in JSON.
    if (state.replaceAll('\\', '').includes(text)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`The workbench did not store: ${text}`);
}

/** Runs in the page. The database's name ends with a hash, which may begin with a minus. */
async function readState(): Promise<string> {
  const result = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(`IndexedDB: ${request.error?.message ?? 'failed'}`));
    });
  const states: unknown[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    if (!/^vscode-web-state-db-(?!global)/.test(name)) continue;
    const database = await result(indexedDB.open(name));
    states.push(await result(database.transaction('ItemTable').objectStore('ItemTable').getAll()));
    database.close();
  }
  return JSON.stringify(states);
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import type { VscodeServer } from '../../../scripts/startServer.mjs';
import { openPage, type WatchedPage } from './page';
import { waitForStored } from './storedState';
import { themes } from './themes';

const visibleWebview = 'iframe.webview.ready >> visible=true';
const startLimit = 60_000;
/** How long the workbench may take to show what was asked for, before it is asked again, and in all. */
const patience = 5_000;
const limit = 30_000;

/** Where screenshots and logs are kept. */
export const artefacts = path.resolve(import.meta.dirname, '../../../test-results');

/** One VS Code window, by what its user does. */
export class Workbench {
  readonly page: Page;

  private constructor(
    private readonly watched: WatchedPage,
    private readonly server: VscodeServer,
  ) {
    this.page = watched.page;
  }

  static async open(browser: Browser, server: VscodeServer, extension?: string): Promise<Workbench> {
    const watched = await openPage(browser, server.origin, server.workspace, extension);
    const workbench = new Workbench(watched, server);
    await workbench.ready();
    return workbench;
  }

  /** Console errors and page errors so far. */
  get problems(): readonly string[] {
    return this.watched.problems;
  }

  /** The window is drawn seconds before its extensions are loaded and its main thread is free. */
  async ready(): Promise<void> {
    const marks = ['code/didLoadExtensions', 'code/LifecyclePhase/Eventually'];
    await this.page.waitForFunction(
      (names) => names.every((name) => performance.getEntriesByName(name).length > 0),
      marks,
      { timeout: startLimit },
    );
  }

  /** Runs a command by its whole title, category included; one of a longer title may stand before it. */
  async command(title: string): Promise<void> {
    const rows = this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    const row = rows.filter({ has: this.page.locator('.label-name').filter({ hasText: exactly(title) }) });
    // The palette lists what could be run when it opened.
    await this.insist(row, async () => {
      if (await this.inputBox().isVisible()) await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      await this.inputBox().fill(`>${title}`, { timeout: patience });
    });
    await this.insist(row.and(this.page.locator('.focused')), () => this.inputBox().press('ArrowDown'), 100);
    await this.inputBox().press('Enter');
    await row.waitFor({ state: 'detached' });
  }

  /** Does something until its effect shows, as people do: a workbench that is busy or redraws may miss a key or a click. */
  private async insist(effect: Locator, act: () => Promise<unknown>, wait = patience): Promise<void> {
    const end = Date.now() + limit;
    while (!(await effect.first().isVisible())) {
      const late = Date.now() > end;
      try {
        await act();
        await effect.first().waitFor({ timeout: wait });
      } catch (error) {
        if (late) throw error;
      }
    }
  }

  /**
   * Answers an input box, or picks the first match of a quick pick.
   *
   * @param prompt its title or placeholder: the palette that a command came from may still be closing
   */
  async input(prompt: string, text: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget:visible');
    const placeholder = widget.locator(`input[placeholder="${prompt}"]`);
    await widget.locator('.quick-input-title', { hasText: prompt }).or(placeholder).first().waitFor();
    const list = widget.locator('.quick-input-list');
    const isPick = await list.evaluate((element) => getComputedStyle(element).display !== 'none');
    const chosen = list.locator('.monaco-list-row.focused');
    // Entries that come late empty the box again, and no key takes what is not listed yet.
    for (let tries = 0, isTaken = false; !isTaken && tries < 50; tries++) {
      await this.inputBox().fill(text);
      await this.page.waitForTimeout(100);
      isTaken = (await this.inputBox().inputValue()) === text && (!isPick || (await chosen.isVisible()));
    }
    await this.inputBox().press('Enter');
  }

  inputBox(): Locator {
    return this.page.locator('.quick-input-widget:visible input.input');
  }

  /** The line under an input box: its prompt, or why its text is refused. */
  inputMessage(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-message');
  }

  /** Opens a file of the workspace's root by double click in the Explorer. */
  async openFile(name: string): Promise<void> {
    await this.openView('Explorer');
    const label = this.page.locator('.label-name').filter({ hasText: exactly(name) });
    const row = this.page.locator('.explorer-folders-view .monaco-list-row').filter({ has: label });
    // A file that was written before the watcher of the workspace began is not listed by itself.
    await row.waitFor({ timeout: patience }).catch(() => this.command('Refresh Explorer'));
    await this.insist(this.tab(name).and(this.page.locator('.active')), () => row.dblclick({ timeout: patience }));
  }

  /** The tab of an editor or panel, by its accessible name: some builds show a file's ending in an element of its own. */
  tab(label: string): Locator {
    const [whole, first] = [label, `${label}, `].map((text) => JSON.stringify(text));
    return this.page.locator(`.tabs-container .tab:is([aria-label=${whole}], [aria-label^=${first}])`);
  }

  /** A button in the title bar of an editor group. */
  titleAction(label: string): Locator {
    return this.page.locator(`.editor-actions .action-label[aria-label*="${label}"]`);
  }

  /** The page in the visible webview; `index` where several are visible. */
  webview(index = 0): FrameLocator {
    return this.page.locator(visibleWebview).nth(index).contentFrame().frameLocator('#active-frame');
  }

  /** The same as a frame, to evaluate in. */
  async webviewFrame(index = 0): Promise<Frame> {
    await this.webview(index).locator('body').waitFor();
    const outer = await this.page.locator(visibleWebview).nth(index).elementHandle();
    const active = await (await outer.contentFrame())?.waitForSelector('#active-frame');
    const frame = await active?.contentFrame();
    if (!frame) throw new Error('The webview has no page.');
    return frame;
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').locator(this.message(text));
  }

  /** The text of a notification, inside of it. */
  message(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item-message').filter({ hasText: text });
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** Sets settings of the open folder, whose file the workbench watches. */
  settings(more: Readonly<Record<string, unknown>>): void {
    const file = path.join(this.server.workspace, '.vscode', 'settings.json');
    const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...before, ...more }, null, 2));
  }

  /** Switches to a theme of `themes`; an open webview has followed when this returns. */
  async theme(name: string): Promise<void> {
    const classes = themes.get(name);
    if (!classes) throw new Error(`No theme of the tests: ${name}`);
    this.settings({ 'workbench.colorTheme': name });
    await this.page.locator(`.monaco-workbench.${classes.workbench}`).waitFor();
    if ((await this.page.locator(visibleWebview).count()) > 0) {
      await this.webview().locator(`body.${classes.webview}`).waitFor();
    }
    // Colours fade.
    await this.page.waitForTimeout(300);
  }

  /** Shows a view of the activity bar; a click on the one that is shown would hide it. */
  async openView(title: string): Promise<void> {
    const item = this.page.locator(`.activitybar .action-item:has([aria-label^="${title}"])`);
    await this.insist(item.and(this.page.locator('.checked')), () => item.click({ timeout: patience }));
  }

  treeRow(label: string): Locator {
    const name = this.page.locator('.label-name').filter({ hasText: exactly(label) });
    return this.page.locator('.sidebar .monaco-list-row').filter({ has: name });
  }

  /** Picks an entry of a tree row's context menu. */
  async contextMenu(label: string, entry: string): Promise<void> {
    const item = await this.menu(this.treeRow(label), entry);
    await item.click();
    await item.waitFor({ state: 'detached' });
  }

  /** Opens the menu of something. @returns its entry, ready for the mouse */
  async menu(of: Locator, entry: string, button: 'left' | 'right' = 'right'): Promise<Locator> {
    const menu = this.page.locator('.monaco-menu-container:visible');
    const item = menu.locator('.action-item').filter({ hasText: entry });
    await this.insist(item, async () => {
      if (await menu.isVisible()) await this.page.keyboard.press('Escape');
      await of.click({ button, timeout: patience });
    });
    // A menu ignores the mouse in its first 100 ms.
    await this.page.waitForTimeout(200);
    return item;
  }

  /** Saves the editor that is open, once it has something to save. */
  async save(): Promise<void> {
    const tab = this.page.locator('.tabs-container .tab.active');
    await tab.and(this.page.locator('.dirty')).waitFor();
    await this.insist(tab.and(this.page.locator(':not(.dirty)')), () => this.page.keyboard.press('Control+S'));
  }

  /** Waits until a text is where a reload finds it, such as what a webview restores. */
  async stored(text: string): Promise<void> {
    await waitForStored(this.page, text);
  }

  async reload(): Promise<void> {
    await this.watched.leaving(() => this.page.reload({ waitUntil: 'commit' }));
    await this.ready();
  }

  /** Keeps a picture of the window. @returns its file */
  async screenshot(name: string): Promise<string> {
    const file = path.join(artefacts, `${name}.png`);
    mkdirSync(artefacts, { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }

  async close(): Promise<void> {
    await this.watched.leaving(() => this.page.context().close());
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`);
}

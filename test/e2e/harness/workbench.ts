import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import type { VscodeServer } from '../../../scripts/startServer.mjs';
import { openPage, type WatchedPage } from './page';
import { waitForStored } from './storedState';
import { themes } from './themes';

const visibleWebview = 'iframe.webview.ready >> visible=true';
const startLimit = 60_000;

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
    const name = this.page.locator('.label-name').filter({ hasText: exactly(title) });
    const focused = this.page.locator('.focused').filter({ has: name });
    await this.openPalette();
    await this.inputBox().fill(`>${title}`);
    await rows.filter({ has: name }).waitFor();
    while (!(await rows.and(focused).isVisible())) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
    await rows.filter({ has: name }).waitFor({ state: 'detached' });
  }

  private async openPalette(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('F1');
      try {
        await this.inputBox().waitFor({ timeout: 2_000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
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
    await this.inputBox().fill(text);
    await this.page.keyboard.press('Enter');
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
    await row.waitFor({ timeout: 5_000 }).catch(() => this.command('Refresh Explorer'));
    await row.dblclick();
    await this.tab(name).waitFor();
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
    if (!(await item.getAttribute('class'))?.includes('checked')) await item.click();
  }

  treeRow(label: string): Locator {
    const name = this.page.locator('.label-name').filter({ hasText: exactly(label) });
    return this.page.locator('.sidebar .monaco-list-row').filter({ has: name });
  }

  /** Picks an entry of a tree row's context menu. */
  async contextMenu(label: string, entry: string): Promise<void> {
    await this.treeRow(label).click({ button: 'right' });
    const item = this.page.locator('.monaco-menu-container:visible .action-item').filter({ hasText: entry });
    await item.waitFor();
    // A menu ignores the mouse in its first 100 ms.
    await this.page.waitForTimeout(200);
    await item.click();
    await item.waitFor({ state: 'detached' });
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

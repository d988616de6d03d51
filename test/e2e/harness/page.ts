import type { Browser, Page } from 'playwright-core';

/** Errors of the workbench itself: files that this build lacks, hosts that are never looked up, its own extensions, impatience. */
const known =
  /\/vsda|open-vsx\.org|net::ERR_NAME_NOT_RESOLVED|authentication provider 'github'|github-authentication|.vscode\.typescript-language-features. (?:is already registered|failed: Not Found)|Aborted onWillSaveTextDocument-event after/;

const refused = /Content Security Policy|Refused to/;

/** What a page's content security policy refuses, which not every way to refuse reports as an error. */
const violation = 'Content Security Policy violated:';

/** Runs first in every frame. A webview's page is written into a document, and opening that takes its listeners away. */
function reportViolations(prefix: string): void {
  const listen = (): void => {
    addEventListener('securitypolicyviolation', ({ blockedURI, documentURI, effectiveDirective, sample }) => {
      console.error(prefix, effectiveDirective, blockedURI, sample, documentURI);
    });
  };
  listen();
  const open: unknown = Reflect.get(Document.prototype, 'open');
  if (typeof open !== 'function') throw new TypeError('Documents cannot be opened.');
  Reflect.set(Document.prototype, 'open', function (this: Document, ...args: unknown[]): unknown {
    const opened: unknown = Reflect.apply(open, this, args);
    listen();
    return opened;
  });
}

/** A browser page on the workbench, in a context of its own, with what it complains about. */
export interface WatchedPage {
  readonly page: Page;
  /** Console errors and page errors so far. */
  readonly problems: readonly string[];
  /** Does something that ends the page's requests, which it then complains about, unheard. */
  leaving(action: () => Promise<unknown>): Promise<void>;
}

/** Opens a folder of the server. @param extension folder of one that is loaded besides those that are installed */
export async function openPage(
  browser: Browser,
  origin: string,
  folder: string,
  extension?: string,
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems: string[] = [];
  let deaf = false;
  const note = (text: string): void => {
    if (!deaf && !known.test(text)) problems.push(text.slice(0, 600));
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || refused.test(message.text()))
      note(`${message.text()} [${message.location().url}]`);
  });
  page.on('pageerror', (error) => note(`Uncaught ${error.stack ?? error.message}`));
  await page.addInitScript(reportViolations, violation);
  const developed = [['extensionDevelopmentPath', `vscode-remote://${new URL(origin).host}${extension}`]];
  const payload = extension === undefined ? {} : { payload: JSON.stringify(developed) };
  await page.goto(`${origin}/?${new URLSearchParams({ folder, ...payload }).toString()}`);
  const leaving = async (action: () => Promise<unknown>): Promise<void> => {
    deaf = true;
    await action();
    deaf = false;
  };
  return { page, problems, leaving };
}

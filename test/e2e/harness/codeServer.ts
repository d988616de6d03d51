import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quietSettings } from '../../../scripts/quietSettings.mjs';
import { startServer, type VscodeServer } from '../../../scripts/startServer.mjs';
import { darkTheme } from './themes';

const root = path.resolve(import.meta.dirname, '../../..');
const vsix = path.join(root, 'dist/flag-review.vsix');

/** Makes windows the same from run to run, and keeps questions and animations away from the tests. */
const testSettings = {
  ...quietSettings,
  'editor.accessibilitySupport': 'off',
  'editor.cursorBlinking': 'solid',
  // Off on desktops, where most people are; in browsers files save themselves.
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'terminal.integrated.enablePersistentSessions': false,
  'window.confirmBeforeClose': 'never',
  'window.menuBarVisibility': 'classic',
  'workbench.colorTheme': darkTheme,
  'workbench.editor.useModal': 'off',
  'workbench.list.smoothScrolling': false,
  // A webview that takes the focus back would close the palette now and then.
  'workbench.quickOpen.closeOnFocusLost': false,
  'workbench.reduceMotion': 'on',
};

export interface ServerOptions {
  /** Whether every folder is trusted; true by default. */
  readonly trust?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folder of an extension that windows load besides ours. Absolute. */
  readonly extension?: string;
  /** More of the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a VS Code with the packaged extension on a copy of `examples/`, in a bare environment. */
export async function startCodeServer({
  trust = true,
  settings = {},
  env = {},
  extension,
}: ServerOptions = {}): Promise<VscodeServer> {
  if (!existsSync(vsix)) throw new Error('dist/flag-review.vsix is missing. Make it with: npm run package');
  const base = mkdtempSync(path.join(tmpdir(), 'flag-review-e2e-'));
  const folder = (name: string): string => {
    const created = path.join(base, name);
    mkdirSync(created);
    return created;
  };
  const workspace = folder('workspace');
  cpSync(path.join(root, 'examples'), workspace, { recursive: true, filter: (file) => !file.includes('flagged') });
  const server = await startServer({
    workspace,
    vsix,
    trust,
    // Else a release of VS Code takes no extension from its address.
    args: extension === undefined ? [] : ['--enable-smoke-test-driver'],
    settings: { ...testSettings, ...settings },
    // Nothing of the developer's shell reaches the extension host.
    env: { PATH: process.env.PATH, HOME: folder('home'), LANG: 'C.UTF-8', TMPDIR: folder('tmp'), ...env },
    log: (line) => process.stderr.write(`${line}\n`),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { ...server, stop };
}

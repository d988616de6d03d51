import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import * as vscode from 'vscode';
import type { FlagReviewApi } from '../../extension/api';
import { commands } from '../../extension/ids';

const extension = () => {
  const found = vscode.extensions.getExtension<FlagReviewApi>('flag-review.flag-review');
  assert.ok(found);
  return found;
};

/** Every activation reads all of it, and the time goes with its size. What one command needs is a bundle of its own. */
const mostBytes = 550_000;

describe('activation', () => {
  it('loads little', () => {
    const { fsPath } = vscode.Uri.joinPath(extension().extensionUri, 'dist', 'extension.js');
    const { size } = statSync(fsPath);
    assert.ok(size < mostBytes, `dist/extension.js has ${size} bytes. Look at lazyModules in esbuild.config.mjs.`);
  });

  it('gives the public API and registers every command', async () => {
    const api = await extension().activate();
    assert.equal(api.version, 1);
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(commands).filter((id) => !registered.has(id)),
      [],
    );
  });

  it('lets another extension register a flagging callback, once per name', async () => {
    const api = await extension().activate();
    const callback = { setup: () => undefined, flag: () => 1 };
    const registration = api.registerFlaggingCallback('warehouse', () => callback);
    assert.throws(() => api.registerFlaggingCallback('warehouse', () => callback), /registered already/);
    assert.throws(() => api.registerFlaggingCallback('CSVLogger', () => callback), /built-in/);
    assert.throws(() => api.registerFlaggingCallback('a b', () => callback), /no name/);
    registration.dispose();
    api.registerFlaggingCallback('warehouse', () => callback).dispose();
  });
});

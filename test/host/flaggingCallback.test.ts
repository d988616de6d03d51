import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { FlaggingCallback, FlagReviewApi } from '../../extension/api';
import { spoolDirectory } from '../../extension/core/flagging/spoolDirectory';
import { commands } from '../../extension/ids';
import { closeEditors, until, writeWorkspaceFile } from './workspace';

async function api(): Promise<FlagReviewApi> {
  const extension = vscode.extensions.getExtension<FlagReviewApi>('flag-review.flag-review');
  assert.ok(extension);
  return extension.activate();
}

/** Keeps what it is given, unless it is told to fail. */
class Warehouse implements FlaggingCallback {
  failure: Error | undefined;
  attempts = 0;
  labels: readonly (string | undefined)[] = [];
  readonly rows: (readonly unknown[])[] = [];

  setup(components: Parameters<FlaggingCallback['setup']>[0]): void {
    this.labels = components.map(({ label }) => label);
  }

  flag(data: readonly unknown[], option: string | null): number {
    this.attempts++;
    if (this.failure) throw this.failure;
    return this.rows.push([...data, option]);
  }
}

/** Opens a demo that flags through a callback, and runs it as a person would. */
async function runDemo(folder: string, callback: string): Promise<void> {
  await writeWorkspaceFile(
    `${folder}/double.py`,
    `import pathlib\n\ndef double(x: float) -> float:\n    pathlib.Path(__file__).with_name("ran").touch()\n    return 2 * x\n`,
  );
  const definition = {
    fn: 'double.py:double',
    inputs: [{ type: 'number', value: 21 }],
    outputs: ['number'],
    flagging_callback: callback,
  };
  const uri = await writeWorkspaceFile(`${folder}/double.demo.json`, JSON.stringify(definition));
  const marker = vscode.Uri.joinPath(uri, '..', 'ran').fsPath;
  await vscode.commands.executeCommand(commands.openDemo, uri);
  await until(async () => {
    await vscode.commands.executeCommand(commands.submitDemo);
    return existsSync(marker);
  });
}

/** The page flags only once it has the output of the run. */
async function flagUntil(done: () => boolean | Promise<boolean>): Promise<void> {
  await until(async () => {
    await vscode.commands.executeCommand(commands.flagSample);
    return done();
  });
}

async function spooled(): Promise<number> {
  const directory = spoolDirectory(process.env);
  if (!existsSync(directory)) return 0;
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json')).length;
}

describe('a flagging callback of another extension', () => {
  afterEach(closeEditors);

  it('is given the samples of a demo that names it', async () => {
    const warehouse = new Warehouse();
    const contexts: string[] = [];
    const registration = (await api()).registerFlaggingCallback('shelf', ({ demo, flaggingDir }) => {
      contexts.push(`${demo.title} ${vscode.workspace.asRelativePath(flaggingDir)}`);
      return warehouse;
    });
    await runDemo('shelf', 'shelf');
    await flagUntil(() => warehouse.rows.length > 0);
    registration.dispose();
    assert.deepEqual(contexts, ['double shelf/flagged']);
    assert.deepEqual(warehouse.labels, ['x', 'Output']);
    assert.deepEqual(warehouse.rows, [[21, 42, null]]);
  });

  it('loses no sample when it throws: Retry records it', async () => {
    const warehouse = new Warehouse();
    warehouse.failure = new Error('The warehouse is closed.');
    const registration = (await api()).registerFlaggingCallback('closed', () => warehouse);
    await runDemo('closed', 'closed');
    await flagUntil(() => warehouse.attempts > 0);
    await until(async () => (await spooled()) === 1);
    assert.deepEqual(warehouse.rows, []);
    warehouse.failure = undefined;
    await vscode.commands.executeCommand(commands.retryUnrecorded);
    registration.dispose();
    assert.deepEqual(warehouse.rows, [[21, 42, null]]);
    assert.equal(await spooled(), 0);
  });

  it('may be registered after the demo was opened', async () => {
    await runDemo('late', 'late');
    await flagUntil(async () => (await spooled()) === 1);
    const warehouse = new Warehouse();
    const registration = (await api()).registerFlaggingCallback('late', () => warehouse);
    await vscode.commands.executeCommand(commands.retryUnrecorded);
    registration.dispose();
    assert.deepEqual(warehouse.rows, [[21, 42, null]]);
    assert.equal(await spooled(), 0);
  });
});

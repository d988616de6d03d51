import * as path from 'node:path';
import * as vscode from 'vscode';
import { isTablePath } from '../../core/dataset/openTable';
import { ExpectedError, messageOf } from '../../core/errors';
import type { HubClient } from '../../core/hub/client/types';
import type { PullPlan, RemoteDataset, RemoteSplit } from '../../core/hub/pull/types';
import type { FileUpdate, PullUpdate } from '../../core/hub/pull/update';
import { parseRepositoryId } from '../../core/hub/repository';
import { sizeText } from '../../core/sizeText';
import { commands } from '../../ids';
import { registerCommand } from '../commands';
import { readablePath } from '../paths';
import type { Services } from '../services';
import type { HubAccounts } from './hubAccounts';
import { subjectOf } from './hubNodes';
import { filesText } from './hubTexts';
import type { PulledFolders } from './pulledFolders';
import { withBar } from './pushProgress';
import { hostOf } from './signIn';

interface Hub {
  readonly services: Services;
  readonly accounts: HubAccounts;
  readonly pulled: PulledFolders;
}

/** *Open Hub Dataset*, and taking what changed there since. */
export function registerPull(hub: Hub): vscode.Disposable {
  const { errors } = hub.services;
  return vscode.Disposable.from(
    registerCommand(commands.openHubDataset, errors, () => openHubDataset(hub)),
    registerCommand(commands.updateHubDataset, errors, async (clicked) => {
      const folder = subjectOf(clicked, 'pulled')?.folder ?? (await hub.pulled.pick());
      if (folder !== undefined) await updateFolder(hub, folder);
    }),
  );
}

async function openHubDataset(hub: Hub): Promise<void> {
  const { accounts, pulled } = hub;
  const asked = await askForRepository(accounts);
  if (asked === undefined) return;
  const [name = '', revision = 'main'] = asked.trim().split('@');
  const repo = parseRepositoryId(name);
  const client = await accounts.client(await accounts.current());
  const { findRemoteDataset, planPull } = await import('../../core/hub/pull/pulling');
  const looking = vscode.l10n.t('Looking at {0}', repo);
  const dataset = await withBar(looking, ({ signal }) => findRemoteDataset(client, repo, revision, { signal }));
  const splits = dataset && (await pickSplits(dataset));
  const folder = splits && (await pickFolder(repo.split('/')[1] ?? repo));
  if (!dataset || !splits || folder === undefined) return;
  const plan = planPull(client.endpoint, dataset, splits, folder);
  if (!(await download(client, plan))) return;
  await pulled.add(folder);
  await offerNext(plan, splits);
}

function askForRepository(accounts: HubAccounts): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Open Hub Dataset'),
    prompt: vscode.l10n.t('Its owner and name on {0}, and a revision if you like: ada/sms@v1.0', hostOf(accounts)),
    placeHolder: 'ada/sms',
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        parseRepositoryId(text.trim().split('@')[0] ?? '');
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    },
  });
}

/** @returns undefined when the person left */
async function pickSplits({ repo, splits, from }: RemoteDataset): Promise<readonly RemoteSplit[] | undefined> {
  if (splits.length === 1) return splits;
  const items = splits.map((split) => ({
    label: split.config === 'default' ? split.split : `${split.config} / ${split.split}`,
    description: splitText(split),
    picked: split.config === splits[0]?.config,
    split,
  }));
  const converted = vscode.l10n.t('As the Hub converted them to Parquet.');
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Open {0}', repo),
    placeHolder: vscode.l10n.t('Splits to download') + (from === 'converted' ? `. ${converted}` : ''),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen && chosen.length > 0 ? chosen.map(({ split }) => split) : undefined;
}

function splitText({ files }: RemoteSplit): string {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return `${filesText(files.length)} · ${sizeText(bytes)}`;
}

/** A folder of the repository's name in the workspace, or in one that a person chooses. */
async function pickFolder(name: string): Promise<string | undefined> {
  const root = vscode.workspace.workspaceFolders?.[0];
  if (root) return path.join(root.uri.fsPath, name);
  const openLabel = vscode.l10n.t('Download Here');
  const [chosen] =
    (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel })) ?? [];
  return chosen && path.join(chosen.fsPath, name);
}

/** @returns false when it was cancelled; it can be gone on with then */
async function download(client: HubClient, plan: PullPlan): Promise<boolean> {
  const { runPull } = await import('../../core/hub/pull/pulling');
  const isDone = await withBar(vscode.l10n.t('Downloading {0}', plan.repo), async ({ signal, show }) => {
    await runPull(plan, client, {
      signal,
      onWait: (message) => show(message),
      onProgress: (done, bytes) =>
        show(vscode.l10n.t('{0} of {1}', sizeText(done), sizeText(bytes)), bytes === 0 ? 1 : done / bytes),
    });
    return true;
  });
  return isDone === true;
}

/** Offers what is done with a dataset first, on the split that is learned from. */
async function offerNext({ folder, repo }: PullPlan, splits: readonly RemoteSplit[]): Promise<void> {
  const split = splits.find((each) => each.split === 'train') ?? splits[0];
  const table = split?.files.find((file) => isTablePath(file.path));
  if (!table) return;
  const dataset = vscode.Uri.file(path.join(folder, table.path));
  const find = vscode.l10n.t('Find Label Errors');
  const reveal = vscode.l10n.t('Show in Explorer');
  const message = vscode.l10n.t('{0} is in {1}.', repo, readablePath(folder));
  const answer = await vscode.window.showInformationMessage(message, find, reveal);
  if (answer === find) await vscode.commands.executeCommand(commands.findLabelErrors, dataset);
  if (answer === reveal) await vscode.commands.executeCommand('revealInExplorer', dataset);
}

async function updateFolder({ accounts }: Hub, folder: string): Promise<void> {
  const client = await accounts.client(await accounts.current());
  const { findUpdate } = await import('../../core/hub/pull/pulling');
  const title = vscode.l10n.t('Comparing {0} with the Hub', readablePath(folder));
  const update = await withBar(title, ({ signal }) => findUpdate(client, folder, { signal }));
  if (!update) return;
  if (update.files.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} has nothing new.', update.record.repo));
    return;
  }
  if (await confirmUpdate(update)) await download(client, update.plan);
}

async function confirmUpdate({ record, files, plan }: PullUpdate): Promise<boolean> {
  const texts: Readonly<Record<FileUpdate, string>> = {
    changed: vscode.l10n.t('changed on the Hub'),
    added: vscode.l10n.t('new on the Hub'),
    removed: vscode.l10n.t('gone on the Hub, stays here'),
    both: vscode.l10n.t('changed on the Hub and here, stays as it is here'),
  };
  const lines = files.slice(0, 20).map((file) => `${file.path}: ${texts[file.update]}`);
  const more = files.length - lines.length;
  const detail = [...lines, ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : [])].join('\n');
  if (plan.files.length === 0) {
    throw new ExpectedError(
      vscode.l10n.t('Nothing of {0} can be updated without losing your own changes.', record.repo),
      vscode.l10n.t('Pull it into another folder to compare.'),
      detail,
    );
  }
  const take = vscode.l10n.t('Download {0}', sizeText(plan.bytes));
  const question = vscode.l10n.t('Update {0} from the Hub?', record.repo);
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, take)) === take;
}

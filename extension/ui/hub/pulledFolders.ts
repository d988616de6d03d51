import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { readPullRecord } from '../../core/hub/pull/pullRecord';
import { readablePath } from '../paths';
import { shortCommit } from './hubTexts';
import type { HubNode, HubSection } from './hubNodes';

const pulledKey = 'hub.pulled';

/** The folders of this workspace that were downloaded from the Hub. */
export class PulledFolders implements HubSection, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: vscode.Memento) {}

  async add(folder: string): Promise<void> {
    await this.memory.update(pulledKey, [folder, ...this.folders.filter((known) => known !== folder)]);
    this.changed.fire();
  }

  /** @throws ExpectedError when there is none */
  async pick(): Promise<string | undefined> {
    const { folders } = this;
    if (folders.length === 0) {
      throw new ExpectedError(
        vscode.l10n.t('Nothing of this workspace was downloaded from the Hub.'),
        vscode.l10n.t('Open a dataset of the Hub first.'),
      );
    }
    if (folders.length === 1) return folders[0];
    const items = folders.map((folder) => ({ label: readablePath(folder), folder }));
    return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Dataset to update') }))?.folder;
  }

  async nodes(): Promise<readonly HubNode[]> {
    return (await Promise.all(this.folders.map(nodeOf))).flat();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private get folders(): readonly string[] {
    return this.memory.get<readonly string[]>(pulledKey, []).filter((folder) => existsSync(folder));
  }
}

async function nodeOf(folder: string): Promise<HubNode[]> {
  const record = await readPullRecord(folder);
  if (!record) return [];
  const { repo, commit, revision } = record;
  return [
    {
      id: `pulled:${folder}`,
      label: repo,
      description: [readablePath(folder), shortCommit(commit)].join(' · '),
      tooltip: vscode.l10n.t('{0} at {1} ({2}), downloaded to {3}', repo, revision, commit, readablePath(folder)),
      icon: 'cloud-download',
      subject: { kind: 'pulled', folder },
      children: record.files.slice(0, 100).map((file) => ({
        id: `pulled:${folder}:${file.path}`,
        label: file.path,
        icon: 'file',
        command: {
          id: 'vscode.open',
          title: vscode.l10n.t('Open'),
          arguments: [vscode.Uri.file(path.join(folder, file.path))],
        },
      })),
      isCollapsed: true,
    },
  ];
}

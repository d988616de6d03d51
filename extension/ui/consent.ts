import * as vscode from 'vscode';
import { ExpectedError } from '../core/errors';
import { commands } from '../ids';
import { registerCommand } from './commands';
import type { Services } from './services';

const agreedHosts = 'consent.hosts';

/** The hosts that a person agreed to in this workspace. */
export class Consent {
  constructor(private readonly memory: vscode.Memento) {}

  get hosts(): readonly string[] {
    return this.memory.get<readonly string[]>(agreedHosts, []);
  }

  /** Asks once per workspace and host; throws when the person declines. */
  async require(url: string, demoTitle: string): Promise<void> {
    const { host } = new URL(url);
    if (this.hosts.includes(host)) return;
    const allow = vscode.l10n.t('Send to {0}', host);
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('Let “{0}” send its inputs to {1}?', demoTitle, host),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Each run posts the values of all inputs, files included, to {0}. You are asked once for this host in this workspace and can take it back with “Revoke Consent to Hosts”.',
          url,
        ),
      },
      allow,
    );
    if (choice !== allow) {
      throw new ExpectedError(
        vscode.l10n.t('Nothing was sent: you did not agree to {0}.', host),
        vscode.l10n.t('Submit again to be asked again.'),
      );
    }
    await this.memory.update(agreedHosts, [...this.hosts, host]);
  }

  async revoke(hosts: readonly string[]): Promise<void> {
    const left = this.hosts.filter((host) => !hosts.includes(host));
    await this.memory.update(agreedHosts, left);
  }
}

export function registerConsent({ errors, consent }: Services): vscode.Disposable {
  return registerCommand(commands.revokeConsent, errors, async () => {
    if (consent.hosts.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('You have agreed to no host in this workspace.'));
      return;
    }
    const chosen = await vscode.window.showQuickPick([...consent.hosts], {
      canPickMany: true,
      placeHolder: vscode.l10n.t('Hosts that demos may no longer send inputs to'),
    });
    if (chosen) await consent.revoke(chosen);
  });
}

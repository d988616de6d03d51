import * as vscode from 'vscode';
import { commands } from '../../ids';
import type { HubAccounts, Login } from './hubAccounts';
import type { HubNode, HubSection } from './hubNodes';
import { hostOf } from './signIn';

/** Who pushes. The Hub is not asked before somebody pushes. */
export function accountSection(accounts: HubAccounts): HubSection {
  return {
    onDidChange: accounts.onDidChange,
    nodes: async () => {
      const login = await accounts.current();
      return login ? [accountNode(accounts, login)] : [];
    },
  };
}

function accountNode(accounts: HubAccounts, login: Login): HubNode {
  const host = hostOf(accounts);
  return {
    id: 'account',
    label: nameOf(login),
    description: host,
    tooltip: vscode.l10n.t('Pushes go to {0}. Click to choose another account.', host),
    icon: 'account',
    subject: { kind: 'account', login },
    command: { id: commands.signInToHub, title: vscode.l10n.t('Choose Account'), arguments: [] },
  };
}

function nameOf(login: Login): string {
  if (login.source === 'stored') return login.stored.account.name;
  return login.source === 'environment'
    ? vscode.l10n.t('Token in HF_TOKEN')
    : vscode.l10n.t('Token of the Hugging Face command line');
}

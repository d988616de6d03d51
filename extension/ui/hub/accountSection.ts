import * as vscode from 'vscode';
import type { StoredAccount } from '../../core/hub/tokens/storedAccounts';
import { commands } from '../../ids';
import type { HubAccounts, Login } from './hubAccounts';
import type { HubNode, HubSection } from './hubNodes';
import { hostOf, nameOfLogin } from './signIn';

/** Who pushes. The Hub is not asked before somebody pushes. */
export function accountSection(accounts: HubAccounts): HubSection {
  return {
    onDidChange: accounts.onDidChange,
    nodes: async () => {
      const login = await accounts.current();
      return login ? [accountNode(accounts, login, await accounts.signedIn())] : [];
    },
  };
}

function accountNode(accounts: HubAccounts, login: Login, signedIn: readonly StoredAccount[]): HubNode {
  const host = hostOf(accounts);
  const others = signedIn.filter(({ token }) => token !== login.token).map(({ account }) => account.name);
  const pushes = vscode.l10n.t('Pushes go to {0}. Click to choose another account.', host);
  return {
    id: 'account',
    label: nameOfLogin(login),
    description: others.length === 0 ? host : vscode.l10n.t('{0} · {1} accounts', host, others.length + 1),
    tooltip: others.length === 0 ? pushes : [pushes, vscode.l10n.t('Also here: {0}', others.join(', '))].join('\n'),
    icon: 'account',
    subject: { kind: 'account', login },
    command: { id: commands.signInToHub, title: vscode.l10n.t('Choose Account'), arguments: [] },
  };
}

import * as vscode from 'vscode';
import { isUpToDate } from '../../core/hub/plan/types';
import { loadDatasetCode } from '../../core/hub/plan/loadCode';
import { commands, views } from '../../ids';
import { registerCommand } from '../commands';
import type { Services } from '../services';
import { accountSection } from './accountSection';
import { CardEditor } from './cardEditor';
import { historySection } from './historySection';
import { subjectOf } from './hubNodes';
import { HubTree } from './hubTree';
import { interruptedSection } from './interruptedSection';
import { planSection } from './planSection';
import { registerPull } from './pullCommands';
import { PulledFolders } from './pulledFolders';
import { openOnHub, registerPush } from './pushCommands';
import { queueSection, registerFlagQueues } from './queueSection';
import { Pushes } from './pushes';
import { signIn, signOut } from './signIn';

/** The *Hub* view, and everything that is done from it. Nothing is read or sent before it is shown or asked for. */
export function registerHub(services: Services): vscode.Disposable {
  const { context, errors } = services;
  const { hubAccounts: accounts, flagSenders } = services;
  const pushes = new Pushes(context, accounts);
  const pulled = new PulledFolders(context.workspaceState);
  const card = new CardEditor(context, pushes);
  const tree = new HubTree([
    accountSection(accounts),
    planSection(pushes),
    interruptedSection(pushes),
    queueSection(flagSenders),
    pulled,
    historySection(pushes),
  ]);
  const view = vscode.window.createTreeView(views.hub, { treeDataProvider: tree });
  return vscode.Disposable.from(
    pushes,
    pulled,
    card,
    tree,
    view,
    pushes.onDidChange(() => (view.message = planMessage(pushes))),
    registerFlagQueues(services),
    registerPush({ services, accounts, pushes }),
    registerPull({ services, accounts, pulled }),
    registerCommand(commands.signInToHub, errors, () => signIn(accounts)),
    registerCommand(commands.signOutOfHub, errors, (clicked) =>
      signOut(accounts, subjectOf(clicked, 'account')?.login),
    ),
    registerCommand(commands.editPushCard, errors, () => card.open()),
    registerCommand(commands.openOnHub, errors, openOnHub),
    registerCommand(commands.copyLoadCode, errors, async (clicked) => {
      const plan = subjectOf(clicked, 'plan')?.plan;
      const code = subjectOf(clicked, 'push')?.record.loadCode ?? (plan && loadDatasetCode(plan));
      if (code !== undefined) await vscode.env.clipboard.writeText(code);
    }),
  );
}

/** Says above the lines what is to be done with a plan, as long as one stands. */
function planMessage({ plan, card, isBusy }: Pushes): string {
  if (!plan || isBusy || (isUpToDate(plan) && card === undefined)) return '';
  return vscode.l10n.t('Nothing is sent yet. Read the plan, then choose “Push…” on it or above.');
}

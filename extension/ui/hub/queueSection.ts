import * as vscode from 'vscode';
import type { SenderState } from '../../core/hub/saver/types';
import { commands } from '../../ids';
import { registerCommand } from '../commands';
import type { Services } from '../services';
import { subjectOf, type HubNode, type HubSection } from './hubNodes';
import type { FlagSenders, WaitingFlags } from './flagSenders';

/** The flags that wait to be sent, and why. */
export function queueSection(senders: FlagSenders): HubSection {
  return {
    onDidChange: senders.onDidChange,
    nodes: async () => (await senders.waiting()).map(queueNode),
  };
}

/** *Send Now* and *Discard Queue*, for a line of the view or for all that waits. */
export function registerFlagQueues({
  errors,
  flagSenders,
}: Pick<Services, 'errors' | 'flagSenders'>): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(commands.sendWaitingFlags, errors, async (clicked) => {
      for (const { queue } of await chosen(flagSenders, clicked)) await flagSenders.sendNow(queue);
    }),
    registerCommand(commands.discardWaitingFlags, errors, async (clicked) => {
      for (const waiting of await chosen(flagSenders, clicked)) await discard(flagSenders, waiting);
    }),
  );
}

async function chosen(senders: FlagSenders, clicked: unknown): Promise<readonly WaitingFlags[]> {
  const queue = subjectOf(clicked, 'queue')?.queue;
  const all = await senders.waiting();
  if (all.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('No flags wait to be sent.'));
  return queue ? all.filter((one) => one.queue.path === queue.path) : all;
}

async function discard(senders: FlagSenders, { queue, count }: WaitingFlags): Promise<void> {
  const confirm = vscode.l10n.t('Discard Queue');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Never send {0} to {1}?', flagsText(count), queue.repo),
    { modal: true, detail: vscode.l10n.t('They stay in the flag log.') },
    confirm,
  );
  if (answer === confirm) await senders.discard(queue);
}

function queueNode({ queue, count, state }: WaitingFlags): HubNode {
  const reason = state.kind === 'waiting' || state.kind === 'stopped' ? state.reason : '';
  return {
    id: `queue:${queue.path}`,
    label:
      count === 1
        ? vscode.l10n.t('1 flag waits for {0}', queue.repo)
        : vscode.l10n.t('{0} flags wait for {1}', count.toLocaleString(), queue.repo),
    description: stateText(state),
    tooltip: [queue.flaggingDir, reason].filter(Boolean).join('\n'),
    icon: state.kind === 'sending' ? 'sync~spin' : 'cloud-upload',
    ...(state.kind === 'stopped' ? { color: 'list.warningForeground' } : {}),
    subject: { kind: 'queue', queue },
  };
}

function stateText(state: SenderState): string {
  switch (state.kind) {
    case 'idle':
      return '';
    case 'sending':
      return vscode.l10n.t('being sent');
    case 'waiting': {
      const time = new Date(state.retryAt).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
      return vscode.l10n.t('next try at {0}: {1}', time, state.reason);
    }
    case 'stopped':
      return state.reason;
  }
}

function flagsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 flag') : vscode.l10n.t('{0} flags', count.toLocaleString());
}

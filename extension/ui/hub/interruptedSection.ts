import * as vscode from 'vscode';
import { commands } from '../../ids';
import type { HubSection } from './hubNodes';
import { filesText } from './hubTexts';
import type { Pushes } from './pushes';

/** The push that did not come to its end, to go on with. */
export function interruptedSection(pushes: Pushes): HubSection {
  return {
    onDidChange: pushes.onDidChange,
    nodes: async () => {
      const interrupted = await pushes.interrupted();
      if (!interrupted) return [];
      const { plan, done, files } = interrupted;
      return [
        {
          id: 'interrupted',
          label: plan.repo,
          description: vscode.l10n.t('interrupted at {0} of {1}', done.toLocaleString(), filesText(files)),
          tooltip: vscode.l10n.t(
            'This push was interrupted. Click to go on with it: what is in the repository is not sent again.',
          ),
          icon: 'debug-pause',
          color: 'list.warningForeground',
          subject: { kind: 'interrupted' },
          command: { id: commands.resumePush, title: vscode.l10n.t('Resume Push'), arguments: [] },
        },
      ];
    },
  };
}

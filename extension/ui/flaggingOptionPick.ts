import * as vscode from 'vscode';
import type { FlaggingOption } from '../core/demo/definition';
import { offeredOptions, rememberOption } from '../core/flagging/selection/flaggingOptions';
import type { Services } from './services';
import { configured } from './settings';

const recentOptions = 'flagging.recentOptions';

interface OptionItem extends vscode.QuickPickItem {
  readonly option: string;
}

/**
 * Lets a person choose why something is flagged: an option used before, one of the setting, a new one as it is typed,
 * or none.
 *
 * @param count how many samples will be flagged
 * @returns undefined when the person left; empty for no reason
 */
export async function pickOption(services: Services, scope: vscode.Uri, count: number): Promise<string | undefined> {
  const memory = services.context.workspaceState;
  const recent = memory.get<readonly string[]>(recentOptions, []);
  const offered = offeredOptions(configured('flaggingOptions', scope), recent);
  const option = await typedOrChosen(offered, count);
  if (option) await memory.update(recentOptions, rememberOption(recent, option));
  return option;
}

function typedOrChosen(offered: readonly string[], count: number): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<OptionItem>();
  pick.title = count === 1 ? vscode.l10n.t('Flag 1 sample') : vscode.l10n.t('Flag {0} samples', count);
  pick.placeholder = vscode.l10n.t('Choose or type why, or flag without a reason');
  pick.ignoreFocusOut = true;
  const update = (): void => {
    pick.items = itemsFor(offered, pick.value.trim());
  };
  update();
  return new Promise((resolve) => {
    pick.onDidChangeValue(update);
    pick.onDidAccept(() => {
      // Enter may come before the item for what was typed is shown.
      resolve(pick.selectedItems[0]?.option || pick.value.trim());
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function itemsFor(offered: readonly string[], typed: string): OptionItem[] {
  const known = offered.map((option) => ({ label: option, option }));
  if (typed === '') return [...known, { label: vscode.l10n.t('$(flag) Flag without a reason'), option: '' }];
  if (offered.includes(typed)) return known;
  return [...known, { label: vscode.l10n.t('$(add) Flag as “{0}”', typed), option: typed, alwaysShow: true }];
}

/** The option of a demo: the only one, or the one that is chosen. */
export async function pickDemoOption(options: readonly FlaggingOption[]): Promise<FlaggingOption | undefined> {
  const [only] = options;
  if (options.length <= 1) return only ?? { label: '', value: null };
  const items = options.map((option) => ({ label: option.label, option }));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Why is this sample flagged?'),
    ignoreFocusOut: true,
  });
  return chosen?.option;
}

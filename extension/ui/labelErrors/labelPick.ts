import * as vscode from 'vscode';
import { oneLine } from '../../core/flagging/log/sampleLine';
import type { CandidateDetail, Review } from '../../core/review/review';
import type { Labelling } from '../../core/review/types';

interface LabelItem extends vscode.QuickPickItem {
  readonly name: string;
}

/**
 * Asks for the right label, which may be one that no record has yet.
 *
 * @param detail of the only record that it is for
 */
export async function pickLabel(review: Review, detail: CandidateDetail | undefined): Promise<Labelling | undefined> {
  return review.found?.settings.multiLabel ? pickLabels(review, detail) : pickOne(review, detail);
}

function pickOne(review: Review, detail: CandidateDetail | undefined): Promise<Labelling | undefined> {
  const known = itemsOf(review, detail);
  const pick = vscode.window.createQuickPick<LabelItem>();
  pick.placeholder = vscode.l10n.t('Label to change to; type a new one if it is missing');
  pick.items = known;
  const typed = pick.onDidChangeValue((value) => {
    const name = value.trim();
    const isNew = name !== '' && known.every((item) => item.name !== name);
    pick.items = isNew ? [...known, { label: name, name, description: vscode.l10n.t('new label') }] : known;
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      resolve(chosen && [chosen.name]);
      pick.hide();
    });
    pick.onDidHide(() => {
      typed.dispose();
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

async function pickLabels(review: Review, detail: CandidateDetail | undefined): Promise<Labelling | undefined> {
  const items = itemsOf(review, detail).map((item) => ({
    ...item,
    picked: detail?.given.includes(item.name) ?? false,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: vscode.l10n.t('All labels of the record'),
  });
  return chosen?.map(({ name }) => name);
}

/** The classes; what is suggested stands first. */
function itemsOf({ found }: Review, detail: CandidateDetail | undefined): LabelItem[] {
  const isSuggested = (name: string): boolean => detail?.suggested.includes(name) ?? false;
  const items = (found?.classes ?? []).map((name): LabelItem => {
    const role = isSuggested(name)
      ? vscode.l10n.t('suggested')
      : detail?.given.includes(name)
        ? vscode.l10n.t('given')
        : '';
    return { label: oneLine(name), name, description: role };
  });
  return items.sort((a, b) => Number(isSuggested(b.name)) - Number(isSuggested(a.name)));
}

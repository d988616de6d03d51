import * as path from 'node:path';
import * as vscode from 'vscode';
import { openTable } from '../../core/dataset/openTable';
import type { FindSettings } from '../../core/review/engine/types';
import { modelName } from '../../core/review/drafts';

const rememberedSettings = 'labelErrors.settings';

type Remembered = Readonly<Record<string, FindSettings>>;

/** What label errors were found with last, by dataset. */
export class SettingsMemory {
  constructor(private readonly memory: vscode.Memento) {}

  of(dataset: string): FindSettings | undefined {
    return this.memory.get<Remembered>(rememberedSettings, {})[dataset];
  }

  async remember(settings: FindSettings): Promise<void> {
    const others = this.memory.get<Remembered>(rememberedSettings, {});
    await this.memory.update(rememberedSettings, { ...others, [settings.dataset]: settings });
  }
}

/** Settings hold as long as the dataset has their columns. */
export async function isUsable({ dataset, text, label, source }: FindSettings): Promise<boolean> {
  const { columns } = await openTable(dataset);
  const named = [label, ...(text === null ? [] : [text]), ...(source.kind === 'columns' ? source.columns : [])];
  return named.every((name) => columns.includes(name));
}

/** One line: `text → label, built-in, 5 folds, prune_by_noise_rate`. */
export function describeSettings({ text, label, source, filterBy }: FindSettings): string {
  return [text === null ? label : `${text} → ${label}`, modelName(source), filterBy].join(', ');
}

/** @returns true to search again with the same settings, false to choose others, undefined when the person left */
export async function offerSame(settings: FindSettings): Promise<boolean | undefined> {
  const again = {
    label: vscode.l10n.t('$(refresh) Find again with the same settings'),
    description: describeSettings(settings),
  };
  const other = { label: vscode.l10n.t('$(settings-gear) Choose other settings…') };
  const chosen = await vscode.window.showQuickPick([again, other], {
    title: vscode.l10n.t('Find Label Errors in {0}', path.basename(settings.dataset)),
    placeHolder: vscode.l10n.t('Label errors were looked for in this dataset before'),
  });
  return chosen && chosen === again;
}

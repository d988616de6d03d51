import * as path from 'node:path';
import * as vscode from 'vscode';
import { openTable } from '../../core/dataset/openTable';
import { guessTextAndLabel, type SomeColumns, type TextAndLabel } from '../../core/dataset/textAndLabel';

const rememberedColumns = 'classifier.columns';

type Remembered = Readonly<Record<string, TextAndLabel>>;

/**
 * Asks which columns of a dataset hold the texts and the labels. The last answer for this dataset stands first, else a
 * guess does.
 */
export async function pickTextAndLabel(dataset: vscode.Uri, memory: vscode.Memento): Promise<TextAndLabel | undefined> {
  const table = await openTable(dataset.fsPath);
  const remembered = memory.get<Remembered>(rememberedColumns, {});
  const proposed = stillThere(remembered[dataset.toString()], table.columns) ?? (await guessTextAndLabel(table));
  const name = path.basename(dataset.fsPath);
  const text = await pickColumn(
    table.columns,
    proposed.text,
    vscode.l10n.t('Column of {0} that holds the texts', name),
  );
  if (text === undefined) return undefined;
  const others = table.columns.filter((column) => column !== text);
  const label = await pickColumn(others, proposed.label, vscode.l10n.t('Column of {0} that holds the labels', name));
  if (label === undefined) return undefined;
  await memory.update(rememberedColumns, { ...remembered, [dataset.toString()]: { text, label } });
  return { text, label };
}

/** Nothing of an answer holds once a column has gone. */
function stillThere(answer: TextAndLabel | undefined, columns: readonly string[]): SomeColumns | undefined {
  return answer && columns.includes(answer.text) && columns.includes(answer.label) ? answer : undefined;
}

async function pickColumn(
  columns: readonly string[],
  proposed: string | undefined,
  placeHolder: string,
): Promise<string | undefined> {
  const items = columns
    .map((label) => (label === proposed ? { label, description: vscode.l10n.t('proposed') } : { label }))
    .sort((a, b) => Number(b.label === proposed) - Number(a.label === proposed));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.label;
}

import * as vscode from 'vscode';
import type { ColumnMapping, ColumnSource, PromotionPlan } from '../../core/flagging/promote/types';

export interface MappingQuestion {
  /** The dataset as a person reads it. */
  readonly dataset: string;
  readonly columns: readonly string[];
  readonly components: readonly string[];
  readonly mapping: ColumnMapping;
  /** Sentences on samples that are left out. */
  readonly left: readonly string[];
  /** What adding the samples with a mapping would write. */
  readonly plan: (mapping: ColumnMapping) => PromotionPlan;
}

type Item = vscode.QuickPickItem & { readonly column?: string };

/**
 * Shows what would be written, and lets the person change where each column comes from until they accept it.
 *
 * @returns the plan and its mapping; undefined when the person left
 */
export async function confirmPlan(
  question: MappingQuestion,
): Promise<{ readonly plan: PromotionPlan; readonly mapping: ColumnMapping } | undefined> {
  let { mapping } = question;
  for (;;) {
    const plan = question.plan(mapping);
    const chosen = await vscode.window.showQuickPick(itemsOf(question, plan, mapping), {
      title: vscode.l10n.t('Promote to {0}', question.dataset),
      placeHolder: vscode.l10n.t('Add the samples, or choose a column to change what it takes'),
      ignoreFocusOut: true,
    });
    if (!chosen) return undefined;
    if (chosen.column === undefined) return { plan, mapping };
    const source = await pickSource(chosen.column, question.components);
    if (source !== undefined) mapping = withSource(mapping, chosen.column, source);
  }
}

function itemsOf(question: MappingQuestion, plan: PromotionPlan, mapping: ColumnMapping): Item[] {
  const { dataset, columns, left } = question;
  const rows = plan.samples === 1 ? vscode.l10n.t('1 row') : vscode.l10n.t('{0} rows', plan.samples);
  const files =
    plan.media.length === 1
      ? vscode.l10n.t('1 file is copied beside it')
      : vscode.l10n.t('{0} files are copied beside it', plan.media.length);
  const what = [rows, ...(plan.media.length > 0 ? [files] : [])].join(', ');
  const add: Item = {
    label:
      plan.samples === 1
        ? vscode.l10n.t('$(check) Add 1 Sample')
        : vscode.l10n.t('$(check) Add {0} Samples', plan.samples),
    description: plan.begins ? vscode.l10n.t('makes {0}', dataset) : dataset,
    detail: [`${what}.`, ...plan.warnings, ...left.slice(0, 3)].join(' '),
  };
  return [
    add,
    { label: vscode.l10n.t('Columns'), kind: vscode.QuickPickItemKind.Separator },
    ...columns.map((column) => ({ label: column, description: sourceText(mapping, column), column })),
  ];
}

function sourceText(mapping: ColumnMapping, column: string): string {
  const source = Object.hasOwn(mapping, column) ? mapping[column] : undefined;
  if (source === undefined) return vscode.l10n.t('stays empty');
  return `← ${source.from === 'component' ? source.name : source.from === 'constant' ? `“${source.value}”` : source.from}`;
}

function withSource(mapping: ColumnMapping, column: string, source: ColumnSource | null): ColumnMapping {
  const others = Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== column));
  return source === null ? others : { ...others, [column]: source };
}

/** @returns null for a column that stays empty, undefined when the person left */
async function pickSource(column: string, components: readonly string[]): Promise<ColumnSource | null | undefined> {
  const from = (name: 'option' | 'username' | 'timestamp' | 'note', label: string) => ({
    label,
    source: { from: name },
  });
  const empty = { label: vscode.l10n.t('$(circle-slash) Stay empty'), source: null };
  const constant = { label: vscode.l10n.t('$(edit) The same text in each row…'), source: null };
  const chosen = await vscode.window.showQuickPick(
    [
      ...components.map((name) => ({
        label: name,
        description: vscode.l10n.t('corrected where it was'),
        source: { from: 'component' as const, name },
      })),
      from('option', vscode.l10n.t('$(flag) Flagging option')),
      from('note', vscode.l10n.t('$(note) Note')),
      from('username', vscode.l10n.t('$(account) Who flagged')),
      from('timestamp', vscode.l10n.t('$(clock) When it was flagged')),
      constant,
      empty,
    ],
    { title: vscode.l10n.t('What “{0}” takes', column), ignoreFocusOut: true },
  );
  if (chosen !== constant) return chosen?.source;
  const value = await vscode.window.showInputBox({ title: vscode.l10n.t('Text of “{0}” in each row', column) });
  return value === undefined ? undefined : { from: 'constant', value };
}

import * as vscode from 'vscode';

/** One choice of a step. */
export interface Option<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** What is proposed stands first, and is marked. */
  readonly isProposed?: boolean;
  readonly value: T;
}

/** The steps of one series of questions, numbered in their titles. */
export class Steps {
  private step = 0;

  /** @param title of all of them; steps that come up on the way are added to their number */
  constructor(
    private readonly title: string,
    private count: number,
  ) {}

  /** Adds a step that not everyone is asked. */
  addStep(): void {
    this.count++;
  }

  /** The title of this step, for a second question of it. */
  get again(): string {
    return vscode.l10n.t('{0} ({1}/{2})', this.title, this.step, this.count);
  }

  /** The title of the next step. */
  next(): string {
    this.step++;
    return this.again;
  }

  /** @returns the choice; undefined when the person left */
  async pick<T>(placeHolder: string, options: readonly Option<T>[]): Promise<Option<T> | undefined> {
    const proposed = vscode.l10n.t('proposed');
    const items = [...options]
      .sort((a, b) => Number(b.isProposed ?? false) - Number(a.isProposed ?? false))
      .map((option) => ({
        label: option.label,
        description: [option.isProposed ? proposed : '', option.description ?? ''].filter(Boolean).join(' · '),
        detail: option.detail ?? '',
        option,
      }));
    const chosen = await vscode.window.showQuickPick(items, {
      title: this.next(),
      placeHolder,
      matchOnDescription: true,
      ignoreFocusOut: true,
    });
    return chosen?.option;
  }
}

import type * as vscode from 'vscode';
import type { FlagLogEditor } from './flagLogEditor';

/** The open editors of flag logs in this window. */
export class FlagLogEditors {
  private readonly open = new Set<FlagLogEditor>();

  /** Counts an editor in until its tab is closed, which ends it. */
  add(editor: FlagLogEditor): void {
    this.open.add(editor);
    editor.panel.onDidDispose(() => {
      this.open.delete(editor);
      editor.dispose();
    });
  }

  get active(): FlagLogEditor | undefined {
    return [...this.open].find(({ panel }) => panel.active);
  }

  /** The editor of a log that was opened last. */
  of(uri: vscode.Uri): FlagLogEditor | undefined {
    return [...this.open].filter((editor) => editor.uri.toString() === uri.toString()).at(-1);
  }
}

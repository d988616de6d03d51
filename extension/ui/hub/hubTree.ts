import * as vscode from 'vscode';
import { itemOf, type HubNode, type HubSection } from './hubNodes';

/** The *Hub* view: its sections one after the other. Nothing is read before it is shown. */
export class HubTree implements vscode.TreeDataProvider<HubNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly sections: readonly HubSection[]) {
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      ...sections.map(({ onDidChange }) => onDidChange(() => this.changed.fire())),
    );
  }

  getTreeItem(node: HubNode): vscode.TreeItem {
    return itemOf(node);
  }

  async getChildren(node?: HubNode): Promise<HubNode[]> {
    if (node) return [...(node.children ?? [])];
    const parts = await Promise.all(this.sections.map((section) => section.nodes()));
    return parts.flat();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}

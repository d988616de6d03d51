import * as vscode from 'vscode';
import { contextKeys, viewTypes } from '../ids';
import { setContext } from './commands';
import { DemoPanel } from './demoPanel';
import type { DemoSource } from './demoSource';
import type { Services } from './services';

/** The demo panels of this window: one per demo. */
export class DemoPanels {
  private readonly panels = new Map<string, DemoPanel>();
  private last: DemoPanel | undefined;
  private readonly opening = new Map<string, Promise<DemoPanel>>();

  /** The panel that is the active editor. */
  get active(): DemoPanel | undefined {
    return [...this.panels.values()].find(({ panel }) => panel.active);
  }

  /** The active panel, else the one that was active last: for commands that are called from elsewhere. */
  get recent(): DemoPanel | undefined {
    return this.active ?? this.last;
  }

  get(key: string): DemoPanel | undefined {
    return this.panels.get(key);
  }

  /** Shows the demo's panel; there is never a second one for the same demo. */
  async open(services: Services, source: DemoSource, column: vscode.ViewColumn): Promise<DemoPanel> {
    const known = this.panels.get(source.key) ?? this.opening.get(source.key);
    const opened = known ?? DemoPanel.create(services, source, column);
    if (!known && opened instanceof Promise) this.opening.set(source.key, opened);
    try {
      const panel = await opened;
      if (known) panel.panel.reveal();
      else this.add(panel);
      return panel;
    } finally {
      this.opening.delete(source.key);
    }
  }

  async restore(services: Services, source: DemoSource, panel: vscode.WebviewPanel): Promise<void> {
    if (this.panels.has(source.key)) panel.dispose();
    else this.add(await DemoPanel.adopt(services, source, panel));
  }

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
    this.panels.clear();
  }

  private add(opened: DemoPanel): void {
    const { panel, source } = opened;
    this.panels.set(source.key, opened);
    panel.onDidChangeViewState(() => this.updateContext());
    panel.onDidDispose(() => {
      this.panels.delete(source.key);
      if (this.last === opened) this.last = undefined;
      opened.dispose();
      this.updateContext();
    });
    this.updateContext();
  }

  private updateContext(): void {
    const { active } = this;
    this.last = active ?? this.last;
    setContext(contextKeys.demoActive, active !== undefined);
    setContext(contextKeys.demoUnsaved, active?.source.canSave ?? false);
  }
}

/** Brings demo panels back after the window was reloaded; a panel whose demo is not known is closed. */
export function registerDemoPanels(services: Services): vscode.Disposable {
  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel, state: unknown) {
      const source = services.sources.restore(state);
      if (source) await services.panels.restore(services, source, panel);
      else panel.dispose();
    },
  };
  return vscode.Disposable.from(
    services.panels,
    vscode.window.registerWebviewPanelSerializer(viewTypes.demo, serializer),
  );
}

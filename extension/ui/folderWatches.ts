import { watch, type FSWatcher } from 'node:fs';
import * as path from 'node:path';
import type * as vscode from 'vscode';

/**
 * Watches known folders by itself: VS Code's watcher of the workspace tells seconds later, and under load now
 * and then not at all, what happened in a folder that is new.
 */
export class FolderWatches implements vscode.Disposable {
  private readonly watches = new Map<string, FSWatcher>();

  /** @param onChange called with a file that was written, made or removed */
  constructor(private readonly onChange: (file: string) => void) {}

  /** Watches exactly these folders. */
  follow(folders: ReadonlySet<string>): void {
    for (const folder of this.watches.keys()) if (!folders.has(folder)) this.end(folder);
    for (const folder of folders) if (!this.watches.has(folder)) this.begin(folder);
  }

  dispose(): void {
    for (const folder of [...this.watches.keys()]) this.end(folder);
  }

  private begin(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name !== null) this.onChange(path.join(folder, name));
      });
      // A folder that goes away ends its watch; the workspace's watcher tells when it is there again.
      watcher.on('error', () => this.end(folder));
      this.watches.set(folder, watcher);
    } catch {
      // No watches are left, or the folder is gone: the workspace's watcher remains.
    }
  }

  private end(folder: string): void {
    this.watches.get(folder)?.close();
    this.watches.delete(folder);
  }
}

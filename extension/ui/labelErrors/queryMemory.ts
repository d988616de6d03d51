import * as vscode from 'vscode';
import type { CandidateQuery } from '../../core/review/types';
import { readQuery } from '../../core/review/list/storedQuery';

const key = 'labelErrors.query';

/** The filter and the order of the view, which the workspace remembers. */
export class QueryMemory implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private asked: CandidateQuery;
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: vscode.Memento) {
    this.asked = readQuery(memory.get<unknown>(key));
  }

  get query(): CandidateQuery {
    return this.asked;
  }

  /** @param changes parts of the filter, or the order; undefined takes one away */
  async set(changes: CandidateQuery): Promise<void> {
    this.asked = { ...this.asked, ...changes };
    this.changed.fire();
    await this.memory.update(key, this.asked);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError, messageOf } from '../core/errors';
import { createLogger } from '../core/flagging/loggers';
import { createFlagRecorder } from '../core/flagging/recorder';
import type { SelectedSample, Selection } from '../core/flagging/selection/selection';
import { spoolDirectory } from '../core/flagging/spoolDirectory';
import type { FlagRecord, FlagRecorder } from '../core/flagging/types';
import { commands, contextKeys } from '../ids';
import { registerCommand, setContext } from './commands';
import { FlagStatus } from './flagStatus';
import { readablePath } from './paths';
import type { Services } from './services';
import { configured, username } from './settings';

/** The flags of one *Flag Sample*, which one *Undo* takes back. */
interface Action {
  readonly flags: { readonly recorder: FlagRecorder; readonly id: string }[];
}

/** Records what *Flag Sample* found outside demos, and takes it back. */
export class SampleFlags implements vscode.Disposable {
  private readonly recorders = new Map<string, FlagRecorder>();
  private readonly actions: Action[] = [];
  private readonly status = new FlagStatus();
  private last: string | undefined;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Absolute path of the log that was flagged into last. */
  get lastLog(): string | undefined {
    return this.last;
  }

  /**
   * @param scope what was flagged, or one of it: decides on the workspace folder
   * @param option why; empty for no reason
   */
  async flag(scope: vscode.Uri, selections: readonly Selection[], option: string): Promise<void> {
    const directory = flaggingDirectory(scope);
    const action: Action = { flags: [] };
    let latest: FlagRecord | undefined;
    try {
      for (const { folder, samples } of selections) {
        for (const sample of samples) {
          const recorder = this.recorderOf(path.join(directory, folder), sample);
          latest = await recorder.flag({ data: sample.data, option, username: username(scope) });
          if (latest.state === 'spooled') throw latest.error ?? new Error('The sample was not recorded.');
          action.flags.push({ recorder, id: latest.id });
        }
      }
    } finally {
      if (action.flags.length > 0) this.actions.push(action);
      this.update();
    }
    if (!latest) return;
    this.last = latest.log;
    setContext(contextKeys.flagged, true);
    this.status.showFlagged(action.flags.length, option, readablePath(latest.log), latest.rows);
  }

  /** Takes back the last action of this window: its rows and their media. */
  async undo(): Promise<void> {
    const action = this.actions.at(-1);
    if (!action) {
      throw new ExpectedError(
        vscode.l10n.t('There is no flag to take back.'),
        vscode.l10n.t('A demo has Undo beside its flags.'),
      );
    }
    const count = action.flags.length;
    for (let flag = action.flags.at(-1); flag; flag = action.flags.at(-1)) {
      await flag.recorder.undo(flag.id);
      action.flags.pop();
    }
    this.actions.pop();
    this.update();
    this.status.showUndone(count);
  }

  dispose(): void {
    this.status.dispose();
    for (const recorder of this.recorders.values()) {
      recorder.dispose().catch((error: unknown) => this.log.error(messageOf(error)));
    }
  }

  private update(): void {
    setContext(contextKeys.canUndoFlag, this.actions.length > 0);
  }

  private recorderOf(directory: string, { components }: SelectedSample): FlagRecorder {
    const key = JSON.stringify([directory, components]);
    const known = this.recorders.get(key);
    if (known) return known;
    const options = { format: 'guide', flaggingDirAsGiven: directory, hasOptions: true } as const;
    const recorder = createFlagRecorder({
      callback: createLogger('CSVLogger', options),
      components,
      flaggingDir: directory,
      spoolDir: spoolDirectory(process.env),
      log: this.log,
    });
    this.recorders.set(key, recorder);
    return recorder;
  }
}

/** Where the logs of a resource lie: the setting, relative to its workspace folder or else to its own folder. */
function flaggingDirectory(scope: vscode.Uri): string {
  const folder =
    vscode.workspace.getWorkspaceFolder(scope) ??
    (scope.scheme === 'file' ? undefined : vscode.workspace.workspaceFolders?.[0]);
  const base = folder?.uri.fsPath ?? (scope.scheme === 'file' ? path.dirname(scope.fsPath) : undefined);
  if (base === undefined) {
    throw new ExpectedError(
      vscode.l10n.t('There is no folder for the flag log.'),
      vscode.l10n.t('Open a folder, or save the text first.'),
    );
  }
  return path.resolve(base, configured('flaggingDirectory', scope) || 'flagged');
}

export function registerUndoLastFlag({ errors, flags }: Services): vscode.Disposable {
  return registerCommand(commands.undoLastFlag, errors, () => flags.undo());
}

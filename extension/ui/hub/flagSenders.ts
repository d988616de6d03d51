import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import type { HubClient } from '../../core/hub/client/types';
import { FlagQueue } from '../../core/hub/saver/flagQueue';
import type { FlagSender, SenderOptions } from '../../core/hub/saver/flagSender';
import type { SaverTarget, SenderState } from '../../core/hub/saver/types';
import type { Log } from '../../core/log';
import type { ErrorReporter } from '../errors';
import type { HubAccounts } from './hubAccounts';
import { visibilityText } from './hubTexts';

const knownQueues = 'hub.flagQueues';
const agreedTargets = 'hub.flagConsent';

interface SendersOptions {
  readonly context: Pick<vscode.ExtensionContext, 'workspaceState'>;
  readonly accounts: Pick<HubAccounts, 'endpoint' | 'onDidChange' | 'current' | 'client'>;
  readonly log: Log;
  readonly errors: Pick<ErrorReporter, 'report'>;
  /** How flags gather and how commits follow each other; the sender knows what is usual. */
  readonly pace?: Pick<SenderOptions, 'gather' | 'spacing' | 'backoff'>;
}

/** Flags that wait for a repository. */
export interface WaitingFlags {
  readonly queue: FlagQueue;
  readonly count: number;
  readonly state: SenderState;
}

/** Sends flags to the Hub: after the person agreed to it in this workspace, and with their token. */
export class FlagSenders implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly senders = new Map<string, Promise<FlagSender>>();
  /** Those that were asked in this window, or are being asked. */
  private readonly asked = new Map<string, Promise<void>>();
  private readonly subscription: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly options: SendersOptions) {
    const retry = (): void => void this.retryStopped();
    const { onDidGrantWorkspaceTrust } = vscode.workspace;
    this.subscription = vscode.Disposable.from(options.accounts.onDidChange(retry), onDidGrantWorkspaceTrust(retry));
  }

  /** A flag waits. The first one of this workspace asks before anything leaves the machine. */
  readonly queued = (queue: FlagQueue, target: SaverTarget): void => {
    this.send(queue, target).catch((error: unknown) => this.options.errors.report(error));
  };

  /** Goes on with what an earlier window left, where the person agreed to it. */
  async resume(queue: FlagQueue): Promise<void> {
    const [first] = (await queue.read()).waiting;
    if (!first) return;
    await this.remember(queue);
    if (this.hasAgreed(first.target)) (await this.senderOf(queue)).wake();
  }

  /** Sends at once; who declined before is asked again. */
  async sendNow(queue: FlagQueue): Promise<void> {
    const [first] = (await queue.read()).waiting;
    if (!first) return;
    requireTrust();
    if (!this.hasAgreed(first.target)) await this.ask(first.target);
    (await this.senderOf(queue)).sendNow();
  }

  async discard(queue: FlagQueue): Promise<void> {
    await queue.discard();
    this.changed.fire();
  }

  /** What waits in the queues of this workspace. */
  async waiting(): Promise<readonly WaitingFlags[]> {
    const found: WaitingFlags[] = [];
    for (const { flaggingDir, repo } of this.known) {
      const queue = new FlagQueue(flaggingDir, repo);
      const { waiting } = await queue.read();
      const state = (await this.senders.get(queue.path))?.state ?? { kind: 'idle' };
      if (waiting.length > 0) found.push({ queue, count: waiting.length, state });
    }
    return found;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
    for (const sender of this.senders.values()) void sender.then((one) => one.dispose());
  }

  private async send(queue: FlagQueue, target: SaverTarget): Promise<void> {
    await this.remember(queue);
    this.changed.fire();
    if (!vscode.workspace.isTrusted) return;
    const key = this.keyOf(target);
    if (!this.hasAgreed(target)) {
      if (!this.asked.has(key)) this.asked.set(key, this.ask(target));
      await this.asked.get(key);
    }
    (await this.senderOf(queue)).wake();
  }

  private async retryStopped(): Promise<void> {
    for (const waiting of this.senders.values()) {
      const sender = await waiting;
      if (sender.state.kind === 'stopped') sender.sendNow();
    }
  }

  private senderOf(queue: FlagQueue): Promise<FlagSender> {
    const known = this.senders.get(queue.path) ?? this.newSender(queue);
    this.senders.set(queue.path, known);
    return known;
  }

  private async newSender(queue: FlagQueue): Promise<FlagSender> {
    const { FlagSender: Sender } = await import('../../core/hub/saver/sending');
    const { log, pace } = this.options;
    return new Sender(queue, {
      ...pace,
      connect: (target) => this.connect(target),
      log,
      onChange: () => this.changed.fire(),
    });
  }

  /** @throws ExpectedError when nothing may be sent */
  private async connect(target: SaverTarget): Promise<HubClient> {
    const { accounts } = this.options;
    requireTrust();
    if (!this.hasAgreed(target)) throw new ExpectedError(vscode.l10n.t('You did not agree to send flags.'));
    const login = await accounts.current();
    if (!login) throw new ExpectedError(vscode.l10n.t('Nobody is signed in.'), vscode.l10n.t('Sign in to the Hub.'));
    return accounts.client(login);
  }

  private async ask(target: SaverTarget): Promise<void> {
    const { repo, visibility } = target;
    const { endpoint } = this.options.accounts;
    const send = vscode.l10n.t('Send Flags');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Send flags to the {0} repository {1}?', visibilityText(visibility), repo),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Every sample that you flag in this demo goes to {0}, its files included. Without this, flags are kept here and wait. You are asked once in this workspace.',
          new URL(endpoint).host,
        ),
      },
      send,
    );
    if (answer !== send) return;
    const { workspaceState } = this.options.context;
    await workspaceState.update(agreedTargets, [...this.agreed, this.keyOf(target)]);
  }

  private hasAgreed(target: SaverTarget): boolean {
    return this.agreed.includes(this.keyOf(target));
  }

  private get agreed(): readonly string[] {
    return this.options.context.workspaceState.get<readonly string[]>(agreedTargets, []);
  }

  private get known(): readonly Pick<FlagQueue, 'flaggingDir' | 'repo'>[] {
    return this.options.context.workspaceState.get(knownQueues, []);
  }

  private async remember({ flaggingDir, repo }: FlagQueue): Promise<void> {
    const { known } = this;
    if (known.some((one) => one.flaggingDir === flaggingDir && one.repo === repo)) return;
    await this.options.context.workspaceState.update(knownQueues, [...known, { flaggingDir, repo }]);
  }

  private keyOf({ repo, visibility }: SaverTarget): string {
    return [this.options.accounts.endpoint, repo, visibility].join(' ');
  }
}

/** Nothing of a workspace that is not trusted leaves the machine. */
function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ExpectedError(vscode.l10n.t('This workspace is not trusted, so nothing is sent.'));
}

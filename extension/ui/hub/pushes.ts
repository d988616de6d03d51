import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { PushPlan, PushRequest } from '../../core/hub/plan/types';
import { PushHistory } from '../../core/hub/push/history';
import { discardPush, interruptedPush, type InterruptedPush } from '../../core/hub/push/journal';
import type { PushProgress, PushRecord } from '../../core/hub/push/types';
import { sizeText } from '../../core/sizeText';
import { contextKeys } from '../../ids';
import { setContext } from '../commands';
import { storagePath } from '../paths';
import type { HubAccounts } from './hubAccounts';
import { progressText, withBar, type Bar } from './pushProgress';

/** The pushes of this window: the one that is planned, the one that was interrupted, and those that were made. */
export class Pushes implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly pushed = new vscode.EventEmitter<void>();
  private readonly folder: string;
  private readonly record: PushHistory;
  private planned: PushPlan | undefined;
  private edited: string | undefined;
  /** A plan that is made, or a push that is under way: there is one at a time. */
  private busy = false;
  readonly onDidChange = this.changed.event;
  readonly onDidPush = this.pushed.event;

  constructor(
    context: vscode.ExtensionContext,
    private readonly accounts: HubAccounts,
  ) {
    this.folder = path.join(storagePath(context), 'hub');
    this.record = new PushHistory(this.folder);
  }

  /** What would be pushed. */
  get plan(): PushPlan | undefined {
    return this.planned;
  }

  get isBusy(): boolean {
    return this.busy;
  }

  history(): Promise<readonly PushRecord[]> {
    return this.record.records();
  }

  /** A push of this workspace that did not come to its end. */
  async interrupted(): Promise<InterruptedPush | undefined> {
    return this.busy ? undefined : interruptedPush(this.folder);
  }

  /** Reads and converts what is to be pushed, and compares it with the repository. @returns undefined when cancelled */
  async prepare(request: PushRequest): Promise<PushPlan | undefined> {
    return this.alone(async () => {
      await this.clear();
      const folder = path.join(this.staging, randomUUID());
      await mkdir(folder, { recursive: true });
      const client = await this.accounts.client(await this.accounts.current());
      const { preparePush } = await import('../../core/hub/push/pushing');
      const title = vscode.l10n.t('Planning the push to {0}', request.repo);
      const plan = await withBar(title, ({ signal, show }) =>
        preparePush(request, client, {
          folder,
          signal,
          onProgress: (done, size) => show(sizeText(done), size === 0 ? undefined : done / size),
        }),
      );
      this.setPlan(plan);
      return plan;
    });
  }

  /** Carries the plan out. @returns undefined when it was cancelled; it can be gone on with then */
  async run(plan: PushPlan): Promise<PushRecord | undefined> {
    return this.alone(async () => {
      const { runPush } = await import('../../core/hub/push/pushing');
      const client = await this.accounts.client(await this.accounts.current());
      const { card } = this;
      return this.push(plan, (bar) =>
        runPush(plan, client, { journal: this.folder, ...following(bar), ...(card !== undefined && { card }) }),
      );
    });
  }

  /** Goes on with the push that was interrupted. */
  async resume({ plan }: InterruptedPush): Promise<PushRecord | undefined> {
    return this.alone(async () => {
      const { resumePush } = await import('../../core/hub/push/pushing');
      const client = await this.accounts.client(await this.accounts.current());
      return this.push(plan, (bar) => resumePush(client, { journal: this.folder, ...following(bar) }));
    });
  }

  /** Throws the plan, and a push that was interrupted, away. */
  async discard(): Promise<void> {
    await discardPush(this.folder);
    await this.clear();
  }

  /** The card as a person edited it; undefined while it is that of the plan. */
  get card(): string | undefined {
    return this.edited;
  }

  editCard(text: string): void {
    this.edited = text === this.planned?.card ? undefined : text;
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
    this.pushed.dispose();
  }

  /** Where made files lie until they are pushed. */
  private get staging(): string {
    return path.join(this.folder, 'staging');
  }

  private async push(plan: PushPlan, work: (bar: Bar) => Promise<PushRecord>): Promise<PushRecord | undefined> {
    const pushed = await this.followed(plan, work);
    if (!pushed) return undefined;
    await this.record.add(pushed);
    await this.clear();
    this.pushed.fire();
    return pushed;
  }

  private async followed(plan: PushPlan, work: (bar: Bar) => Promise<PushRecord>): Promise<PushRecord | undefined> {
    try {
      return await withBar(vscode.l10n.t('Pushing to {0}', plan.repo), work);
    } finally {
      // What can be gone on with is listed as that, and no longer as a plan.
      if (await interruptedPush(this.folder)) this.setPlan(undefined);
    }
  }

  private setPlan(plan: PushPlan | undefined): void {
    this.planned = plan;
    this.edited = undefined;
    setContext(contextKeys.hasPushPlan, plan !== undefined);
    this.changed.fire();
  }

  /** A plan without its files cannot be carried out. */
  private async clear(): Promise<void> {
    this.setPlan(undefined);
    await rm(this.staging, { recursive: true, force: true });
  }

  private async alone<T>(work: () => Promise<T>): Promise<T> {
    this.busy = true;
    this.changed.fire();
    try {
      return await work();
    } finally {
      this.busy = false;
      this.changed.fire();
    }
  }
}

function following({ signal, show }: Bar) {
  const onProgress = (progress: PushProgress): void => {
    const { sent, bytes } = progress;
    show(progressText(progress), bytes === 0 ? undefined : sent / bytes);
  };
  return { signal, onProgress };
}

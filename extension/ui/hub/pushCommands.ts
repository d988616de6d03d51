import * as vscode from 'vscode';
import { ExpectedError, isExpected } from '../../core/errors';
import { hubFailureOf } from '../../core/hub/hubError';
import { isUpToDate, type PushPlan, type PushRequest } from '../../core/hub/plan/types';
import type { PushRecord } from '../../core/hub/push/types';
import { sizeText } from '../../core/sizeText';
import { commands, views } from '../../ids';
import { registerCommand } from '../commands';
import type { ErrorReporter } from '../errors';
import type { Services } from '../services';
import type { HubAccounts, Login } from './hubAccounts';
import { subjectOf } from './hubNodes';
import { amountText, filesText, visibilityText } from './hubTexts';
import { describePush, pickPushSettings } from './pushSettings';
import { choosePushSource, type PushSource } from './pushSource';
import type { Pushes } from './pushes';
import { nameOfLogin, requireLogin, signIn } from './signIn';

const rememberedRequests = 'hub.requests';

interface Hub {
  readonly services: Services;
  readonly accounts: HubAccounts;
  readonly pushes: Pushes;
}

/** *Push Dataset to the Hub*, from its questions to the commit. */
export function registerPush(hub: Hub): vscode.Disposable {
  const { pushes } = hub;
  const errors = offeringSignIn(hub);
  return vscode.Disposable.from(
    registerCommand(commands.pushDataset, errors, async (clicked) => {
      refuseWhileBusy(pushes);
      const source = await choosePushSource(clicked);
      if (source) await planPush(hub, () => askForPush(hub, source));
    }),
    registerCommand(commands.runPushPlan, errors, async () => {
      refuseWhileBusy(pushes);
      const { plan } = pushes;
      if (!plan) throw new ExpectedError(vscode.l10n.t('No push is planned.'), pushFirst());
      await confirmAndPush(hub, plan);
    }),
    registerCommand(commands.discardPushPlan, errors, () => {
      refuseWhileBusy(pushes);
      return pushes.discard();
    }),
    registerCommand(commands.pushAgain, errors, async (clicked) => {
      refuseWhileBusy(pushes);
      const record = subjectOf(clicked, 'push')?.record ?? (await pushes.history())[0];
      if (!record) throw new ExpectedError(vscode.l10n.t('Nothing of this workspace was pushed yet.'), pushFirst());
      await planPush(hub, () => Promise.resolve({ ...record.request, card: undefined, title: undefined }));
    }),
    registerCommand(commands.resumePush, errors, async () => {
      refuseWhileBusy(pushes);
      const interrupted = await pushes.interrupted();
      if (!interrupted) throw new ExpectedError(vscode.l10n.t('No push was interrupted.'), pushFirst());
      const login = await requireLogin(hub.accounts);
      if (!login) return;
      await hub.accounts.requireRight(login, interrupted.plan);
      await pushing(hub, interrupted.plan, () => pushes.resume(interrupted));
    }),
  );
}

/** Reports as usual, and offers another account where this one may not do it. */
function offeringSignIn({ services, accounts }: Hub): ErrorReporter {
  const { errors, log } = services;
  const offer = async ({ message, details }: ExpectedError): Promise<void> => {
    log.warn([message, details].filter(Boolean).join('\n'));
    const other = vscode.l10n.t('Sign In…');
    if ((await vscode.window.showErrorMessage(message, other)) === other) await signIn(accounts);
  };
  const report: ErrorReporter['report'] = (error, doing) => {
    const failure = hubFailureOf(error);
    const isOfAccount = failure === 'forbidden' || failure === 'unauthorized';
    if (isOfAccount && isExpected(error)) offer(error).catch((next: unknown) => errors.report(next));
    else errors.report(error, doing);
  };
  return { ...errors, report };
}

function pushFirst(): string {
  return vscode.l10n.t('Choose “Push Dataset to the Hub”.');
}

function refuseWhileBusy({ isBusy }: Pushes): void {
  if (isBusy)
    throw new ExpectedError(vscode.l10n.t('A push is under way.'), vscode.l10n.t('Wait for it, or cancel it.'));
}

/** The settings of the last time when the person wants them again, else new ones. */
async function askForPush({ services, accounts }: Hub, source: PushSource): Promise<PushRequest | undefined> {
  const { workspaceState } = services.context;
  const remembered = workspaceState.get<Readonly<Record<string, PushRequest>>>(rememberedRequests, {});
  const last = remembered[source.path];
  const isSame = last ? await offerSame(last) : false;
  if (isSame === undefined) return undefined;
  if (last && isSame) return last;
  const login = await requireLogin(accounts);
  if (!login) return undefined;
  await accounts.requireRight(login);
  const request = await pickPushSettings(source, { accounts, login });
  if (request) await workspaceState.update(rememberedRequests, { ...remembered, [source.path]: request });
  return request;
}

async function offerSame(last: PushRequest): Promise<boolean | undefined> {
  const again = { label: vscode.l10n.t('$(refresh) Push with the same settings'), description: describePush(last) };
  const other = { label: vscode.l10n.t('$(settings-gear) Choose other settings…') };
  const placeHolder = vscode.l10n.t('This was pushed to the Hub before');
  const chosen = await vscode.window.showQuickPick([again, other], { placeHolder });
  return chosen && chosen === again;
}

/** Shows what a push will do; nothing is sent yet. */
async function planPush(hub: Hub, ask: () => Promise<PushRequest | undefined>): Promise<void> {
  const { pushes, accounts, services } = hub;
  if (!(await mayReplaceInterrupted(pushes))) return;
  const request = await ask();
  const login = request && (await requireLogin(accounts));
  if (!login) return;
  await accounts.requireRight(login, request);
  const plan = await pushes.prepare(request);
  if (!plan) return;
  await vscode.commands.executeCommand(`${views.hub}.focus`);
  // Nothing waits for the message to be answered.
  if (isUpToDate(plan)) tellUpToDate(plan).catch((error: unknown) => services.errors.report(error));
}

/** What was made for a push that was interrupted is gone with the next plan. */
async function mayReplaceInterrupted(pushes: Pushes): Promise<boolean> {
  const interrupted = await pushes.interrupted();
  if (!interrupted) return true;
  const { plan, done, files } = interrupted;
  const resume = vscode.l10n.t('Resume It');
  const discard = vscode.l10n.t('Discard It');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('The last push to {0} was interrupted.', plan.repo),
    { modal: true, detail: vscode.l10n.t('{0} of {1} are in the repository.', done, filesText(files)) },
    resume,
    discard,
  );
  if (answer === resume) await vscode.commands.executeCommand(commands.resumePush);
  if (answer !== discard) return false;
  await pushes.discard();
  return true;
}

async function tellUpToDate(plan: PushPlan): Promise<void> {
  const open = vscode.l10n.t('Open on the Hub');
  const message = vscode.l10n.t('{0} is up to date: there is nothing to push.', plan.repo);
  if ((await vscode.window.showInformationMessage(message, open)) === open) await openRepository(plan);
}

/** The one question of a push: repository, visibility and rows. */
async function confirmAndPush(hub: Hub, plan: PushPlan): Promise<void> {
  if (isUpToDate(plan) && hub.pushes.card === undefined) return tellUpToDate(plan);
  const login = await requireLogin(hub.accounts);
  if (!login) return;
  await hub.accounts.requireRight(login, plan);
  const push = vscode.l10n.t('Push');
  const question = vscode.l10n.t(
    'Push {0} to the {1} repository {2}?',
    amountText(plan.rows, changedIn(plan)),
    visibilityText(plan.visibility),
    plan.repo,
  );
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail: detailOf(plan, login) }, push);
  if (answer === push) await pushing(hub, plan, () => hub.pushes.run(plan));
}

function changedIn({ files }: PushPlan): number {
  return files.filter(({ change }) => change !== 'leave').length;
}

function detailOf(plan: PushPlan, login: Login): string {
  const { endpoint, branch, pullRequest, creates, bytes, warnings, visibility } = plan;
  const place = pullRequest ? vscode.l10n.t('as a pull request') : vscode.l10n.t('on the branch {0}', branch);
  const lines = [
    vscode.l10n.t('To {0}, {1}: {2}, {3}.', new URL(endpoint).host, place, filesText(changedIn(plan)), sizeText(bytes)),
    vscode.l10n.t('Account: {0}', nameOfLogin(login)),
    creates ? vscode.l10n.t('The repository is created first.') : '',
    visibility === 'public' ? vscode.l10n.t('Everyone can see and download them.') : '',
    ...warnings.slice(0, 5).map(({ message }) => `⚠ ${message}`),
    warnings.length > 5 ? vscode.l10n.t('and {0} more warnings', warnings.length - 5) : '',
  ];
  return lines.filter(Boolean).join('\n');
}

/** Pushes, and offers what helps where the repository moved meanwhile. */
async function pushing(hub: Hub, plan: PushPlan, push: () => Promise<PushRecord | undefined>): Promise<void> {
  try {
    const record = await push();
    if (record) tellPushed(record).catch((error: unknown) => hub.services.errors.report(error));
  } catch (error) {
    if (hubFailureOf(error) !== 'conflict' || !(error instanceof Error)) throw error;
    await offerAfterConflict(hub, plan, error);
  }
}

async function offerAfterConflict(hub: Hub, plan: PushPlan, error: Error): Promise<void> {
  hub.services.log.warn(error.message);
  const again = vscode.l10n.t('Plan Again');
  const pullRequest = vscode.l10n.t('As a Pull Request');
  const answer = await vscode.window.showWarningMessage(error.message, again, pullRequest);
  if (answer === again) await planPush(hub, () => Promise.resolve(plan.request));
  if (answer !== pullRequest) return;
  const { asPullRequest } = await import('../../core/hub/push/pushing');
  const proposal = asPullRequest(plan);
  await pushing(hub, proposal, () => hub.pushes.run(proposal));
}

async function tellPushed(record: PushRecord): Promise<void> {
  const open = vscode.l10n.t('Open on the Hub');
  const copy = vscode.l10n.t('Copy load_dataset Code');
  const { rows, changed, repo, pullRequestUrl } = record;
  const message =
    pullRequestUrl === undefined
      ? vscode.l10n.t('Pushed {0} to {1}.', amountText(rows, changed), repo)
      : vscode.l10n.t('Opened a pull request with {0} in {1}.', amountText(rows, changed), repo);
  const answer = await vscode.window.showInformationMessage(message, open, copy);
  if (answer === open) await openPush(record);
  if (answer === copy) await vscode.env.clipboard.writeText(record.loadCode);
}

/** Opens what a line of the view is about in the browser. */
export async function openOnHub(clicked: unknown): Promise<void> {
  const record = subjectOf(clicked, 'push')?.record;
  const plan = subjectOf(clicked, 'plan')?.plan;
  if (record) await openPush(record);
  else if (plan) await openRepository(plan);
}

async function openPush({ endpoint, repo, pullRequestUrl }: PushRecord): Promise<void> {
  await openAddress(pullRequestUrl ?? `${endpoint}/datasets/${repo}`);
}

async function openRepository({ endpoint, repo }: PushPlan): Promise<void> {
  await openAddress(`${endpoint}/datasets/${repo}`);
}

async function openAddress(address: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}

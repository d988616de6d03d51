import * as vscode from 'vscode';
import { labelName } from '../../core/dataset/recordLabels';
import { ExpectedError } from '../../core/errors';
import { opinionRequest, secondOpinion, type OpinionRequest } from '../../core/review/secondOpinion';
import { commands, contextKeys } from '../../ids';
import { isCount } from '../answers';
import { registerCommand, setContext } from '../commands';
import { readablePath } from '../paths';
import { withProgress } from '../progress';
import type { Services } from '../services';

const chosenModel = 'secondOpinion.model';
const agreed = 'secondOpinion.agreed';
/** Characters of the question that the dialog shows. */
const shownPrompt = 3000;

/** *Second Opinion*: a language model of the editor is asked for a label, without being told the one that is given. */
export function registerSecondOpinion(services: Services): vscode.Disposable {
  const { reviews, errors } = services;
  const lookForModels = (): void =>
    void vscode.lm.selectChatModels().then(
      ({ length }) => setContext(contextKeys.hasLanguageModel, length > 0),
      (error: unknown) => errors.describe(error),
    );
  // Nothing is looked for before there is something to ask about.
  let isFollowed = false;
  return vscode.Disposable.from(
    reviews.onDidChange(({ change }) => {
      if (change !== 'opened' || isFollowed) return;
      isFollowed = true;
      lookForModels();
    }),
    vscode.lm.onDidChangeChatModels(() => {
      if (isFollowed) lookForModels();
    }),
    registerCommand(commands.secondOpinion, errors, async (uri, row) => {
      if (uri instanceof vscode.Uri && isCount(row)) await askFor(services, uri, row);
    }),
  );
}

async function askFor(services: Services, dataset: vscode.Uri, row: number): Promise<void> {
  const { reviews, context, log } = services;
  const review = await reviews.of(dataset);
  const request = await opinionRequest(review, row);
  const model = await agreedModel(context, dataset, request);
  if (!model) return;
  log.info(
    `${model.name} is asked about record ${row} of ${readablePath(dataset.fsPath)}: ${request.prompt.length} characters.`,
  );
  const opinion = await withProgress(vscode.l10n.t('Asking {0}', model.name), (signal) =>
    secondOpinion(review, request, model.name, (prompt) => send(model, prompt, signal)),
  );
  if (!opinion) return;
  log.info(`${model.name} says ${JSON.stringify(opinion.label)} of record ${row}: ${opinion.reason}`);
  const said = vscode.l10n.t('{0} says “{1}”: {2}', model.name, labelName(opinion.label), opinion.reason);
  vscode.window.setStatusBarMessage(said, 10_000);
}

/** The model that a person agreed to send a text of this dataset to. */
async function agreedModel(
  { globalState, workspaceState }: vscode.ExtensionContext,
  dataset: vscode.Uri,
  request: OpinionRequest,
): Promise<vscode.LanguageModelChat | undefined> {
  const models = await vscode.lm.selectChatModels();
  if (models.length === 0) {
    throw new ExpectedError(
      vscode.l10n.t('No language model is available in this editor.'),
      vscode.l10n.t('Install an extension that provides one.'),
    );
  }
  let model = models.find(({ id }) => id === globalState.get<string>(chosenModel)) ?? (await pickModel(models));
  while (model) {
    await globalState.update(chosenModel, model.id);
    const key = JSON.stringify([dataset.toString(), model.id]);
    const remembered = workspaceState.get<readonly string[]>(agreed, []);
    if (remembered.includes(key)) return model;
    const answer = await ask(model, dataset, request);
    if (answer === 'once') return model;
    if (answer === 'always') {
      await workspaceState.update(agreed, [...remembered, key]);
      return model;
    }
    if (answer === undefined) return undefined;
    model = await pickModel(models);
  }
  return undefined;
}

async function pickModel(models: readonly vscode.LanguageModelChat[]): Promise<vscode.LanguageModelChat | undefined> {
  const items = models.map((model) => ({ label: model.name, description: `${model.vendor} · ${model.family}`, model }));
  const placeHolder = vscode.l10n.t('Language model to ask for a label');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.model;
}

/** Says which model gets which text, word by word. @returns undefined when nothing is to be sent */
async function ask(
  { name, vendor }: vscode.LanguageModelChat,
  dataset: vscode.Uri,
  { row, prompt, clipped }: OpinionRequest,
): Promise<'once' | 'always' | 'other' | undefined> {
  const [once, always, other] = [
    vscode.l10n.t('Send'),
    vscode.l10n.t('Send, and Do Not Ask Again for This Dataset'),
    vscode.l10n.t('Another Model…'),
  ];
  const hidden = prompt.length - shownPrompt;
  const notes = [
    vscode.l10n.t(
      'The given label and the suggestion are not sent. This leaves your machine, if the model is not on it:',
    ),
    hidden > 0
      ? vscode.l10n.t('{0}… and {1} more characters of the text', prompt.slice(0, shownPrompt), hidden)
      : prompt,
    ...(clipped > 0 ? [vscode.l10n.t('{0} characters at the end of the text are not sent.', clipped)] : []),
  ];
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Send record {0} of {1} to {2} ({3})?', row, readablePath(dataset.fsPath), name, vendor),
    { modal: true, detail: notes.join('\n\n') },
    once,
    always,
    other,
  );
  if (choice === once) return 'once';
  if (choice === always) return 'always';
  return choice === other ? 'other' : undefined;
}

async function send(model: vscode.LanguageModelChat, prompt: string, signal: AbortSignal): Promise<string> {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => cancellation.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const { text } = await model.sendRequest([vscode.LanguageModelChatMessage.User(prompt)], {}, cancellation.token);
    let answer = '';
    for await (const part of text) answer += part;
    signal.throwIfAborted();
    return answer;
  } catch (error) {
    if (!(error instanceof vscode.LanguageModelError)) throw error;
    const next = vscode.l10n.t('Ask again, or choose another model.');
    throw new ExpectedError(vscode.l10n.t('{0} did not answer: {1}', model.name, error.message), next, '', {
      cause: error,
    });
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}

import * as path from 'node:path';
import * as vscode from 'vscode';
import { openTable } from '../../core/dataset/openTable';
import { accessTo, type Access } from '../../core/hub/access';
import type { HubAccount } from '../../core/hub/client/types';
import type { PushFormat, PushRequest } from '../../core/hub/plan/types';
import { parseRepositoryId, type RepositoryId, type Visibility } from '../../core/hub/repository';
import { messageOf } from '../../core/errors';
import { Steps, type Option } from '../stepPick';
import type { HubAccounts, Login } from './hubAccounts';
import { visibilityText } from './hubTexts';
import type { PushSource } from './pushSource';

const splitColumns = new Set(['split', 'splits', 'subset', 'partition', 'fold']);
/** Ids of the Hub's list that datasets have most often. */
const licenses = ['cc-by-4.0', 'cc-by-sa-4.0', 'cc0-1.0', 'cc-by-nc-4.0', 'apache-2.0', 'mit', 'odc-by', 'other'];

/** Who pushes. */
interface Pusher {
  readonly accounts: HubAccounts;
  readonly login: Login;
}

interface Questions extends Pusher {
  readonly steps: Steps;
  readonly source: PushSource;
}

interface Target {
  readonly repo: RepositoryId;
  /** Undefined for a repository that is made. */
  readonly exists: Visibility | undefined;
  readonly access: Access;
}

/**
 * Asks where a source is to be pushed, and how.
 *
 * @returns undefined when the person left
 * @throws HubError `forbidden` as soon as it is clear that the account may not push there
 */
export async function pickPushSettings(source: PushSource, pusher: Pusher): Promise<PushRequest | undefined> {
  const steps = new Steps(vscode.l10n.t('Push {0} to the Hub', path.basename(source.path)), 3);
  const questions = { steps, source, ...pusher };
  const target = await pickTarget(questions);
  if (!target) return undefined;
  const place = target.exists ? await pickPlace(steps, target.access) : await pickNewRepository(steps);
  if (!place) return undefined;
  const format = await pickFormat(steps);
  if (!format) return undefined;
  const columns = source.kind === 'dataset' ? await pickColumns(questions) : noColumns;
  if (!columns) return undefined;
  const withReview = source.isReviewed ? await pickReview(steps) : false;
  if (withReview === undefined) return undefined;
  return {
    source: source.path,
    repo: target.repo,
    visibility: target.exists ?? 'private',
    title: undefined,
    card: undefined,
    format,
    withReview,
    ...place,
    ...columns,
  };
}

async function pickTarget({ steps, source, accounts, login }: Questions): Promise<Target | undefined> {
  const account = await accounts.accountOf(login);
  const name = repositoryName(source.path);
  const other = { label: vscode.l10n.t('$(edit) Another repository…'), value: '' };
  const proposals = writableNames(account, name).map((repo, at) => ({
    label: `$(repo) ${repo}`,
    isProposed: at === 0,
    value: repo,
  }));
  const chosen = await steps.pick(vscode.l10n.t('Dataset repository to push to'), [...proposals, other]);
  const text = chosen?.value === '' ? await typeRepository(steps, `${account.name}/${name}`) : chosen?.value;
  if (text === undefined) return undefined;
  const repo = parseRepositoryId(text);
  const client = await accounts.client(login);
  const exists = (await client.repository(repo))?.visibility;
  // A pull request is the least that a repository may be asked for, and one that is not there has none.
  await accounts.requireRight(login, { repo, pullRequest: exists !== undefined });
  return { repo, exists, access: accessTo(account, repo) };
}

/** The repositories of this name that the account may make or write to: its own, and those of its organisations. */
function writableNames(account: HubAccount, name: string): readonly RepositoryId[] {
  const namespaces = [account.name, ...account.organizations.map((organization) => organization.name)];
  return namespaces
    .map((namespace): RepositoryId => `${namespace}/${name}`)
    .filter((repo) => accessTo(account, repo) === 'write');
}

/** The name of a file or folder as the Hub takes it. */
function repositoryName(source: string): string {
  const { name } = path.parse(source);
  const parent = path.basename(path.dirname(source));
  const own = /^(flagged|data|logs?|train)$/i.test(name) && parent !== '' ? `${parent}-${name}` : name;
  const allowed = own.normalize('NFKD').replaceAll(/[^\w.-]+/g, '-');
  return (
    allowed
      .replaceAll(/-{2,}/g, '-')
      .replaceAll(/\.{2,}/g, '.')
      .replaceAll(/^[-.]+|[-.]+$|\.git$/g, '')
      .slice(0, 96) || 'dataset'
  );
}

function typeRepository(steps: Steps, value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: steps.again,
    prompt: vscode.l10n.t('Its owner and its name. It is made if there is none.'),
    value,
    valueSelection: [value.indexOf('/') + 1, value.length],
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        parseRepositoryId(text);
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    },
  });
}

type Place = Pick<PushRequest, 'branch' | 'pullRequest' | 'cardFields'> & Partial<Pick<PushRequest, 'visibility'>>;

async function pickNewRepository(steps: Steps): Promise<Place | undefined> {
  steps.addStep();
  const visibility = await steps.pick<Visibility>(vscode.l10n.t('Who may see the new repository'), [
    {
      label: vscode.l10n.t('$(lock) Private'),
      detail: vscode.l10n.t('Only you, or the members of the organisation.'),
      isProposed: true,
      value: 'private',
    },
    {
      label: vscode.l10n.t('$(globe) Public'),
      detail: vscode.l10n.t('Everyone can see and download it.'),
      value: 'public',
    },
  ]);
  if (!visibility) return undefined;
  const none = { label: vscode.l10n.t('Say nothing yet'), value: '' };
  const options = licenses.map((id) => ({ label: id, value: id }));
  const license = await steps.pick(vscode.l10n.t('License of the dataset, for its card'), [none, ...options]);
  if (!license) return undefined;
  const cardFields: PushRequest['cardFields'] = license.value === '' ? {} : { license: license.value };
  return { branch: undefined, pullRequest: false, cardFields, visibility: visibility.value };
}

async function pickPlace(steps: Steps, access: Access): Promise<Place | undefined> {
  const options: Option<'main' | 'pullRequest' | 'branch'>[] = [
    { label: vscode.l10n.t('$(git-commit) Commit to main'), isProposed: true, value: 'main' },
    {
      label: vscode.l10n.t('$(git-pull-request) Open a pull request'),
      detail: vscode.l10n.t('The repository stays as it is until somebody merges it.'),
      value: 'pullRequest',
    },
    { label: vscode.l10n.t('$(git-branch) Commit to another branch…'), value: 'branch' },
  ];
  const allowed = options.filter(({ value }) => access === 'write' || value === 'pullRequest');
  const chosen = await steps.pick(vscode.l10n.t('Where the changes go'), allowed);
  if (!chosen) return undefined;
  const place = { branch: undefined, pullRequest: chosen.value === 'pullRequest', cardFields: {} };
  if (chosen.value !== 'branch') return place;
  const prompt = vscode.l10n.t('Name of the branch. It is made from main if there is none.');
  const branch = await vscode.window.showInputBox({
    title: steps.again,
    prompt,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^(?![/.-])[\w./-]+(?<![/.])$/.test(text) && !/\.\.|\/\//.test(text)
        ? undefined
        : vscode.l10n.t('Letters, digits, “.”, “_”, “-” and “/” make a name.'),
  });
  return branch === undefined ? undefined : { ...place, branch };
}

async function pickFormat(steps: Steps): Promise<PushFormat | undefined> {
  const chosen = await steps.pick<PushFormat>(vscode.l10n.t('How the data is stored'), [
    {
      label: 'Parquet',
      detail: vscode.l10n.t('Values and types load as they are here; images and audio go inside.'),
      isProposed: true,
      value: 'parquet',
    },
    {
      label: vscode.l10n.t('As it is'),
      detail: vscode.l10n.t('The same files, with a card that tells how to read them.'),
      value: 'asIs',
    },
  ]);
  return chosen?.value;
}

type Columns = Pick<PushRequest, 'labelColumn' | 'splitColumn'>;
const noColumns: Columns = { labelColumn: undefined, splitColumn: undefined };

async function pickColumns({ steps, source }: Questions): Promise<Columns | undefined> {
  steps.addStep();
  const table = await openTable(source.path);
  const { guessSearch } = await import('../../core/review/searchGuess');
  const { label } = await guessSearch(table);
  const none: Option<string | undefined> = {
    label: vscode.l10n.t('$(circle-slash) No column'),
    isProposed: label === undefined,
    value: undefined,
  };
  const options = table.columns.map((name): Option<string | undefined> => {
    return { label: name, isProposed: name === label, value: name };
  });
  const labelColumn = await steps.pick(vscode.l10n.t('Column of class labels, stored as ClassLabel'), [
    ...options,
    none,
  ]);
  if (!labelColumn) return undefined;
  const guess = table.columns.find((name) => splitColumns.has(name.toLowerCase()));
  if (guess === undefined) return { labelColumn: labelColumn.value, splitColumn: undefined };
  steps.addStep();
  const split = await steps.pick<string | undefined>(vscode.l10n.t('Splits of the dataset'), [
    { label: vscode.l10n.t('By the column {0}', guess), isProposed: true, value: guess },
    { label: vscode.l10n.t('All records in one split, train'), value: undefined },
  ]);
  return split && { labelColumn: labelColumn.value, splitColumn: split.value };
}

async function pickReview(steps: Steps): Promise<boolean | undefined> {
  steps.addStep();
  const chosen = await steps.pick(vscode.l10n.t('The review of its labels'), [
    {
      label: vscode.l10n.t('Only the dataset'),
      detail: vscode.l10n.t('The card tells how many labels were corrected.'),
      isProposed: true,
      value: false,
    },
    {
      label: vscode.l10n.t('The dataset with its ledgers and candidates'),
      detail: vscode.l10n.t('Everyone who sees the repository sees who decided what, and the notes.'),
      value: true,
    },
  ]);
  return chosen?.value;
}

/** One line: `ada/sms · private · Parquet`. */
export function describePush({ repo, visibility, format, branch, pullRequest }: PushRequest): string {
  const place = pullRequest ? vscode.l10n.t('pull request') : (branch ?? '');
  const stored = format === 'parquet' ? 'Parquet' : vscode.l10n.t('as it is');
  return [repo, visibilityText(visibility), stored, place].filter(Boolean).join(' · ');
}

import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import type { HubAccount } from '../../core/hub/client/types';
import { awaitToken, requestDeviceCode, type DeviceCode } from '../../core/hub/tokens/deviceFlow';
import { tokenOfFile } from '../../core/hub/tokens/environmentToken';
import type { StoredAccount } from '../../core/hub/tokens/storedAccounts';
import { configured } from '../settings';
import type { HubAccounts, Login } from './hubAccounts';

interface Way extends vscode.QuickPickItem {
  readonly take: () => Promise<Login | undefined>;
}

/**
 * Asks how to sign in, and does so.
 *
 * @returns undefined when the person left
 */
export async function signIn(accounts: HubAccounts): Promise<Login | undefined> {
  const chosen = await vscode.window.showQuickPick(await waysOf(accounts), {
    title: vscode.l10n.t('Sign In to {0}', hostOf(accounts)),
    placeHolder: vscode.l10n.t('How to sign in'),
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  const login = await chosen?.take();
  if (!login) return undefined;
  const account = await accounts.accountOf(login);
  await accounts.choose(login);
  tellWhatItMay(account);
  return login;
}

/** The login that is used, else that of someone who signs in now. */
export async function requireLogin(accounts: HubAccounts): Promise<Login | undefined> {
  return (await accounts.current()) ?? signIn(accounts);
}

/** Signs out: the accounts of this Hub are offered where there are several. */
export async function signOut(accounts: HubAccounts, clicked?: Login): Promise<void> {
  const logins = clicked ? [clicked] : await allLogins(accounts);
  if (logins.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nobody is signed in to {0}.', hostOf(accounts)));
    return;
  }
  const login = logins.length === 1 ? logins[0] : await pickLogin(accounts, logins);
  if (!login) return;
  if (login.source === 'environment') {
    throw new ExpectedError(
      vscode.l10n.t('The token comes from the environment of VS Code.'),
      vscode.l10n.t('Remove HF_TOKEN there, or choose another account by “Sign In to the Hub”.'),
    );
  }
  const name = login.source === 'stored' ? login.stored.account.name : vscode.l10n.t('the token file');
  const confirm = vscode.l10n.t('Sign Out');
  const detail =
    login.source === 'stored'
      ? vscode.l10n.t('The token is removed from this machine. It stays valid until you revoke it on the Hub.')
      : vscode.l10n.t('The file stays as it is; it is only no longer used here.');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Sign {0} out of {1}?', name, hostOf(accounts)),
    { modal: true, detail },
    confirm,
  );
  if (answer === confirm) await accounts.forget(login);
}

/** The login that is used, and everyone else who signed in. */
async function allLogins(accounts: HubAccounts): Promise<readonly Login[]> {
  const current = await accounts.current();
  const others = (await accounts.signedIn()).map(loginOf).filter(({ token }) => token !== current?.token);
  return current ? [current, ...others] : others;
}

async function pickLogin(accounts: HubAccounts, logins: readonly Login[]): Promise<Login | undefined> {
  const items = logins.map((login, at) => ({
    label: `$(account) ${nameOfLogin(login)}`,
    description: at === 0 ? vscode.l10n.t('in use') : '',
    login,
  }));
  const title = vscode.l10n.t('Sign Out of {0}', hostOf(accounts));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Who to sign out') }))?.login;
}

function loginOf(stored: StoredAccount): Login {
  return { source: 'stored', token: stored.token, stored };
}

/** The name of a person, or where the token comes from. */
export function nameOfLogin(login: Login): string {
  if (login.source === 'stored') return login.stored.account.name;
  return login.source === 'environment'
    ? vscode.l10n.t('Token in HF_TOKEN')
    : vscode.l10n.t('Token of the Hugging Face command line');
}

/** `huggingface.co` */
export function hostOf({ endpoint }: HubAccounts): string {
  return new URL(endpoint).host;
}

async function waysOf(accounts: HubAccounts): Promise<Way[]> {
  const { ofEnvironment, tokenFile } = accounts;
  const current = await accounts.current();
  const used = (login: Login): string => (current?.token === login.token ? vscode.l10n.t('in use') : '');
  const ways = (await accounts.signedIn()).map(loginOf).map((login): Way => {
    return { label: `$(account) ${nameOfLogin(login)}`, description: used(login), take: () => Promise.resolve(login) };
  });
  if (ofEnvironment !== undefined) {
    const login: Login = { source: 'environment', token: ofEnvironment };
    ways.push({
      label: vscode.l10n.t('$(terminal) The token in HF_TOKEN'),
      description: used(login),
      detail: vscode.l10n.t('From the environment that VS Code was started in.'),
      take: () => Promise.resolve(login),
    });
  }
  const ofFile = await tokenOfFile(tokenFile);
  if (ofFile !== undefined) {
    const login: Login = { source: 'file', token: ofFile };
    ways.push({
      label: vscode.l10n.t('$(file) The token of the Hugging Face command line'),
      description: used(login),
      detail: vscode.l10n.t('Read when it is needed, never copied: {0}', tokenFile),
      take: () => Promise.resolve(login),
    });
  }
  return [...ways, ...newWays(accounts)];
}

function newWays(accounts: HubAccounts): Way[] {
  const paste: Way = {
    label: vscode.l10n.t('$(key) Paste a token…'),
    detail: vscode.l10n.t('Kept in the secret storage of VS Code. Make one that may write: {0}', tokenPage(accounts)),
    take: () => pasteToken(accounts),
  };
  if (configured('hubOauthClientId') === '') return [paste];
  const browser: Way = {
    label: vscode.l10n.t('$(globe) Sign in with the browser…'),
    detail: vscode.l10n.t('You choose there which repositories and organisations may be written to.'),
    take: () => signInWithBrowser(accounts),
  };
  return [browser, paste];
}

function tokenPage({ endpoint }: HubAccounts): string {
  return `${endpoint.replace(/^https:\/\//, '')}/settings/tokens`;
}

async function pasteToken(accounts: HubAccounts): Promise<Login | undefined> {
  const token = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sign In to {0}', hostOf(accounts)),
    prompt: vscode.l10n.t(
      'A token of the type “Write”, or a fine-grained one that may write to your repositories. From {0}.',
      tokenPage(accounts),
    ),
    placeHolder: 'hf_…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' || /^hf_\w+$/.test(text.trim()) ? undefined : vscode.l10n.t('A token begins with hf_.'),
  });
  if (!token?.trim()) return undefined;
  return keep(accounts, { token: token.trim() });
}

async function signInWithBrowser(accounts: HubAccounts): Promise<Login | undefined> {
  const controller = new AbortController();
  const { endpoint } = accounts;
  const client = { endpoint, clientId: configured('hubOauthClientId'), signal: controller.signal };
  const code = await requestDeviceCode(client);
  if (!(await openPage(code))) return undefined;
  const title = vscode.l10n.t('Waiting for the code {0} on {1}', code.userCode, hostOf(accounts));
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
  const token = await vscode.window.withProgress(options, async (_, cancellation) => {
    cancellation.onCancellationRequested(() => controller.abort());
    try {
      return await awaitToken(client, code);
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    }
  });
  return token && keep(accounts, token);
}

async function openPage({ userCode, page }: DeviceCode): Promise<boolean> {
  const open = vscode.l10n.t('Copy Code and Open Browser');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Your code is {0}', userCode),
    { modal: true, detail: vscode.l10n.t('Type it on {0}, and agree there.', page) },
    open,
  );
  if (answer !== open) return false;
  await vscode.env.clipboard.writeText(userCode);
  return vscode.env.openExternal(vscode.Uri.parse(page, true));
}

type NewToken = Pick<StoredAccount, 'token' | 'refreshToken' | 'expiresAt'>;

/** Asks the Hub whose token it is, and keeps it. */
async function keep(accounts: HubAccounts, token: NewToken): Promise<Login> {
  const account = await accounts.accountOf({ source: 'environment', token: token.token });
  const stored = { ...token, endpoint: accounts.endpoint, account };
  if (!(await accounts.store.add(stored))) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('This machine has no keyring, so you are signed in until this window is closed.'),
    );
  }
  return { source: 'stored', token: token.token, stored };
}

function tellWhatItMay({ name, role }: HubAccount): void {
  if (role === 'read') {
    const next = vscode.l10n.t('Pushing takes one that may write.');
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Signed in as {0}, with a token that may only read. {1}', name, next),
    );
  } else void vscode.window.showInformationMessage(vscode.l10n.t('Signed in as {0}.', name));
}

import * as os from 'node:os';
import * as vscode from 'vscode';
import { refusedPush } from '../../core/hub/access';
import type { HubAccount, HubClient } from '../../core/hub/client/types';
import { messageOf } from '../../core/errors';
import { endpointOf } from '../../core/hub/endpoint';
import { isPassing } from '../../core/hub/hubError';
import type { PushRequest } from '../../core/hub/plan/types';
import { environmentToken, tokenFilePath, tokenOfFile } from '../../core/hub/tokens/environmentToken';
import { refresh } from '../../core/hub/tokens/deviceFlow';
import type { StoredAccount } from '../../core/hub/tokens/storedAccounts';
import type { Log } from '../../core/log';
import { configured } from '../settings';
import { AccountStore } from './accountStore';

/**
 * A token and where it comes from: the environment of VS Code, the file of the Hub's own command line, or someone who
 * signed in here.
 */
export type Login =
  | { readonly source: 'environment' | 'file'; readonly token: string }
  | { readonly source: 'stored'; readonly token: string; readonly stored: StoredAccount };

/** Which login a person chose, by endpoint: `environment`, `file` or the name of an account. */
type Chosen = Readonly<Record<string, string>>;

const chosenKey = 'hub.login';
/** A token that expires sooner is refreshed before it is used. Milliseconds. */
const refreshBefore = 10 * 60 * 1000;

interface AccountsOptions {
  readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState' | 'extension'>;
  readonly log: Log;
}

/** Who this window is to the Hub. Asks nobody and sends nothing until it is asked for a client. */
export class HubAccounts implements vscode.Disposable {
  readonly store: AccountStore;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  /** What the Hub said of each token, once a window: it limits how often it may be asked. */
  private readonly known = new Map<string, Promise<HubAccount>>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly options: AccountsOptions) {
    this.store = new AccountStore(options.context.secrets, options.log);
    this.subscriptions = vscode.Disposable.from(
      this.store,
      this.changed,
      this.store.onDidChange(() => this.changed.fire()),
    );
  }

  /** Of the setting, else of `HF_ENDPOINT`, else the Hub of Hugging Face. @throws ExpectedError when it is no address */
  get endpoint(): string {
    return endpointOf(configured('hubEndpoint'), process.env);
  }

  /** Who signed in to this Hub. */
  async signedIn(): Promise<readonly StoredAccount[]> {
    return (await this.store.all()).filter(({ endpoint }) => endpoint === this.endpoint);
  }

  /** The token of the environment, if it is for this Hub. */
  get ofEnvironment(): string | undefined {
    return environmentToken(process.env, this.endpoint);
  }

  /** Where the Hub's own command line keeps its token. */
  get tokenFile(): string {
    return tokenFilePath(process.env, os.homedir());
  }

  /** The login that is used: the one that was chosen, else that of the environment, else who signed in last. */
  async current(): Promise<Login | undefined> {
    const stored = await this.signedIn();
    const { ofEnvironment } = this;
    const chosen = this.chosen[this.endpoint];
    const named = stored.find(({ account }) => account.name === chosen);
    if (named) return { source: 'stored', token: named.token, stored: named };
    if (chosen === 'file') {
      const token = await tokenOfFile(this.tokenFile);
      if (token !== undefined) return { source: 'file', token };
    }
    if (ofEnvironment !== undefined) return { source: 'environment', token: ofEnvironment };
    const last = stored.at(-1);
    return last && { source: 'stored', token: last.token, stored: last };
  }

  /** Uses a login from now on. */
  async choose(login: Login): Promise<void> {
    await this.options.context.globalState.update(chosenKey, { ...this.chosen, [this.endpoint]: nameOf(login) });
    this.changed.fire();
  }

  /** Forgets a login: who signed in is removed, a token of elsewhere is no longer used. */
  async forget(login: Login): Promise<void> {
    this.known.delete(login.token);
    if (login.source === 'stored') await this.store.remove(login.stored);
    if (this.chosen[this.endpoint] !== nameOf(login)) return;
    const others = Object.entries(this.chosen).filter(([endpoint]) => endpoint !== this.endpoint);
    await this.options.context.globalState.update(chosenKey, Object.fromEntries(others));
    this.changed.fire();
  }

  /** Who a login is, and what it may do; the Hub is asked once a window. @throws HubError */
  accountOf(login: Login): Promise<HubAccount> {
    const known = this.known.get(login.token) ?? this.ask(login);
    this.known.set(login.token, known);
    known.catch(() => this.known.delete(login.token));
    return known;
  }

  /**
   * Refuses what a login may not do, so that nothing is sent in vain. Where the Hub does not answer now, it decides later.
   *
   * @param target undefined for a push to anywhere
   * @throws HubError `forbidden`; the next time the Hub is asked anew, for rights change
   */
  async requireRight(login: Login, target?: Pick<PushRequest, 'repo' | 'pullRequest'>): Promise<void> {
    const account = await this.accountOf(login).catch((error: unknown) => {
      if (!isPassing(error)) throw error;
      this.options.log.warn(`What the token may do is not known: ${messageOf(error)}`);
    });
    const refused = account && refusedPush(account, target);
    if (!refused) return;
    this.known.delete(login.token);
    throw refused;
  }

  /** A client for a login, whose token is refreshed where it is about to expire; without one it is nobody's. */
  async client(login: Login | undefined): Promise<HubClient> {
    const { log, context } = this.options;
    const token = login && (await this.fresh(login));
    const { createHubClient } = await import('../../core/hub/client/hubClient');
    const { version } = context.extension.packageJSON as { readonly version: string };
    return createHubClient({
      endpoint: this.endpoint,
      token,
      log,
      userAgent: `flag-review/${version}`,
      useXet: configured('hubXet'),
    });
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private get chosen(): Chosen {
    return this.options.context.globalState.get<Chosen>(chosenKey, {});
  }

  private async ask(login: Login): Promise<HubAccount> {
    try {
      return await (await this.client(login)).whoAmI();
    } catch (error) {
      if (login.source === 'stored' && isPassing(error)) return login.stored.account;
      throw error;
    }
  }

  private async fresh(login: Login): Promise<string> {
    if (login.source !== 'stored') return login.token;
    const { expiresAt, refreshToken, endpoint } = login.stored;
    if (expiresAt === undefined || refreshToken === undefined || expiresAt - Date.now() > refreshBefore) {
      return login.token;
    }
    const renewed = await refresh({ endpoint, clientId: configured('hubOauthClientId') }, refreshToken);
    await this.store.add({ ...login.stored, ...renewed });
    return renewed.token;
  }
}

/** What a person chooses it by. */
function nameOf(login: Login): string {
  return login.source === 'stored' ? login.stored.account.name : login.source;
}

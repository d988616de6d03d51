import * as vscode from 'vscode';
import { parseAccounts, withAccount, withoutAccount, type StoredAccount } from '../../core/hub/tokens/storedAccounts';
import { messageOf } from '../../core/errors';
import type { Log } from '../../core/log';

const key = 'hub.accounts';

/** Who signed in, in VS Code's secret storage, which all windows share. A machine without a keyring may have none. */
export class AccountStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  /** Those that the secret storage did not take: they are gone with the window. */
  private session: readonly StoredAccount[] = [];
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly log: Log,
  ) {
    this.subscription = secrets.onDidChange((change) => change.key === key && this.changed.fire());
  }

  async all(): Promise<readonly StoredAccount[]> {
    return [...(await this.kept()), ...this.session];
  }

  /** @returns false when it is kept for this window only, since there is no secret storage */
  async add(account: StoredAccount): Promise<boolean> {
    try {
      await this.secrets.store(key, JSON.stringify(withAccount(await this.kept(), account)));
      this.session = withoutAccount(this.session, account);
      return true;
    } catch (error) {
      this.log.warn(`The secret storage failed: ${messageOf(error)}`);
      this.session = withAccount(this.session, account);
      return false;
    } finally {
      this.changed.fire();
    }
  }

  async remove(account: StoredAccount): Promise<void> {
    this.session = withoutAccount(this.session, account);
    const kept = await this.kept();
    const left = withoutAccount(kept, account);
    if (left.length === 0) await this.secrets.delete(key);
    else if (left.length < kept.length) await this.secrets.store(key, JSON.stringify(left));
    this.changed.fire();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async kept(): Promise<readonly StoredAccount[]> {
    try {
      return parseAccounts(await this.secrets.get(key));
    } catch (error) {
      this.log.warn(`The secret storage failed: ${messageOf(error)}`);
      return [];
    }
  }
}

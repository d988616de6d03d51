/** As much of `vscode` as code needs that asks a person and waits for events; what it says is for the tests to change. */
type Listener<T> = (event: T) => unknown;

class Disposable {
  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }

  constructor(readonly dispose: () => unknown) {}
}

class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };

  fire(event: T): void {
    for (const listener of this.listeners) listener(event);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

type Command = (...given: readonly unknown[]) => unknown;

/** The person at the window, and what the window shows them. */
class FakePerson {
  /** Questions so far, with their details. */
  readonly asked: string[] = [];
  /** Buttons to press, in order; a question beyond them is dismissed. */
  readonly answers: string[] = [];
  readonly told: string[] = [];
  private readonly registered = new Map<string, Command>();
  private readonly trusted = new EventEmitter<void>();

  /** What a test gives to `vi.mock('vscode', …)`. */
  readonly vscode = {
    Disposable,
    EventEmitter,
    l10n: {
      t: (text: string, ...values: readonly unknown[]) =>
        text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
    },
    window: {
      showWarningMessage: (text: string, { detail = '' }: { detail?: string }) => {
        this.asked.push(`${text} ${detail}`);
        return Promise.resolve(this.answers.shift());
      },
      showInformationMessage: (text: string) => Promise.resolve(void this.told.push(text)),
    },
    workspace: { isTrusted: true, onDidGrantWorkspaceTrust: this.trusted.event },
    commands: {
      registerCommand: (id: string, command: Command) => {
        this.registered.set(id, command);
        return new Disposable(() => this.registered.delete(id));
      },
    },
  };

  trust(): void {
    this.vscode.workspace.isTrusted = true;
    this.trusted.fire();
  }

  reset(): void {
    for (const list of [this.asked, this.answers, this.told]) list.length = 0;
    this.vscode.workspace.isTrusted = true;
  }

  /** Runs a command from the palette. */
  async run(id: string): Promise<void> {
    await this.registered.get(id)?.();
  }
}

export const person = new FakePerson();

/** A `Memento` of a workspace, which outlives windows. */
export class FakeMemento {
  private readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string, otherwise?: T): T | undefined {
    return (this.values.get(key) ?? otherwise) as T | undefined;
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}

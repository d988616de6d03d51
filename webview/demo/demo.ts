import type { DemoHost, DemoPage, RunView } from '../../extension/protocol/demo';
import type { Handlers, Remote } from '../../extension/protocol/rpc';
import { failureOf } from '../ui/rpcClient';
import { Flagging } from './flagging';
import { inputId } from './ids';
import { isEdited } from './state';
import { Store } from './store';
import { strings } from './strings';
import { Debounced } from '../ui/timer';
import { invalidInputs } from './validate';

/** What VS Code keeps of the page while it is hidden and over a reload. */
export interface Memory {
  /** What the host restores the panel from. */
  readonly restore: unknown;
  /** Whether the inputs were changed after the last run. */
  readonly edited: boolean;
}

export interface MemoryStore {
  readonly read: () => unknown;
  readonly write: (memory: Memory) => void;
}

const liveDelay = 300;
const saveDelay = 400;

/** What a person can do on the page, carried out with the host. */
export class Demo {
  readonly store = new Store();
  readonly flagging: Flagging;
  private readonly live = new Debounced(liveDelay, () => void this.run());
  private readonly saving = new Debounced(saveDelay, () => this.save());
  /** Counts runs: the answer to an older one than the last is not shown. */
  private turn = 0;
  private loading = Promise.resolve();

  constructor(
    readonly host: Remote<DemoHost>,
    private readonly memory: MemoryStore,
  ) {
    this.flagging = new Flagging(this.store, host);
  }

  load(): Promise<void> {
    this.loading = this.ask();
    return this.loading;
  }

  type(input: number, value: unknown): void {
    this.store.dispatch({ type: 'typed', input, value });
    this.inputsChanged();
  }

  /** Fills inputs with an example; inputs that it does not mention stay. */
  fill(example: readonly unknown[], number: number): void {
    const values = this.store.state.values.map((value, input) => (input < example.length ? example[input] : value));
    this.store.dispatch({ type: 'filled', values });
    this.announce(strings.exampleUsed(number));
    this.inputsChanged();
  }

  /** Fills all inputs with those of a flagged sample, which may come before the demo is shown. */
  async fillInputs(values: readonly unknown[]): Promise<void> {
    await this.loading;
    this.store.dispatch({ type: 'filled', values: this.store.state.values.map((_, input) => values[input] ?? null) });
    this.announce(strings.sampleUsed);
    this.inputsChanged();
  }

  /** Runs the demo, or says what is in the way. */
  async submit(): Promise<void> {
    const { state } = this.store;
    if (!state.view || state.view.blocked || (state.run.phase === 'running' && !state.view.live)) return;
    const invalid = invalidInputs(state);
    if (invalid[0] === undefined) return this.run();
    this.announce(strings.fixInputs(invalid.length));
    this.store.dispatch({ type: 'focused', id: inputId(invalid[0]) });
  }

  stop(): void {
    if (this.store.state.run.phase !== 'running') return;
    this.store.dispatch({ type: 'stopping' });
    this.aside(this.host.stop());
  }

  async clear(): Promise<void> {
    const wasRunning = this.store.state.run.phase === 'running';
    this.turn++;
    this.live.cancel();
    this.store.dispatch({ type: 'cleared' });
    this.announce(strings.cleared);
    this.saving.ask();
    try {
      if (wasRunning) await this.host.stop();
      await this.host.clear();
    } catch (error) {
      this.store.dispatch({ type: 'notice', failure: failureOf(error) });
    }
  }

  setAuto(on: boolean): void {
    this.store.dispatch({ type: 'auto', on });
    this.host.setAutoFlag(on).catch((error: unknown) => {
      this.store.dispatch({ type: 'auto', on: !on });
      this.store.dispatch({ type: 'notice', failure: failureOf(error) });
    });
  }

  /** Waits for something at the side; its failure is shown, and nothing else changes. */
  aside(doing: Promise<void>): void {
    doing.catch((error: unknown) => this.store.dispatch({ type: 'notice', failure: failureOf(error) }));
  }

  /** Saves what was typed at once: the page may be gone in a moment. */
  leave(): void {
    this.saving.flush();
  }

  /** Acts as a person would, for a command of the palette, which may come before the demo is shown. */
  async perform(action: Parameters<DemoPage['perform']>[0], option: string | null): Promise<void> {
    await this.loading;
    switch (action) {
      case 'submit':
        return void this.submit();
      case 'clear':
        return void this.clear();
      case 'stop':
        this.stop();
        return;
      case 'flag':
        return void this.flagging.flagByCommand(option);
    }
  }

  private async ask(): Promise<void> {
    try {
      const view = await this.host.view();
      this.store.dispatch({ type: 'loaded', view, edited: wasEdited(this.memory.read()) });
      this.remember();
    } catch (error) {
      this.store.dispatch({ type: 'loadFailed', failure: failureOf(error) });
    }
  }

  private inputsChanged(): void {
    this.saving.ask();
    this.remember();
    const { view } = this.store.state;
    if (!view?.live || view.blocked) return;
    if (invalidInputs(this.store.state).length > 0) this.live.cancel();
    else this.live.ask();
  }

  private async run(): Promise<void> {
    this.live.cancel();
    const turn = ++this.turn;
    const started = performance.now();
    this.store.dispatch({ type: 'started', at: started });
    const result = await this.answer(started);
    if (turn !== this.turn) return;
    this.store.dispatch({ type: 'ended', result });
    this.remember();
  }

  private async answer(started: number): Promise<RunView> {
    try {
      return await this.host.submit(this.store.state.values);
    } catch (error) {
      const seconds = (performance.now() - started) / 1000;
      return { id: 0, outputs: [], failure: failureOf(error), seconds, flag: null };
    }
  }

  private save(): void {
    this.aside(this.host.saveInputs(this.store.state.values));
  }

  private remember(): void {
    this.memory.write({ restore: this.store.state.view?.restore ?? null, edited: isEdited(this.store.state) });
  }

  private announce(text: string): void {
    this.store.dispatch({ type: 'announced', text });
  }
}

function wasEdited(memory: unknown): boolean {
  return typeof memory === 'object' && memory !== null && 'edited' in memory && memory.edited === true;
}

/** What the host may tell the page. The demo is asked for late, since it is made with the host. */
export function pageHandlers(demo: () => Demo): Handlers<DemoPage> {
  return {
    partial: {
      accepts: (args) => args.length === 1 && Array.isArray(args[0]),
      handle: (outputs) => demo().store.dispatch({ type: 'partial', outputs }),
    },
    status: {
      accepts: (args) => args.length === 1 && typeof args[0] === 'string',
      handle: (text) => demo().store.dispatch({ type: 'status', text }),
    },
    changed: { accepts: (args) => args.length === 0, handle: () => demo().load() },
    fillInputs: {
      accepts: (args) => args.length === 1 && Array.isArray(args[0]),
      handle: (values) => demo().fillInputs(values),
    },
    perform: {
      accepts: ([action, option]) => typeof action === 'string' && (option === null || typeof option === 'string'),
      handle: (action, option) => demo().perform(action, option),
    },
  };
}

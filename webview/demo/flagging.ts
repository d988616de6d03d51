import type { DemoHost, FlagRequest, FlagView } from '../../extension/protocol/demo';
import type { Remote } from '../../extension/protocol/rpc';
import { failureOf } from '../ui/rpcClient';
import { correctionId, flagButtonId } from './ids';
import { canFlag, flagOf, isFlagged, type Flag } from './state';
import type { Store } from './store';
import { strings } from './strings';

/** Flags samples, takes flags back and offers samples again. */
export class Flagging {
  constructor(
    private readonly store: Store,
    private readonly host: Remote<DemoHost>,
  ) {}

  /** Flags the shown run's sample; once for each option, however often it is asked for. */
  async flag(option: string | null): Promise<void> {
    const { state } = this.store;
    if (state.run.phase !== 'ended' || !canFlag(state)) {
      this.announce(strings.notFlaggable);
      return;
    }
    if (isFlagged(flagOf(state, option))) return;
    const [unclear] = Object.keys(state.correctedDrafts);
    if (unclear !== undefined) {
      this.announce(strings.fixCorrection);
      this.store.dispatch({ type: 'focused', id: correctionId(Number(unclear)) });
      return;
    }
    const { note, corrected } = state;
    await this.send({ runId: state.run.result.id, option, note: note.trim(), corrected });
  }

  /** Asks again for a flag that failed: for the sample it was meant for, with its note. */
  async retry({ request }: Flag): Promise<void> {
    if (request) await this.send(request);
  }

  /** Flags as a command or a key asks for it: which option is meant may still be open. */
  async flagByCommand(option: string | null): Promise<void> {
    const options = this.store.state.view?.flagging.options ?? [];
    if (this.store.state.view?.flagging.mode === 'never') {
      this.announce(strings.flagOff);
      return;
    }
    if (option !== null || options.some(({ value }) => value === null)) return this.flag(option);
    this.announce(canFlag(this.store.state) ? strings.chooseOption : strings.notFlaggable);
    this.store.dispatch({ type: 'focused', id: flagButtonId(0) });
  }

  async undo(flag: Flag): Promise<void> {
    if (!flag.view || flag.phase !== 'flagged') return;
    this.set({ ...flag, phase: 'undoing', failure: null });
    try {
      this.answered(flag, await this.host.undoFlag(flag.view.id));
    } catch (error) {
      this.set({ ...flag, phase: 'flagged', failure: failureOf(error) });
    }
  }

  /** Offers the samples that could not be recorded again. */
  async retrySpooled(): Promise<void> {
    const { spool } = this.store.state;
    if (spool.retrying) return;
    this.store.dispatch({ type: 'spool', spool: { ...spool, retrying: true, failure: null } });
    try {
      const recorded = await this.host.retrySpooled();
      const { spooled: count } = await this.host.view();
      this.store.dispatch({ type: 'spool', spool: { count, retrying: false, failure: null } });
      if (count === 0) this.store.dispatch({ type: 'spoolEmptied' });
      this.announce(recorded > 0 ? strings.recorded(recorded) : strings.notRecorded);
    } catch (error) {
      this.store.dispatch({ type: 'spool', spool: { ...spool, retrying: false, failure: failureOf(error) } });
    }
  }

  private async send(request: FlagRequest): Promise<void> {
    const { runId, option } = request;
    const flag: Flag = { runId, option, request, phase: 'saving', view: null, failure: null };
    this.set(flag);
    try {
      this.answered(flag, await this.host.flag(request));
    } catch (error) {
      this.set({ ...flag, phase: 'failed', failure: failureOf(error) });
    }
  }

  private answered(flag: Flag, view: FlagView): void {
    this.set({ ...flag, phase: view.state, view, failure: view.failure });
    if (view.state !== 'spooled') return;
    const { spool } = this.store.state;
    this.store.dispatch({ type: 'spool', spool: { ...spool, count: spool.count + 1 } });
  }

  private set(flag: Flag): void {
    this.store.dispatch({ type: 'flag', flag });
  }

  private announce(text: string): void {
    this.store.dispatch({ type: 'announced', text });
  }
}

import { copyFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Demo } from '../../core/demo/definition';
import { ExpectedError } from '../../core/errors';
import type { LoggedSample } from '../../core/flagging/log/types';
import { regressionLines } from '../../core/flagging/replay/regression';
import { saveRegression } from '../../core/flagging/replay/regressionFile';
import { ReplayRun } from '../../core/flagging/replay/replayRun';
import { replayRow } from '../../core/flagging/replay/summary';
import type { ReplayResult, Verdict } from '../../core/flagging/replay/types';
import { byCells } from '../../core/flagging/unflag';
import type { ReplayDetail, ReplayRows, ReplayView } from '../../protocol/replay';
import { openLink } from '../demoPanel';
import { unflaggedText, unflagRows, type Unflagged } from '../flaggedSamples/unflagging';
import type { PageFiles } from '../pageFiles';
import { readablePath } from '../paths';
import { withProgress } from '../progress';
import type { Services } from '../services';
import { refuseUnsaved } from '../unsaved';
import { watchFile } from '../watchFile';
import { openSampleInLog } from './openSampleInLog';
import type { ReplayAnswers } from './replayHandlers';
import { currentDemo, setUpReplay, type ReplayTarget } from './replayTarget';

/** At most so often a page is told that more was judged. Milliseconds. */
const pace = 200;
/** Rows that one answer holds at most. */
const mostRows = 500;

/** One replay: what is run, what came of it, and what a page asks of it. */
export class ReplayController implements ReplayAnswers, vscode.Disposable {
  private replayed = new ReplayRun(() => this.changed());
  private demo: Demo | undefined;
  private status = '';
  private stale = false;
  private started = false;
  private version = 0;
  /** By row: the cells by which a sample is known again. */
  private cells = new Map<number, readonly string[]>();
  /** Which samples were chosen, by their cells; undefined for all, or until the log was read once. */
  private chosen: ReadonlySet<string> | undefined;
  private readonly rowsAtFirst: ReadonlySet<number>;
  private readonly unflagged = new Set<number>();
  private readonly undoListeners: vscode.Disposable[] = [];
  private timer: NodeJS.Timeout | undefined;
  private functionWatch: vscode.Disposable | undefined;
  private running: Promise<void> = Promise.resolve();

  /** @param tell has the page ask again */
  constructor(
    private readonly services: Services,
    readonly target: ReplayTarget,
    private readonly files: PageFiles,
    private readonly mediaDir: string,
    private readonly tell: (version: number) => void,
  ) {
    this.rowsAtFirst = new Set(target.rows);
  }

  /** Undefined until the definition was read. */
  get demoTitle(): string | undefined {
    return this.demo?.title;
  }

  async view(): Promise<ReplayView> {
    const { replayed: run, services, target } = this;
    this.demo ??= await currentDemo(services, target.demo);
    return {
      demo: this.demo.title,
      log: readablePath(target.log.fsPath),
      total: run.total,
      done: run.results.length,
      state: this.started ? run.state : 'idle',
      status: this.status,
      stale: this.stale,
      counts: run.counts(),
      flaggedFixed: this.flaggedFixed().length,
      failure: run.error === undefined ? null : services.errors.describe(run.error),
      inputs: this.demo.inputs,
      outputs: this.demo.outputs,
      version: this.version,
      restore: { log: target.log.toString(), demo: target.demo.toString(), rows: target.rows },
    };
  }

  rows(verdict: Verdict | null, from: number, count: number): ReplayRows {
    const { results } = this.replayed;
    const matching = verdict === null ? results : results.filter((result) => result.verdict === verdict);
    const rows = matching
      .slice(from, from + Math.min(count, mostRows))
      .map((result) => replayRow(result, this.unflagged.has(result.sample.row)));
    return { version: this.version, matched: matching.length, from, rows };
  }

  async detail(row: number): Promise<ReplayDetail> {
    const { sample, verdict, now, differs, failure } = this.resultOf(row);
    return {
      row,
      verdict,
      option: sample.option,
      inputs: await this.files.toPage(sample.inputs),
      logged: await this.files.toPage(sample.logged),
      now: now && (await this.files.toPage(now)),
      corrected: await this.files.toPage(sample.corrected),
      differs,
      failure,
    };
  }

  /** Begins anew at once; the run under way ends first. */
  restart(): void {
    this.replayed.cancel();
    const run = new ReplayRun(() => this.changed());
    this.running = this.running.then(async () => {
      this.replayed = run;
      this.started = true;
      this.stale = false;
      this.status = '';
      this.unflagged.clear();
      this.changed();
      await run.run(() => this.setUp());
    });
    this.running.catch((error: unknown) => this.services.errors.report(error));
  }

  cancel(): void {
    this.replayed.cancel();
  }

  async unflagFixed(): Promise<number> {
    const fixed = this.flaggedFixed();
    const { log } = this.target;
    if (fixed.length === 0) return 0;
    refuseUnsaved(log);
    const confirm = vscode.l10n.t('Un-flag');
    const choice = await vscode.window.showWarningMessage(
      fixed.length === 1
        ? vscode.l10n.t('Take the flag of 1 fixed sample back?')
        : vscode.l10n.t('Take the flags of {0} fixed samples back?', fixed.length),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Their rows are removed from {0}, with their notes and the files that no other row names.',
          readablePath(log.fsPath),
        ),
      },
      confirm,
    );
    if (choice !== confirm) return 0;
    const cells = fixed.map(({ sample }) => this.cells.get(sample.row) ?? []);
    const keys = cells.map((row) => JSON.stringify(row));
    const done = await withProgress(vscode.l10n.t('Un-flagging samples'), (signal) =>
      unflagRows(this.services, { log, keys, keyOf: byCells }, signal),
    );
    if (!done) return 0;
    // A row that was gone before is no flag any more either.
    for (const { sample } of fixed) this.unflagged.add(sample.row);
    this.changed();
    await this.offerUndo(done, fixed);
    return done.rows;
  }

  async saveRegression(): Promise<number | null> {
    const { results } = this.replayed;
    if (regressionLines(results).lines.length === 0) {
      throw new ExpectedError(
        vscode.l10n.t('Of none of these samples it is known what is right.'),
        vscode.l10n.t('Flag with a corrected output, or with an option that praises.'),
      );
    }
    const name = path.basename(this.target.demo.fsPath, '.demo.json');
    const chosen = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(this.target.demo, '..', `${name}.regression.jsonl`),
      filters: { [vscode.l10n.t('Regression file')]: ['jsonl'] },
      title: vscode.l10n.t('Save as Regression File'),
    });
    return chosen ? (await saveRegression(chosen.fsPath, results)).saved : null;
  }

  async openSample(row: number): Promise<void> {
    this.resultOf(row);
    if (this.unflagged.has(row)) throw new ExpectedError(vscode.l10n.t('The flag of this sample was taken back.'));
    const before = [...this.unflagged].filter((other) => other < row).length;
    await openSampleInLog(this.services, this.target.log, row - before);
  }

  showLog(): void {
    this.services.log.show();
  }

  openLink(url: string): Promise<void> {
    return openLink(url);
  }

  async saveFile(token: string): Promise<void> {
    const file = this.files.resolve(token);
    const name = path.basename(file.orig_name ?? file.path);
    const chosen = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(this.target.demo, '..', name),
    });
    if (chosen) await copyFile(file.path, chosen.fsPath);
  }

  /** Ends the run; the files it made may go then. */
  async end(): Promise<void> {
    this.dispose();
    this.replayed.cancel();
    await this.running;
    await this.files.dispose();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.functionWatch?.dispose();
    for (const listener of this.undoListeners) listener.dispose();
  }

  private async setUp() {
    const { services, target } = this;
    const demo = await currentDemo(services, target.demo);
    this.demo = demo;
    this.watch(demo);
    const setup = await setUpReplay(services, target, demo, {
      mediaDir: this.mediaDir,
      isChosen: (sample) => this.isChosen(sample),
      onStatus: (status) => {
        this.status = status;
        this.changed();
      },
    });
    this.cells = new Map(setup.logged.map(({ row, cells }) => [row, cells]));
    if (target.rows.length > 0) this.chosen ??= new Set(setup.logged.map(({ cells }) => JSON.stringify(cells)));
    return setup;
  }

  /** Rows move when others are taken out, so that after the first time samples are known by their cells. */
  private isChosen({ row, cells }: LoggedSample): boolean {
    if (this.chosen) return this.chosen.has(JSON.stringify(cells));
    return this.rowsAtFirst.size === 0 || this.rowsAtFirst.has(row);
  }

  private watch(demo: Demo): void {
    this.functionWatch?.dispose();
    if (demo.fn.type === 'http') return;
    this.functionWatch = watchFile(vscode.Uri.file(demo.fn.file), () => {
      this.stale = true;
      this.changed();
    });
  }

  private flaggedFixed(): readonly ReplayResult[] {
    return this.replayed.results.filter(
      ({ verdict, sample }) => verdict === 'fixed' && !this.unflagged.has(sample.row),
    );
  }

  private async offerUndo({ rows, undo }: Unflagged, fixed: readonly ReplayResult[]): Promise<void> {
    const step = { text: unflaggedText(rows), parts: undo };
    const listener = this.services.sampleUndo.onDidUndo((undone) => {
      if (undone !== step) return;
      listener.dispose();
      for (const { sample } of fixed) this.unflagged.delete(sample.row);
      this.changed();
    });
    this.undoListeners.push(listener);
    await this.services.sampleUndo.add(step);
  }

  private resultOf(row: number): ReplayResult {
    const result = this.replayed.result(row);
    if (result) return result;
    throw new ExpectedError(vscode.l10n.t('This sample is not among the results any more.'));
  }

  private changed(): void {
    this.version++;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.tell(this.version);
    }, pace);
  }
}

import * as vscode from 'vscode';
import type { Demo, Problem } from '../core/demo/definition';
import { initialPayload, payloadProblem } from '../core/demo/kinds';
import type { RunRecord } from '../core/demo/session';
import { ExpectedError } from '../core/errors';
import type { FlagRecord } from '../core/flagging/types';
import { contextKeys } from '../ids';
import type { Blocked, DemoPage, DemoView, FlagRequest, FlagView, RunView } from '../protocol/demo';
import type { Remote } from '../protocol/rpc';
import { setContext } from './commands';
import type { DemoSource } from './demoSource';
import type { DemoState } from './demoState';
import { correctedByLabel, flagView, holdsFiles, runView, viewProblems } from './demoViews';
import { openSession, type OpenSession } from './openSession';
import { hasLoosePath, type PageFiles } from './pageFiles';
import { readablePath } from './paths';
import type { Services } from './services';
import { blockedByTrust } from './trust';

export interface ControllerOptions {
  readonly services: Services;
  readonly source: DemoSource;
  readonly files: PageFiles;
  readonly state: DemoState;
  /** Tells the page, when there is one. */
  readonly tell: (say: (page: Remote<DemoPage>) => Promise<void>) => void;
}

/** One open demo: its definition as it is now, its session, and what its page is told of them. */
export class DemoController {
  private demo: Demo | undefined;
  private problems: readonly Problem[] = [];
  private opened: OpenSession | undefined;
  private loading: Promise<void>;
  private values: readonly unknown[] | undefined;
  /** Counts the pages that asked for the view: a run that outlives its page is shown by the next one. */
  private views = 0;
  private readonly flags = new Map<string, { readonly record: FlagRecord; readonly runId: number }>();
  private readonly loaded = new vscode.EventEmitter<Demo>();
  readonly onDidLoad = this.loaded.event;

  constructor(private readonly options: ControllerOptions) {
    this.loading = this.load();
  }

  get current(): Demo | undefined {
    return this.demo;
  }

  /** Reads the definition anew and tells the page when it differs. Typed values stay. */
  async reload(): Promise<void> {
    this.loading = this.loading.then(() => this.load());
    await this.loading;
    this.options.tell((page) => page.changed());
  }

  async view(): Promise<DemoView> {
    this.views++;
    await this.loading;
    const { demo, opened } = this;
    const { files } = this.options;
    const run = opened?.session.lastRun;
    return {
      title: demo?.title ?? this.options.source.name,
      description: demo?.description ?? '',
      article: demo?.article ?? '',
      inputs: demo?.inputs ?? [],
      additionalInputs: demo?.additionalInputs ?? 0,
      outputs: demo?.outputs ?? [],
      values: await files.toPage(this.values ?? []),
      examples: await files.toPage(demo?.examples ?? []),
      live: demo?.live ?? false,
      flagging: {
        mode: demo?.flaggingMode ?? 'never',
        options: demo?.flaggingOptions ?? [],
        directory: opened ? readablePath(opened.flaggingDir) : '',
        autoOn: opened?.session.autoFlag ?? false,
      },
      blocked: this.blocked(),
      problems: viewProblems(this.problems),
      run: run ? await this.shownRun(run) : null,
      restore: this.options.source.key,
      spooled: (await opened?.recorder.spooled()) ?? 0,
    };
  }

  async saveInputs(values: readonly unknown[]): Promise<void> {
    if (!this.demo) return;
    this.values = this.accepted(this.demo, values);
    await this.options.state.save(this.demo.inputs, this.values);
  }

  async submit(values: readonly unknown[]): Promise<RunView> {
    const { demo, opened } = this.ready();
    const views = this.views;
    const inputs = this.accepted(demo, values);
    checkPayloads(demo, inputs);
    this.values = inputs;
    await this.options.state.save(demo.inputs, inputs);
    let partials = Promise.resolve();
    const run = await opened.session.run(inputs, {
      onPartial: (outputs) => {
        partials = partials.then(() => this.sendPartial(outputs));
      },
      onStatus: (status) => this.options.tell((page) => page.status(status)),
    });
    await partials;
    setContext(contextKeys.ran, true);
    if (run.autoFlag && !(run.autoFlag instanceof Error)) this.remember(run.autoFlag, run.id);
    const view = await this.shownRun(run);
    if (this.views !== views) this.options.tell((page) => page.changed());
    return view;
  }

  async stop(): Promise<void> {
    await this.opened?.session.stop();
  }

  clear(): void {
    this.opened?.session.clear();
  }

  async flag({ runId, option, note, corrected }: FlagRequest): Promise<FlagView> {
    const { demo, opened } = this.ready();
    const record = await opened.session.flag({
      runId,
      option,
      note: { note: note || undefined, corrected: correctedByLabel(demo, this.options.files.fromPage(corrected)) },
    });
    return this.remember(record, runId);
  }

  async undoFlag(id: string): Promise<FlagView> {
    const { opened } = this.ready();
    const runId = this.flags.get(id)?.runId ?? 0;
    return this.remember(await opened.session.undo(id), runId);
  }

  /** @returns how many samples were recorded */
  async retrySpooled(): Promise<number> {
    return this.ready().opened.recorder.retrySpooled();
  }

  /** Absolute path of a flag's log, or of the last one; undefined when nothing was flagged here. */
  logOf(id?: string): string | undefined {
    const last = [...this.flags.values()].at(-1);
    return (id === undefined ? last : this.flags.get(id))?.record.log;
  }

  get flaggingDir(): string | undefined {
    return this.opened?.flaggingDir;
  }

  setAutoFlag(on: boolean): void {
    if (this.opened) this.opened.session.autoFlag = on;
  }

  async dispose(): Promise<void> {
    this.loaded.dispose();
    await this.options.files.dispose();
    await this.opened?.session.dispose();
  }

  /** The last definition that could be read stays while a new one is being written. */
  private async load(): Promise<void> {
    const { source, services, state } = this.options;
    try {
      const { demo, problems } = await source.load();
      this.problems = problems;
      if (!demo || JSON.stringify(demo) === JSON.stringify(this.demo)) return;
      const opened = openSession(services, demo, state.mediaDir);
      await this.opened?.session.dispose();
      const sameInputs = JSON.stringify(demo.inputs) === JSON.stringify(this.demo?.inputs);
      this.demo = demo;
      this.opened = opened;
      if (!sameInputs) this.values = (await state.restore(demo.inputs)) ?? demo.inputs.map(initialPayload);
      this.loaded.fire(demo);
    } catch (error) {
      const { what, next } = services.errors.describe(error);
      const message = [what, next].filter(Boolean).join(' ');
      this.problems = [{ message, severity: 'error', offset: 0, length: 0, line: 0, column: 0 }];
    }
  }

  private blocked(): Blocked | null {
    const untrusted = blockedByTrust();
    if (untrusted) return untrusted;
    if (this.demo) return null;
    return {
      reason: vscode.l10n.t('The demo cannot be shown: its definition has errors.'),
      action: vscode.l10n.t('Open Definition'),
    };
  }

  private ready(): { readonly demo: Demo; readonly opened: OpenSession } {
    const blocked = this.blocked();
    if (blocked) throw new ExpectedError(blocked.reason);
    if (!this.demo || !this.opened) throw new ExpectedError(vscode.l10n.t('The demo is not loaded yet.'));
    return { demo: this.demo, opened: this.opened };
  }

  /** Payloads of a page with files in place of tokens; what only looks like a file is refused. */
  private accepted(demo: Demo, values: readonly unknown[]): readonly unknown[] {
    const payloads = this.options.files.fromPage(values);
    payloads.forEach((payload, index) => {
      if (holdsFiles(demo.inputs[index]) && hasLoosePath(payload)) {
        throw new ExpectedError(
          vscode.l10n.t('A file of this demo is no longer known.'),
          vscode.l10n.t('Add it again.'),
        );
      }
    });
    return payloads;
  }

  private remember(record: FlagRecord, runId: number): FlagView {
    this.flags.delete(record.id);
    this.flags.set(record.id, { record, runId });
    setContext(contextKeys.flagged, true);
    return flagView(record, runId, this.viewContext);
  }

  private shownRun(run: RunRecord): Promise<RunView> {
    return runView(run, this.viewContext);
  }

  private async sendPartial(outputs: readonly unknown[]): Promise<void> {
    const shown = await this.options.files.toPage(outputs);
    this.options.tell((page) => page.partial(shown));
  }

  private get viewContext() {
    return { files: this.options.files, describe: this.options.services.errors.describe, readable: readablePath };
  }
}

/** Refuses what the function could not make sense of, by the name of the input. */
function checkPayloads({ inputs }: Demo, payloads: readonly unknown[]): void {
  inputs.forEach((component, index) => {
    const problem = component.kind === 'state' ? undefined : payloadProblem(component, payloads[index] ?? null);
    if (problem) throw new ExpectedError(`${component.label ?? vscode.l10n.t('Input {0}', index + 1)}: ${problem}`);
  });
}

import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { describeEra } from '../../core/flagging/log/eraText';
import { gridRow } from '../../core/flagging/log/gridRows';
import { findCell } from '../../core/flagging/log/view';
import { commands } from '../../ids';
import type { LogHost, LogQuery, LogView, RowsReply, SampleView } from '../../protocol/log';
import type { Services } from '../services';
import type { TableMedia } from '../tableMedia';
import { findDemo, type DemoOfLog } from './logDemo';
import type { LogAnswers } from './logHandlers';
import type { OpenLog } from './openLogs';
import { sampleValues } from './sampleValues';

/** Options are gathered from this many rows; a log of more has them all in these. */
const mostRowsForOptions = 50_000;

/** Answers the page of one editor of a flag log. */
export class LogSession implements LogAnswers {
  private demo: Promise<DemoOfLog | undefined> | undefined;

  constructor(
    private readonly services: Pick<Services, 'log' | 'cellTexts'>,
    private readonly open: OpenLog,
    private readonly media: TableMedia,
    private readonly panel: vscode.WebviewPanel,
    private readonly onShown: () => void,
  ) {}

  async view(): Promise<LogView> {
    await this.open.merge?.ready;
    const { log, document, version } = this.open.log;
    const { era, columns } = log.layout;
    const encoding = /^utf8(?:bom)?$/.test(document.encoding) ? '' : document.encoding;
    return {
      fileName: document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1),
      era,
      eraText: [describeEra(era), encoding].filter(Boolean).join(' · '),
      columns,
      total: log.count,
      readOnly: this.readOnly(),
      byParts: null,
      problems: this.problems(),
      version,
    };
  }

  async rows(query: LogQuery, from: number, count: number): Promise<RowsReply> {
    const { log, version } = this.open.log;
    const matched = this.matched(query);
    const samples = matched.slice(from, from + count).map((row) => log.sample(row));
    const media = await this.media.prepare(samples.flatMap(({ values }) => values.flatMap((value) => value.media)));
    const notesOf = await this.open.notes.ofRows();
    const marksOf = await this.open.marks.of(samples.map(({ row }) => row));
    const rows = samples.map((sample, index) => {
      const notes = notesOf.get(sample.row) ?? [];
      const marks = {
        note: notes.some(({ note }) => note),
        corrected: notes.some(({ corrected }) => corrected),
        reviewed: marksOf.get(index)?.reviewed ?? false,
      };
      return gridRow(sample, marks, media);
    });
    // Once this answer is on its way.
    setTimeout(this.onShown);
    return { version, matched: matched.length, from, rows };
  }

  async sample(row: number): Promise<SampleView> {
    const { log, version } = this.open.log;
    const sample = log.sample(row);
    const media = await this.media.prepare(sample.values.flatMap((value) => value.media));
    const notes = (await this.open.notes.ofRows()).get(row) ?? [];
    const demo = await this.demoOf();
    const values = sampleValues(sample, media);
    const inputs = demo?.inputs ?? values.length;
    return {
      row,
      version,
      inputs: values.slice(0, inputs),
      outputs: values.slice(inputs),
      demo: demo?.title ?? '',
      option: sample.option,
      username: sample.username,
      timestamp: sample.timestamp,
      note: notes.flatMap(({ note }) => note ?? []).join('\n'),
      corrected: Object.assign({}, ...notes.map(({ corrected }) => corrected)) as Record<string, unknown>,
    };
  }

  /** What the demo declares, then what the log has. */
  async options(): Promise<readonly string[]> {
    const { log } = this.open.log;
    const column = log.layout.columns.find(({ role }) => role === 'flag')?.index;
    if (column === undefined) return [];
    const options = new Set((await this.demoOf())?.options);
    for (let row = 0; row < Math.min(log.count, mostRowsForOptions); row++) {
      const option = log.cellText(row, column);
      if (option) options.add(option);
    }
    return [...options];
  }

  cell(row: number, column: number): string {
    return this.open.log.log.cellText(row, column);
  }

  find(...[query, text, position, column, backwards]: Parameters<LogHost['find']>): ReturnType<LogHost['find']> {
    return findCell(this.open.log.log, this.matched(query), text, { position, column }, backwards);
  }

  /** Every answer here is at once. */
  stop(): undefined {
    return undefined;
  }

  async copy(rows: readonly number[]): Promise<void> {
    const { log } = this.open.log;
    await vscode.env.clipboard.writeText(rows.map((row) => log.recordText(row)).join(''));
  }

  async setCell(row: number, column: number, text: string, version: number): Promise<void> {
    this.checkWritable();
    await this.open.log.edit([row], version, (log) => log.setCell(row, column, text));
  }

  async setOption(rows: readonly number[], option: string, version: number): Promise<void> {
    this.checkWritable();
    const column = this.open.log.log.layout.columns.find(({ role }) => role === 'flag')?.index;
    if (column === undefined) {
      throw new ExpectedError(
        vscode.l10n.t('This log has no column for the option.'),
        vscode.l10n.t('Add a note instead.'),
      );
    }
    const chosen = [...new Set(rows)].sort((a, b) => a - b);
    await this.open.log.edit(chosen, version, (log) => chosen.flatMap((row) => log.setCell(row, column, option)));
  }

  async deleteRows(rows: readonly number[], version: number): Promise<boolean> {
    this.checkWritable();
    const { log, deletion } = this.open;
    if (!(await deletion.ask(log.log, rows, this.media))) return false;
    await log.edit(rows, version, (text) => text.removeRows(rows));
    return true;
  }

  async setNote(row: number, note: string, version: number): Promise<void> {
    await this.open.notes.set(row, note, version);
  }

  async setReviewed(rows: readonly number[], reviewed: boolean, version: number): Promise<void> {
    this.open.log.checkSame(rows, version);
    await this.open.marks.setReviewed(rows, reviewed);
  }

  undo(): Promise<void> {
    return this.inEditor('undo');
  }

  redo(): Promise<void> {
    return this.inEditor('redo');
  }

  async save(): Promise<void> {
    const { log } = this.open;
    // VS Code tells by itself when a save fails, and asks what to do.
    await log.queue(async () => {
      await log.document.save();
    });
  }

  async openCell(row: number, column: number): Promise<void> {
    const { log, document } = this.open.log;
    const { name = '' } = log.layout.columns.find(({ index }) => index === column) ?? {};
    await this.services.cellTexts.show(document.uri, row, name, this.cell(row, column));
  }

  async openMedia(row: number, column: number, index: number): Promise<void> {
    const value = this.open.log.log.sample(row).values.find((candidate) => candidate.column.index === column);
    await this.media.open(value?.media[index] ?? '');
  }

  async act(action: Parameters<LogHost['act']>[0], rows: readonly number[]): Promise<void> {
    const { uri } = this.open.log.document;
    switch (action) {
      case 'openAsText':
        await vscode.commands.executeCommand(commands.openAsText);
        return;
      case 'showLog':
        this.services.log.show();
        return;
      case 'checkLog':
      case 'replay':
      case 'promote':
        await vscode.commands.executeCommand(actions[action], uri, rows);
    }
  }

  private matched(query: LogQuery): readonly number[] {
    return this.open.queries.rows(this.open.log.log, this.open.log.version, query);
  }

  /** VS Code's own commands act on the active editor. */
  private inEditor(command: 'undo' | 'redo'): Promise<void> {
    return this.open.log.queue(async () => {
      if (!this.panel.active) this.panel.reveal();
      await vscode.commands.executeCommand(command);
    });
  }

  private checkWritable(): void {
    const readOnly = this.readOnly();
    if (readOnly !== null) throw new ExpectedError(readOnly);
  }

  private readOnly(): string | null {
    const { document, log } = this.open.log;
    if (document.uri.scheme !== 'file') return vscode.l10n.t('This is a version of the log that cannot be changed.');
    if (log.layout.format === 'jsonl') return vscode.l10n.t('JSON lines are shown here; change them as text.');
    if (this.open.merge?.isLossy) {
      return vscode.l10n.t(
        'The file is not in the encoding {0}: saving it would damage what is shown as �. Reopen it as text with its encoding to change it.',
        document.encoding,
      );
    }
    return null;
  }

  /** What a person has to know of the log as a whole. */
  private problems(): readonly string[] {
    const { log, merge } = this.open;
    return [
      ...(merge?.isMissing
        ? [
            vscode.l10n.t(
              'The file is gone: it was deleted, renamed or moved. Its last text is here, with your changes; saving writes it anew.',
            ),
          ]
        : []),
      ...(log.log.layout.era === 'unknown' && log.log.layout.header.length > 0
        ? [
            vscode.l10n.t(
              'By its header and first rows this is no flag log of a known kind, so it is shown as a table of plain texts.',
            ),
          ]
        : []),
    ];
  }

  private demoOf(): Promise<DemoOfLog | undefined> {
    this.demo ??= findDemo(this.open.log.document.uri, this.open.log.log.layout);
    return this.demo;
  }
}

/** Commands of other parts, which take a log and rows; all rows when there are none. */
const actions = {
  checkLog: commands.checkFlagLog,
  replay: commands.replaySamples,
  promote: commands.promoteSamples,
};

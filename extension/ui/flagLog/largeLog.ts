import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { IndexOptions } from '../../core/csv/fileIndex';
import { ExpectedError } from '../../core/errors';
import { describeEra } from '../../core/flagging/log/eraText';
import { FileLog, type RowNumbers } from '../../core/flagging/log/fileLog';
import { gridRow } from '../../core/flagging/log/gridRows';
import type { LoggedSample } from '../../core/flagging/log/types';
import { isWhole } from '../../core/flagging/log/view';
import { commands } from '../../ids';
import type { FoundCell, LogHost, LogQuery, LogView, RowsReply, SampleView } from '../../protocol/log';
import type { Services } from '../services';
import type { TableMedia } from '../tableMedia';
import type { LogAnswers } from './logHandlers';
import { sampleValues } from './sampleValues';

/** VS Code hands no text above this size to extensions. Bytes; it counts characters, which are never more. */
export const largestText = 50 * 1024 * 1024;

/** The rows of the view that was asked for last. */
interface Matched {
  readonly key: string;
  readonly rows: Promise<RowNumbers>;
}

const noMarks = { note: false, corrected: false, reviewed: false };

/** Answers the page of a log that is too large for a text document: it is read by parts of the file. */
export class LargeLog implements LogAnswers {
  private read: Promise<FileLog>;
  private version = 1;
  private matched: Matched | undefined;
  /** Counts what passes were begun or ended for. */
  private turn = 0;
  private pass = new AbortController();
  private readonly ended = new AbortController();

  /** @param onProgress is told how much of a pass over the file is done, in per cent, and null at its end */
  constructor(
    private readonly services: Pick<Services, 'log' | 'cellTexts'>,
    private readonly uri: vscode.Uri,
    private readonly media: TableMedia,
    private readonly onProgress: (percent: number | null) => void,
  ) {
    this.read = this.readFile();
  }

  /** Reads the file anew after it changed; what fails there is told by every answer. @returns the new version */
  reload(): number {
    this.stop();
    this.matched = undefined;
    this.read = this.readFile();
    return ++this.version;
  }

  dispose(): void {
    this.stop();
    this.ended.abort();
  }

  async view(): Promise<LogView> {
    const { layout, count } = await this.read;
    const { size } = await stat(this.uri.fsPath);
    return {
      fileName: path.basename(this.uri.fsPath),
      era: layout.era,
      eraText: describeEra(layout.era),
      columns: layout.columns,
      total: count,
      readOnly: vscode.l10n.t(
        'This log has {0} MB, and VS Code edits texts up to 50 MB. It is read by parts: scrolling, finding, filtering and copying work; editing, notes, marks and replay do not.',
        Math.round(size / 1024 / 1024),
      ),
      byParts: vscode.l10n.t(
        'A log above 50 MB stays in its own order: to sort it, all of it would have to be in memory.',
      ),
      problems: [],
      version: this.version,
    };
  }

  async rows(query: LogQuery, from: number, count: number): Promise<RowsReply> {
    const log = await this.read;
    const matched = await this.matching(log, query);
    const shown = Math.max(0, Math.min(count, matched.length - from));
    const samples = await log.samples(Array.from({ length: shown }, (_, index) => matched.at(from + index)));
    const media = await this.media.prepare(samples.flatMap(({ values }) => values.flatMap((value) => value.media)));
    const rows = samples.map((sample) => gridRow(sample, noMarks, media));
    return { version: this.version, matched: matched.length, from, rows };
  }

  async sample(row: number): Promise<SampleView> {
    const sample = await this.one(row);
    const media = await this.media.prepare(sample.values.flatMap((value) => value.media));
    const { option, username, timestamp } = sample;
    const inputs = sampleValues(sample, media);
    return {
      row,
      version: this.version,
      inputs,
      outputs: [],
      demo: '',
      option,
      username,
      timestamp,
      note: '',
      corrected: {},
    };
  }

  async cell(row: number, column: number): Promise<string> {
    return (await this.one(row)).cells[column] ?? '';
  }

  async find(...[query, text, position, column, backwards]: Parameters<LogHost['find']>): Promise<FoundCell | null> {
    const log = await this.read;
    const matching = this.matching(log, query);
    const { turn } = this;
    const rows = await matching;
    if (turn !== this.turn) throw stopped();
    return this.passing((options) => log.find(rows, text, { position, column }, backwards, options));
  }

  /** None: nothing is changed here. */
  options(): readonly string[] {
    return [];
  }

  /** Ends the pass that is under way. */
  stop(): void {
    this.turn++;
    this.pass.abort(stopped());
  }

  async copy(rows: readonly number[]): Promise<void> {
    const texts = await (await this.read).texts(rows);
    await vscode.env.clipboard.writeText(texts.join(''));
  }

  setCell(): never {
    throw this.refusal();
  }
  setOption(): never {
    throw this.refusal();
  }
  deleteRows(): never {
    throw this.refusal();
  }
  setNote(): never {
    throw this.refusal();
  }
  setReviewed(): never {
    throw this.refusal();
  }
  undo(): never {
    throw this.refusal();
  }
  redo(): never {
    throw this.refusal();
  }
  /** There is never anything to save. */
  save(): undefined {
    return undefined;
  }

  async openCell(row: number, column: number): Promise<void> {
    const { layout } = await this.read;
    const { name = '' } = layout.columns.find(({ index }) => index === column) ?? {};
    await this.services.cellTexts.show(this.uri, row, name, await this.cell(row, column));
  }

  async openMedia(row: number, column: number, index: number): Promise<void> {
    const sample = await this.one(row);
    await this.media.open(sample.values.find((value) => value.column.index === column)?.media[index] ?? '');
  }

  async act(action: Parameters<LogHost['act']>[0]): Promise<void> {
    if (action === 'showLog') this.services.log.show();
    else if (action === 'openAsText') await vscode.commands.executeCommand(commands.openAsText);
    else throw this.refusal();
  }

  private refusal(): ExpectedError {
    return new ExpectedError(
      vscode.l10n.t('This log is too large for that.'),
      vscode.l10n.t('Split it into files below 50 MB.'),
    );
  }

  private matching(log: FileLog, { search, filters, sort }: LogQuery): Promise<RowNumbers> {
    if (sort) throw this.refusal();
    const query = { search, filters };
    const key = JSON.stringify(query);
    if (this.matched?.key === key) return this.matched.rows;
    this.stop();
    const rows = isWhole({ ...query, sort })
      ? Promise.resolve(log.all)
      : this.passing((options) => log.matching(query, options));
    const matched = { key, rows };
    this.matched = matched;
    rows.catch(() => {
      if (this.matched === matched) this.matched = undefined;
    });
    return rows;
  }

  /** Goes through the file, in place of the pass that may be under way. */
  private async passing<T>(work: (options: IndexOptions) => Promise<T>): Promise<T> {
    this.stop();
    const pass = new AbortController();
    this.pass = pass;
    let told = 0;
    const onProgress = (done: number, size: number): void => {
      const percent = Math.floor((100 * done) / size);
      if (percent !== told && this.pass === pass) this.onProgress(percent);
      told = percent;
    };
    try {
      return await work({ signal: pass.signal, onProgress });
    } finally {
      if (this.pass === pass) this.onProgress(null);
    }
  }

  private async one(row: number): Promise<LoggedSample> {
    const [sample] = await (await this.read).samples([row]);
    if (!sample) throw new ExpectedError(vscode.l10n.t('The log has no row {0} any more.', row + 1));
    return sample;
  }

  private async readFile(): Promise<FileLog> {
    const { fsPath } = this.uri;
    const title = vscode.l10n.t('Reading {0}', path.basename(fsPath));
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, (progress) => {
      const onProgress = (done: number, size: number): void =>
        progress.report({ message: `${Math.floor((100 * done) / size)} %` });
      return FileLog.read(fsPath, { signal: this.ended.signal, onProgress });
    });
  }
}

function stopped(): ExpectedError {
  return new ExpectedError(vscode.l10n.t('The search was stopped.'));
}

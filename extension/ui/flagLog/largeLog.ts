import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { FileIndex } from '../../core/csv/fileIndex';
import { parseRecord } from '../../core/csv/parse';
import { ExpectedError } from '../../core/errors';
import { describeEra } from '../../core/flagging/log/eraText';
import { gridRow } from '../../core/flagging/log/gridRows';
import { cellsOfLine } from '../../core/flagging/log/jsonLines';
import { headOf, separatorsOf } from '../../core/flagging/log/readLog';
import { encodingOf } from '../../core/flagging/log/decode';
import { detectLayout } from '../../core/flagging/log/layout';
import { readSample } from '../../core/flagging/log/sample';
import type { LoggedSample, LogLayout } from '../../core/flagging/log/types';
import { isWhole } from '../../core/flagging/log/view';
import { commands } from '../../ids';
import type { LogHost, LogQuery, LogView, RowsReply, SampleView } from '../../protocol/log';
import type { Services } from '../services';
import type { LogAnswers } from './logHandlers';
import type { LogMedia } from './logMedia';
import { sampleValues } from './sampleValues';

/** VS Code hands no text above this size to extensions. Bytes; it counts characters, which are never more. */
export const largestText = 50 * 1024 * 1024;

interface Indexed {
  readonly layout: LogLayout;
  readonly index: FileIndex;
}

const noMarks = { note: false, corrected: false, reviewed: false };

/** Answers the page of a log that is too large for a text document: it is read by parts of the file. */
export class LargeLog implements LogAnswers {
  private indexed: Promise<Indexed>;
  private version = 1;
  private readonly ended = new AbortController();

  constructor(
    private readonly services: Services,
    private readonly uri: vscode.Uri,
    private readonly media: LogMedia,
  ) {
    this.indexed = this.read();
  }

  /** Reads the file anew after it changed. @returns the new version */
  async reload(): Promise<number> {
    this.indexed = this.read();
    await this.indexed;
    return ++this.version;
  }

  dispose(): void {
    this.ended.abort();
  }

  async view(): Promise<LogView> {
    const { layout } = await this.indexed;
    const { size } = await stat(this.uri.fsPath);
    return {
      fileName: path.basename(this.uri.fsPath),
      era: layout.era,
      eraText: describeEra(layout.era),
      columns: layout.columns,
      total: await this.total(),
      options: [],
      readOnly: vscode.l10n.t(
        'This log has {0} MB, and VS Code edits texts up to 50 MB. Scrolling, reading and copying work; searching, sorting and changing do not.',
        Math.round(size / 1024 / 1024),
      ),
      problems: [],
      version: this.version,
    };
  }

  async rows(query: LogQuery, from: number, count: number): Promise<RowsReply> {
    if (!isWhole(query)) throw this.refusal();
    const samples = await this.samples(from, count);
    const media = await this.media.prepare(samples.flatMap(({ values }) => values.flatMap((value) => value.media)));
    const rows = samples.map((sample) => gridRow(sample, noMarks, media));
    return { version: this.version, matched: await this.total(), from, rows };
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

  find(): never {
    throw this.refusal();
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

  private async total(): Promise<number> {
    const { layout, index } = await this.indexed;
    return Math.max(0, index.count - layout.headerRecords);
  }

  private async one(row: number): Promise<LoggedSample> {
    const [sample] = await this.samples(row, 1);
    if (!sample) throw new ExpectedError(vscode.l10n.t('The log has no row {0} any more.', row + 1));
    return sample;
  }

  private async samples(from: number, count: number): Promise<LoggedSample[]> {
    const { layout, index } = await this.indexed;
    const names = layout.columns.map(({ name }) => name);
    const records = await index.readRecords(from + layout.headerRecords, count);
    return records.map((text, position) => {
      const cells = layout.format === 'jsonl' ? cellsOfLine(text, names) : parseRecord(text, layout.csv);
      return readSample(layout, cells, from + position);
    });
  }

  private async read(): Promise<Indexed> {
    const { fsPath } = this.uri;
    const name = path.basename(fsPath);
    const layout = detectLayout(name, await headOf(fsPath, await encodingOf(fsPath)));
    const title = vscode.l10n.t('Reading {0}', name);
    const index = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, (progress) => {
      const onProgress = (done: number, size: number): void =>
        progress.report({ message: `${Math.floor((100 * done) / size)} %` });
      return FileIndex.read(fsPath, separatorsOf(layout), { signal: this.ended.signal, onProgress });
    });
    return { layout, index };
  }
}

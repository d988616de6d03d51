import * as path from 'node:path';
import * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { setReviewed, type RowIdentity } from '../../core/flagging/log/marks';
import {
  changeOption,
  forget,
  restoreRows,
  takeOut,
  type ChangedRows,
  type LogRows,
} from '../../core/flagging/log/rowChanges';
import { encodeFor } from '../../core/flagging/rewriteLog';
import { byText } from '../../core/flagging/unflag';
import { withProgress } from '../progress';
import type { UndoPart } from '../sampleUndo';
import type { Services } from '../services';
import { confirmDeletion, deleteFiles } from './deletion';
import { editRows, unsavedDocument } from './openDocument';
import type { SampleNode } from './samplesTree';
import { planOf, unflaggedText, unflagRows, type ChosenRows, type OnRows } from './unflagging';
import { markOf } from './workspaceLogs';

/** Changes samples of the view: all that were chosen of one log at once, and all of a command by one undo. */
export class SampleChanges {
  constructor(private readonly services: Pick<Services, 'log' | 'sampleUndo'>) {}

  unflag(nodes: readonly SampleNode[]): Promise<void> {
    return this.change(nodes, {
      title: vscode.l10n.t('Un-flagging samples'),
      inEditor: (text, rows) => text.removeRows(rows),
      onDisk: (own, signal, onRows) => unflagRows(this.services, chosenRows(own), signal, onRows),
      text: unflaggedText,
    });
  }

  /** @throws ExpectedError when one has no place for an option, or its log's encoding cannot hold it */
  changeOption(nodes: readonly SampleNode[], option: string): Promise<void> {
    const changing = nodes.filter(({ read }) => read.sample.option !== option);
    for (const { uri } of new Set(changing.map(({ log }) => log))) {
      if (unsavedDocument(uri)?.encoding === 'windows1252') encodeFor(option, 'windows-1252');
    }
    return this.change(changing, {
      title: vscode.l10n.t('Changing the option of samples'),
      inEditor: (text, rows) => rows.flatMap((row) => text.setOption(row, option)),
      onDisk: async (own, signal) => {
        const options = { log: this.services.log, signal };
        const changed = await changeOption(logRows(own), option, options);
        const { log, rows } = changed;
        await this.keepMarks(own, rows);
        const undo = { log, undo: () => restoreRows(changed, { log: this.services.log }) };
        return { rows: rows.length, undo: rows.length > 0 ? [undo] : [] };
      },
      text: (rows) =>
        rows === 1
          ? vscode.l10n.t('Changed the option of 1 sample')
          : vscode.l10n.t('Changed the option of {0} samples', rows),
    });
  }

  async mark(nodes: readonly SampleNode[], reviewed: boolean): Promise<void> {
    const { log, sampleUndo } = this.services;
    const changing = nodes.filter((node) => markOf(node.log, node.read.sample.row).reviewed !== reviewed);
    const parts: UndoPart[] = [];
    for (const own of byLog(changing)) {
      const { fsPath } = own[0].log.uri;
      const folder = path.dirname(fsPath);
      const rows = own.map(identityOf);
      await setReviewed(folder, rows, reviewed, log);
      parts.push({ log: fsPath, undo: () => setReviewed(folder, rows, !reviewed, log) });
    }
    const count = changing.length;
    const text = reviewed
      ? vscode.l10n.t('Marked {0} as reviewed', samplesText(count))
      : vscode.l10n.t('Marked {0} as not reviewed', samplesText(count));
    await sampleUndo.add({ text, parts });
  }

  /** Removes samples for good, after asking; their files go to the trash, where there is one. */
  async deleteWithMedia(nodes: readonly SampleNode[]): Promise<void> {
    const title = vscode.l10n.t('Deleting samples');
    const onDisk = byLog(nodes).filter(([{ log }]) => !unsavedDocument(log.uri));
    const media = await withProgress(title, async (signal) => {
      const plans = [];
      for (const own of onDisk) plans.push(await planOf(chosenRows(own), signal));
      return plans.flatMap((plan) => plan.media);
    });
    if (!media || !(await confirmDeletion(nodes.length, media.length))) return;
    await this.change(nodes, {
      title,
      inEditor: (text, rows) => text.removeRows(rows),
      onDisk: async (own, signal) => {
        const { log, sampleUndo } = this.services;
        const taken = await takeOut(logRows(own), [], sampleUndo.folder, { log, signal });
        await forget(taken);
        return { rows: taken.rows.length, undo: [] };
      },
      text: () => '',
    });
    await deleteFiles(media);
  }

  /** A mark is found by the text of its row, and by the time alone where no other row has it. */
  private async keepMarks(own: LogNodes, rows: ChangedRows['rows']): Promise<void> {
    const after = new Map(rows.map((row) => [row.before, row.after]));
    const reviewed = own.flatMap((node) => {
      const row = after.get(node.read.text);
      return row !== undefined && markOf(node.log, node.read.sample.row).reviewed ? [{ ...identityOf(node), row }] : [];
    });
    await setReviewed(path.dirname(own[0].log.uri.fsPath), reviewed, true, this.services.log);
  }

  /** One change for each log; an open log with unsaved changes is changed in its editor, whose own undo takes it back. */
  private async change(nodes: readonly SampleNode[], { title, inEditor, onDisk, text }: Change): Promise<void> {
    const parts: UndoPart[] = [];
    let changed = 0;
    try {
      await withProgress(title, async (signal, report) => {
        for (const own of byLog(nodes)) {
          const document = unsavedDocument(own[0].log.uri);
          if (document) {
            await editRows(document, own, inEditor);
            continue;
          }
          const total = own[0].log.index.rows.length;
          const { rows, undo } = await onDisk(own, signal, (done) => report(Math.min(done, total), total));
          parts.push(...undo);
          changed += rows;
          checkAll(own, rows);
        }
      });
    } finally {
      await this.services.sampleUndo.add({ text: text(changed), parts });
    }
  }
}

type LogNodes = readonly [SampleNode, ...SampleNode[]];

interface Change {
  /** Of what is shown when it takes long. */
  readonly title: string;
  readonly inEditor: Parameters<typeof editRows>[2];
  readonly onDisk: (
    own: LogNodes,
    signal: AbortSignal,
    onRows: OnRows,
  ) => Promise<{ readonly rows: number; readonly undo: readonly UndoPart[] }>;
  /** What was done with so many samples, for people. */
  readonly text: (rows: number) => string;
}

function byLog(nodes: readonly SampleNode[]): readonly LogNodes[] {
  const logs = new Map<string, [SampleNode, ...SampleNode[]]>();
  for (const node of nodes) {
    const known = logs.get(node.log.uri.fsPath);
    if (known) known.push(node);
    else logs.set(node.log.uri.fsPath, [node]);
  }
  return [...logs.values()];
}

function logRows(own: LogNodes): LogRows {
  const [{ log }] = own;
  return { log: log.uri.fsPath, layout: log.index.layout, texts: own.map(({ read }) => read.text) };
}

function chosenRows(own: LogNodes): ChosenRows {
  return { log: own[0].log.uri, keys: own.map(({ read }) => read.text), keyOf: byText };
}

function identityOf({ log, read: { sample, text } }: SampleNode): RowIdentity {
  return { log: log.uri.fsPath, timestamp: sample.timestamp ?? '', row: text };
}

function checkAll(own: LogNodes, changed: number): void {
  const left = own.length - changed;
  if (left === 0) return;
  throw new ExpectedError(
    vscode.l10n.t(
      '{0} of {1} were changed or taken out of the log meanwhile, and were left alone.',
      left,
      samplesText(own.length),
    ),
    vscode.l10n.t('Look at them again.'),
  );
}

function samplesText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 sample') : vscode.l10n.t('{0} samples', count);
}

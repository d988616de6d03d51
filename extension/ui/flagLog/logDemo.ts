import * as path from 'node:path';
import type * as vscode from 'vscode';
import { loggedComponents, type Demo } from '../../core/demo/definition';
import { columnLabel } from '../../core/flagging/format/columns';
import type { LogLayout } from '../../core/flagging/log/types';
import { demosOfFolder } from '../demosOfFolder';

/** The demo that a log was flagged in, and how its columns are shared out. */
export interface DemoOfLog {
  readonly title: string;
  /** How many of the component columns, from the first, are inputs. */
  readonly inputs: number;
  readonly options: readonly string[];
}

/** The demo of the workspace that flags into the log's folder and has the log's components; undefined for none. */
export async function findDemo(log: vscode.Uri, layout: LogLayout): Promise<DemoOfLog | undefined> {
  for await (const { demo } of demosOfFolder(path.dirname(log.fsPath))) {
    if (hasColumnsOf(demo, layout)) {
      return {
        title: demo.title,
        inputs: loggedComponents({ inputs: demo.inputs, outputs: [] }).length,
        options: demo.flaggingOptions.flatMap(({ value }) => value ?? []),
      };
    }
  }
  return undefined;
}

function hasColumnsOf(demo: Demo, { columns }: LogLayout): boolean {
  const names = columns.filter(({ role }) => role === 'component').map(({ name }) => name);
  const labels = loggedComponents(demo).map(columnLabel);
  return names.length === labels.length && labels.every((label, index) => label === names[index]);
}

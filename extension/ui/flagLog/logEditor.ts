import type * as vscode from 'vscode';
import { customEditors } from '../../ids';

/** The editor that shows a file as a log. VS Code has a name for people only for one whose pattern fits the file. */
export function logEditorOf({ path }: vscode.Uri): string {
  return /\/flagged\/.*\.csv$/.test(path) ? customEditors.flagLog : customEditors.table;
}

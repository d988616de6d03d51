import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Demo } from '../core/demo/definition';
import { loadDemo } from '../core/demo/loadDemo';

/** Definitions that are looked at. */
const mostDefinitions = 500;

/** A demo of the workspace with its definition. */
export interface DefinedDemo {
  readonly uri: vscode.Uri;
  readonly demo: Demo;
}

/** The demos of the workspace that flag into a folder. */
export async function* demosOfFolder(folder: string): AsyncGenerator<DefinedDemo> {
  for (const uri of await vscode.workspace.findFiles('**/*.demo.json', '**/node_modules/**', mostDefinitions)) {
    // A definition that cannot be read has its problems shown in its own editor.
    const { demo } = await loadDemo(uri.fsPath).catch(() => ({ demo: undefined }));
    if (demo && path.resolve(demo.baseDir, demo.flaggingDir) === folder) yield { uri, demo };
  }
}

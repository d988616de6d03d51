import * as path from 'node:path';
import * as vscode from 'vscode';
import type { DemoResult } from '../core/demo/definition';
import { inferDemo } from '../core/demo/infer';
import { loadDemo } from '../core/demo/loadDemo';
import { ExpectedError } from '../core/errors';
import { isRecord } from '../core/json';
import { createDemoRunner } from './demoRunner';
import { storagePath } from './paths';
import type { Services } from './services';
import { blockedByTrust } from './trust';
import { watchFile } from './watchFile';

/** Where a demo comes from: a definition, or a function that has none yet. */
export interface DemoSource {
  /** Tells demos apart, and finds this one again after a reload. */
  readonly key: string;
  /** The definition, or the file of the function. */
  readonly uri: vscode.Uri;
  /** Title of the panel until the demo is read. */
  readonly name: string;
  /** Whether there is no definition file yet. */
  readonly canSave: boolean;
  load(): Promise<DemoResult>;
  /** Calls back when what `load` reads may have changed. */
  watch(changed: () => void): vscode.Disposable;
}

export function isDefinition(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.demo.json');
}

/** Makes the sources of demos. */
export class DemoSources {
  constructor(private readonly services: Pick<Services, 'context' | 'log' | 'consent'>) {}

  ofDefinition(uri: vscode.Uri): DemoSource {
    return {
      key: uri.toString(),
      uri,
      name: path.posix.basename(uri.path, '.demo.json'),
      canSave: false,
      load: () => loadDemo(uri.fsPath, { text: openText(uri) }),
      watch: (changed) => watchFile(uri, changed),
    };
  }

  ofFunction(uri: vscode.Uri, name: string): DemoSource {
    return {
      key: uri.with({ fragment: name }).toString(),
      uri,
      name,
      canSave: true,
      load: () => this.describe(uri, name),
      watch: (changed) => watchFile(uri, changed),
    };
  }

  /** The source of a key that a page kept, or undefined for anything else. */
  restore(state: unknown): DemoSource | undefined {
    if (!isRecord(state) || typeof state.restore !== 'string') return undefined;
    const uri = vscode.Uri.parse(state.restore);
    if (uri.scheme !== 'file') return undefined;
    if (uri.fragment) return this.ofFunction(uri.with({ fragment: '' }), uri.fragment);
    return isDefinition(uri) ? this.ofDefinition(uri) : undefined;
  }

  /** Asks the function itself for its signature, which loads its file: only in a trusted workspace. */
  private async describe(uri: vscode.Uri, name: string): Promise<DemoResult> {
    const blocked = blockedByTrust();
    if (blocked) throw new ExpectedError(blocked.reason);
    const fn = { type: 'python', file: uri.fsPath, name } as const;
    const bare = { fn, title: name, baseDir: path.dirname(uri.fsPath), inputs: [], outputs: [] };
    const runner = createDemoRunner(this.services, bare, storagePath(this.services.context));
    try {
      return { demo: inferDemo(await runner.describe(), fn), problems: [] };
    } finally {
      await runner.dispose();
    }
  }
}

/** The text as an editor has it, saved or not. */
function openText(uri: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.getText();
}

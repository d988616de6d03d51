import * as path from 'node:path';
import * as vscode from 'vscode';
import type { TextAndLabel } from '../core/dataset/textAndLabel';
import { classifierDemo } from '../core/demo/classifier/components';
import type { ClassifierReference, CodeReference, Demo, DemoResult } from '../core/demo/definition';
import { inferDemo } from '../core/demo/infer';
import { loadDemo } from '../core/demo/loadDemo';
import type { FunctionDescription } from '../core/demo/runner';
import { ExpectedError } from '../core/errors';
import { isRecord } from '../core/json';
import { createDemoRunner } from './demoRunner';
import { storagePath } from './paths';
import { withProgress } from './progress';
import type { Services } from './services';
import { blockedByTrust } from './trust';
import { watchFile } from './watchFile';

/** Where a demo comes from: a definition, or a function or a dataset that has none yet. */
export interface DemoSource {
  /** Tells demos apart, and finds this one again after a reload. */
  readonly key: string;
  /** The definition, the file of the function, or the dataset. */
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
      load: () => this.describeFunction(uri, name),
      watch: (changed) => watchFile(uri, changed),
    };
  }

  /** The built-in classifier, trained on a dataset. */
  ofClassifier(uri: vscode.Uri, { text, label }: TextAndLabel): DemoSource {
    const fn = { type: 'classifier', file: uri.fsPath, text, label } as const;
    const name = path.posix.basename(uri.path, path.posix.extname(uri.path));
    return {
      key: uri.with({ query: new URLSearchParams({ text, label }).toString() }).toString(),
      uri,
      name,
      canSave: true,
      load: () => this.describe(fn, name, (description) => classifierDemo(description, fn)),
      watch: (changed) => watchFile(uri, changed),
    };
  }

  /** The source of a key that a page kept, or undefined for anything else. */
  restore(state: unknown): DemoSource | undefined {
    if (!isRecord(state) || typeof state.restore !== 'string') return undefined;
    const uri = vscode.Uri.parse(state.restore);
    if (uri.scheme !== 'file') return undefined;
    const columns = new URLSearchParams(uri.query);
    const [text, label] = [columns.get('text'), columns.get('label')];
    if (text !== null && label !== null) return this.ofClassifier(uri.with({ query: '' }), { text, label });
    if (uri.fragment) return this.ofFunction(uri.with({ fragment: '' }), uri.fragment);
    return isDefinition(uri) ? this.ofDefinition(uri) : undefined;
  }

  private describeFunction(uri: vscode.Uri, name: string): Promise<DemoResult> {
    const fn = { type: 'python', file: uri.fsPath, name } as const;
    return this.describe(fn, name, (description) => inferDemo(description, fn));
  }

  /** Asks the function itself what it takes, which loads its file: only in a trusted workspace. */
  private async describe(
    fn: CodeReference | ClassifierReference,
    title: string,
    demoOf: (description: FunctionDescription) => Demo,
  ): Promise<DemoResult> {
    // The panel says so itself, and loads again once the workspace is trusted.
    if (blockedByTrust()) return { problems: [] };
    const bare = { fn, title, baseDir: path.dirname(fn.file), inputs: [], outputs: [] };
    const runner = createDemoRunner(this.services, bare, storagePath(this.services.context));
    try {
      const description = await withProgress(title, (signal, _report, say) =>
        runner.describe({ signal, onStatus: say }),
      );
      if (!description) throw new ExpectedError(vscode.l10n.t('The demo was stopped before it was ready.'));
      return { demo: demoOf(description), problems: [] };
    } finally {
      await runner.dispose();
    }
  }
}

/** The text as an editor has it, saved or not. */
function openText(uri: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.getText();
}

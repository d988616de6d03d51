import { copyFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Demo } from '../core/demo/definition';
import { ExpectedError } from '../core/errors';
import { commands, viewTypes } from '../ids';
import type { DemoHost, DemoPage } from '../protocol/demo';
import { DemoController } from './demoController';
import { demoHandlers, type DemoAnswers } from './demoHandlers';
import type { DemoSource } from './demoSource';
import { DemoState } from './demoState';
import { openLog } from './openFlagLog';
import { PageConnection } from './pageConnection';
import { PageFiles } from './pageFiles';
import { pageHtml } from './pageHtml';
import { storagePath } from './paths';
import type { Services } from './services';
import { manageTrust } from './trust';
import { watchFile } from './watchFile';

/** A webview panel with one demo: the wiring between the page, the controller and the editor. */
export class DemoPanel implements vscode.Disposable {
  readonly controller: DemoController;
  private readonly files: PageFiles;
  private readonly disposables: { dispose(): unknown }[] = [];
  private readonly connection: PageConnection<DemoHost, DemoPage>;
  private functionWatch: vscode.Disposable | undefined;

  static create(services: Services, source: DemoSource, column: vscode.ViewColumn): Promise<DemoPanel> {
    const panel = vscode.window.createWebviewPanel(viewTypes.demo, source.name, column);
    return DemoPanel.adopt(services, source, panel);
  }

  /** Takes over a panel that is new or that a reload of the window brought back. */
  static async adopt(services: Services, source: DemoSource, panel: vscode.WebviewPanel): Promise<DemoPanel> {
    const state = new DemoState(storagePath(services.context), source.key);
    await state.prepare();
    await state.prune();
    return new DemoPanel(services, source, panel, state);
  }

  private constructor(
    private readonly services: Services,
    readonly source: DemoSource,
    readonly panel: vscode.WebviewPanel,
    state: DemoState,
  ) {
    const { webview } = panel;
    const dist = vscode.Uri.joinPath(services.context.extensionUri, 'dist');
    const media = vscode.Uri.file(state.mediaDir);
    webview.options = { enableScripts: true, localResourceRoots: [dist, media] };
    const icon = (name: string) => vscode.Uri.joinPath(services.context.extensionUri, 'media', name);
    panel.iconPath = { light: icon('demo-light.svg'), dark: icon('demo-dark.svg') };
    this.files = new PageFiles({
      mediaDir: state.mediaDir,
      toUrl: (file) => webview.asWebviewUri(vscode.Uri.file(file)).toString(),
    });
    this.controller = new DemoController({
      services,
      source,
      files: this.files,
      state,
      tell: (say) => this.connection.tell(say),
    });
    this.connection = new PageConnection<DemoHost, DemoPage>(panel, demoHandlers(this.answers()), services);
    this.disposables.push(
      this.connection,
      this.controller.onDidLoad((demo) => this.show(demo)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.reload()),
      source.watch(() => this.reload()),
    );
    webview.html = pageHtml(webview, dist, 'demo', source.name);
  }

  /** A command acts on the page as a person would, so that its feedback is seen there. */
  async perform(action: Parameters<DemoPage['perform']>[0], option: string | null = null): Promise<void> {
    this.panel.reveal();
    await this.connection.listening();
    await this.connection.page.perform(action, option);
  }

  /** Fills the inputs of the page. @param values payloads with files of this disk */
  async fillInputs(values: readonly unknown[]): Promise<void> {
    this.panel.reveal();
    await this.connection.listening();
    await this.connection.page.fillInputs(await this.files.toPage(values));
  }

  /** Offers the samples that a callback refused once more, and has the page show how many are left. */
  async retrySpooled(): Promise<void> {
    await this.controller.retrySpooled();
    this.reload();
  }

  dispose(): void {
    this.functionWatch?.dispose();
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
    this.controller.dispose().catch((error: unknown) => this.services.errors.report(error));
  }

  private show(demo: Demo): void {
    this.panel.title = demo.title;
    this.functionWatch?.dispose();
    this.functionWatch =
      demo.fn.type === 'http' ? undefined : watchFile(vscode.Uri.file(demo.fn.file), () => this.reload());
  }

  private reload(): void {
    this.controller.reload().catch((error: unknown) => this.services.errors.report(error));
  }

  private answers(): DemoAnswers {
    const { controller, files } = this;
    return {
      view: () => controller.view(),
      beginUpload: (_input, name, mimeType, size) => files.beginUpload(name, mimeType, size),
      uploadChunk: (upload, bytes) => files.uploadChunk(upload, new Uint8Array(bytes)),
      endUpload: (upload) => files.endUpload(upload),
      saveInputs: (values) => controller.saveInputs(values),
      submit: (values) => controller.submit(values),
      stop: () => controller.stop(),
      clear: () => controller.clear(),
      flag: (request) => controller.flag(request),
      undoFlag: (id) => controller.undoFlag(id),
      retrySpooled: () => controller.retrySpooled(),
      openLog: (id) => openLog(this.services, controller.logOf(id)),
      setAutoFlag: (on) => controller.setAutoFlag(on),
      openLink,
      saveFile: (token) => this.saveFile(token),
      act: (action) => this.act(action),
    };
  }

  private async saveFile(token: string): Promise<void> {
    const file = this.files.resolve(token);
    const name = file.orig_name ?? path.basename(file.path);
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(this.source.uri, '..', path.basename(name)),
    });
    if (target) await copyFile(file.path, target.fsPath);
  }

  private async act(action: Parameters<DemoHost['act']>[0]): Promise<void> {
    switch (action) {
      case 'unblock':
        return vscode.workspace.isTrusted ? this.openDefinition() : manageTrust();
      case 'openDefinition':
        return this.openDefinition();
      case 'showLog':
        this.services.log.show();
        return;
      case 'saveDefinition':
        await vscode.commands.executeCommand(commands.saveDefinition, this.source.key);
    }
  }

  private async openDefinition(): Promise<void> {
    await vscode.window.showTextDocument(this.source.uri, { viewColumn: vscode.ViewColumn.One });
  }
}

/** Links come from a demo's text: only those that a browser or a mail program opens are followed; VS Code asks. */
export async function openLink(url: string): Promise<void> {
  const uri = vscode.Uri.parse(url);
  if (!['http', 'https', 'mailto'].includes(uri.scheme)) {
    throw new ExpectedError(vscode.l10n.t('Links to “{0}” are not opened.', uri.scheme || url));
  }
  await vscode.env.openExternal(uri);
}

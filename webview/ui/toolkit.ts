import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

/** Registers the elements of the toolkit that the controls here use. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
}

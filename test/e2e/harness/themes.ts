/** The built-in themes got other names between the two builds; both high-contrast names stayed. */
const old = process.env.FLAG_REVIEW_VSCODE === 'oldest';

export const darkTheme = old ? 'Default Dark Modern' : 'Dark 2026';
export const lightTheme = old ? 'Default Light Modern' : 'Light 2026';

/** Theme names of settings, with the class that the workbench has then, and the one of a webview's body. */
export const themes: ReadonlyMap<string, { readonly workbench: string; readonly webview: string }> = new Map([
  [darkTheme, { workbench: 'vs-dark', webview: 'vscode-dark' }],
  [lightTheme, { workbench: 'vs', webview: 'vscode-light' }],
  ['Default High Contrast', { workbench: 'hc-black', webview: 'vscode-high-contrast' }],
  ['Default High Contrast Light', { workbench: 'hc-light', webview: 'vscode-high-contrast-light' }],
]);

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** An empty style element, which the controls make and then fill by script with the theme's colours. */
const emptyStyle = `'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='`;

/**
 * A page: a frame without data, which comes by message.
 *
 * @param name of its bundle in `dist`
 */
export function pageHtml(
  webview: vscode.Webview,
  dist: vscode.Uri,
  name: 'demo' | 'log' | 'replay' | 'review',
  title: string,
): string {
  const nonce = randomBytes(16).toString('base64');
  const resource = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} ${emptyStyle}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
    `media-src ${webview.cspSource} data: blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escape(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${escape(resource(`${name}.css`))}">
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${escape(resource(`${name}.js`))}"></script>
</body>
</html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

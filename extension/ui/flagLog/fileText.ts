import { isUtf8 } from 'node:buffer';
import * as vscode from 'vscode';

const mark = '\ufeff';

/**
 * The text of a file's bytes as VS Code reads them, without a byte order mark. Valid UTF-8 is read here, since VS Code
 * sends what it is to decode to its window and back.
 *
 * @param encoding by the name that a `TextDocument` has for it
 */
export async function decodeFile(bytes: Uint8Array, encoding: string): Promise<string> {
  if (isNear(encoding) && isUtf8(bytes)) return new TextDecoder().decode(bytes);
  return vscode.workspace.decode(bytes, { encoding });
}

/** The bytes that VS Code writes for a text. */
export async function encodeFile(text: string, encoding: string): Promise<Uint8Array> {
  if (isNear(encoding)) return Buffer.from(encoding === 'utf8bom' ? mark + text : text);
  return vscode.workspace.encode(text, { encoding });
}

function isNear(encoding: string): boolean {
  return encoding === 'utf8' || encoding === 'utf8bom';
}

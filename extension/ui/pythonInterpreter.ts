import * as path from 'node:path';
import * as vscode from 'vscode';
import { isRecord } from '../core/json';
import type { Log } from '../core/log';
import { configured } from './settings';

/** What a person chose for the demos of a file: the setting, with `~`, `${workspaceFolder}` and relative paths resolved. */
export function configuredInterpreter(scope: vscode.Uri): string | undefined {
  const setting = configured('pythonInterpreter', scope).trim();
  if (!setting) return undefined;
  const folder = vscode.workspace.getWorkspaceFolder(scope)?.uri.fsPath ?? path.dirname(scope.fsPath);
  const home = process.env.HOME ?? process.env.USERPROFILE ?? '~';
  const expanded = setting.replaceAll('${workspaceFolder}', folder).replace(/^~(?=$|[\\/])/, home);
  const isCommand = !/[\\/]/.test(expanded);
  return isCommand ? expanded : path.resolve(folder, expanded);
}

/**
 * The interpreter that the Python extension has chosen for a file, when that extension is installed
 * (`PythonExtension.environments` of `@vscode/python-extension`). Its API is not ours: anything unexpected counts as none.
 */
export async function interpreterOfPythonExtension(scope: vscode.Uri, log: Log): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<unknown>('ms-python.python');
  if (!extension) return undefined;
  try {
    const api = await extension.activate();
    const environments = isRecord(api) ? api.environments : undefined;
    if (!isRecord(environments)) return undefined;
    const { getActiveEnvironmentPath, resolveEnvironment } = environments;
    if (typeof getActiveEnvironmentPath !== 'function' || typeof resolveEnvironment !== 'function') return undefined;
    const active: unknown = getActiveEnvironmentPath.call(environments, scope);
    const resolved: unknown = await resolveEnvironment.call(environments, active);
    const executable = isRecord(resolved) && isRecord(resolved.executable) ? resolved.executable.uri : undefined;
    return executable instanceof vscode.Uri ? executable.fsPath : undefined;
  } catch (error) {
    log.warn(`The Python extension did not tell its interpreter: ${String(error)}`);
    return undefined;
  }
}

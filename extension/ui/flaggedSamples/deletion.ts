import * as vscode from 'vscode';
import { readablePath } from '../paths';

/** Files that a question names. */
const mostNamed = 5;

/** Asks before samples are deleted. @param files how many go with them */
export async function confirmDeletion(samples: number, files: number): Promise<boolean> {
  const confirm = vscode.l10n.t('Delete');
  const choice = await vscode.window.showWarningMessage(
    samples === 1
      ? vscode.l10n.t('Delete this sample and its files?')
      : vscode.l10n.t('Delete {0} samples and their files?', samples),
    { modal: true, detail: filesText(files) },
    confirm,
  );
  return choice === confirm;
}

/** Puts files to the trash. Where there is none, as on a remote machine, the person decides whether they go for good. */
export async function deleteFiles(files: readonly string[]): Promise<void> {
  const left: string[] = [];
  for (const file of files) if (!(await putToTrash(file))) left.push(file);
  if (left.length === 0) return;
  const confirm = vscode.l10n.t('Delete for Good');
  const named = left.slice(0, mostNamed).map(readablePath);
  const choice = await vscode.window.showWarningMessage(
    left.length === 1
      ? vscode.l10n.t('The sample is deleted, but its file could not be put to the trash.')
      : vscode.l10n.t('The samples are deleted, but {0} files could not be put to the trash.', left.length),
    { modal: true, detail: [...named, ...(left.length > named.length ? ['…'] : [])].join('\n') },
    confirm,
  );
  if (choice === confirm) for (const file of left) await vscode.workspace.fs.delete(vscode.Uri.file(file));
}

/** Moves a file to the trash. @returns false when it is still there */
async function putToTrash(file: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.delete(vscode.Uri.file(file), { useTrash: true });
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return error.code === 'FileNotFound';
    throw error;
  }
}

function filesText(files: number): string {
  if (files === 0) return vscode.l10n.t('No file belongs to them alone.');
  return files === 1 ? vscode.l10n.t('1 file goes to the trash.') : vscode.l10n.t('{0} files go to the trash.', files);
}

import * as path from 'node:path';
import type * as vscode from 'vscode';
import { ExpectedError } from '../../core/errors';
import { isRecord } from '../../core/json';
import type { Review } from '../../core/review/review';
import { findLogs } from '../logDoctor/chooseLogs';
import { readablePath } from '../paths';
import type { Services } from '../services';

/**
 * The review of the dataset that a language model names as a person would, or of the one it can only mean.
 *
 * @throws ExpectedError that lists the datasets
 */
export async function reviewNamed({ reviews }: Pick<Services, 'reviews'>, input: unknown): Promise<Review> {
  const found = await reviews.find();
  if (found.length === 0) {
    throw new ExpectedError(
      'No dataset of this workspace has label-error candidates.',
      'Ask the person to run the command "Find Label Errors" on a CSV, TSV, JSON Lines or Parquet file.',
    );
  }
  const front = found.find(({ fsPath }) => fsPath === reviews.active?.fsPath);
  return reviews.of(named(found, fieldOf(input, 'dataset'), front, 'dataset'));
}

/** The same for a flag log. @returns its absolute path */
export async function logNamed(input: unknown): Promise<string> {
  const logs = await findLogs();
  if (logs.length === 0) {
    throw new ExpectedError('Nothing was flagged in this workspace yet.', 'Ask the person to flag samples in a demo.');
  }
  return named(logs, fieldOf(input, 'log'), undefined, 'log').fsPath;
}

function fieldOf(input: unknown, name: string): string | undefined {
  const value = isRecord(input) ? input[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function named(
  files: readonly vscode.Uri[],
  name: string | undefined,
  front: vscode.Uri | undefined,
  field: string,
): vscode.Uri {
  const isMeant = ({ fsPath }: vscode.Uri): boolean =>
    name === undefined || name === fsPath || name === readablePath(fsPath) || name === path.basename(fsPath);
  const meant = files.filter(isMeant);
  const [only] = meant;
  if (only && meant.length === 1) return only;
  if (name === undefined && front) return front;
  const list = (meant.length > 0 ? meant : files).map(({ fsPath }) => readablePath(fsPath)).sort();
  throw new ExpectedError(
    name === undefined ? `There are ${list.length} files.` : `"${name}" is not one ${field} of this workspace.`,
    `Call again with "${field}" as one of: ${list.join(', ')}.`,
  );
}

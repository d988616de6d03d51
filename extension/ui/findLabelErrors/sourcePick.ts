import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { isPipeline, type ProbabilitySource } from '../../core/dataset/probabilitySource';
import type { Table } from '../../core/dataset/table';
import { parseFunctionReference } from '../../core/demo/functionReference';
import { ExpectedError } from '../../core/errors';
import type { SearchGuess } from '../../core/review/searchGuess';
import { blockedByTrust } from '../trust';
import type { Option, Steps } from '../stepPick';

const usualFolds = 5;
const arrayFile = /\.(?:npy|npz)$/i;

/** What is asked for probabilities. */
export interface SourceQuestion {
  readonly table: Table;
  readonly guess: SearchGuess;
  /** Null when no column holds texts. */
  readonly text: string | null;
  /** Where relative paths of models begin. Absolute. */
  readonly root: string;
}

type Ask = () => Promise<ProbabilitySource | undefined> | ProbabilitySource;

/** Asks where predicted probabilities come from. @returns undefined when the person left */
export async function pickSource(steps: Steps, question: SourceQuestion): Promise<ProbabilitySource | undefined> {
  const { text } = question;
  const options = [
    ...(text === null ? [] : builtInOptions(steps)),
    ...columnOptions(question),
    ...(await fileOptions(question)),
    ...(text === null ? [] : modelOptions(steps, question)),
  ];
  const first = options.findIndex(({ isProposed }) => isProposed);
  const chosen = await steps.pick(
    vscode.l10n.t('Where the predicted probabilities come from'),
    options.map((option, at) => ({ ...option, isProposed: at === Math.max(first, 0) })),
  );
  return chosen?.value();
}

function builtInOptions(steps: Steps): Option<Ask>[] {
  return [
    {
      label: vscode.l10n.t('$(beaker) Built-in text classifier'),
      description: vscode.l10n.t('{0} folds', usualFolds),
      detail: vscode.l10n.t('Learns from the dataset itself by cross-validation, and follows each correction at once.'),
      value: () => ({ kind: 'built-in', folds: usualFolds }),
    },
    {
      label: vscode.l10n.t('$(beaker) Built-in text classifier, other folds…'),
      detail: vscode.l10n.t('More folds learn from more of the dataset, and take longer.'),
      value: async () => {
        const folds = await askFolds(steps);
        return folds === undefined ? undefined : { kind: 'built-in', folds };
      },
    },
  ];
}

function columnOptions({ guess: { probabilities } }: SourceQuestion): Option<Ask>[] {
  if (probabilities.length === 0) return [];
  return [
    {
      label: vscode.l10n.t('$(symbol-number) Columns of the dataset'),
      description: probabilities.join(', '),
      detail: vscode.l10n.t('Probabilities that the dataset has already.'),
      isProposed: true,
      value: () => ({ kind: 'columns', columns: probabilities }),
    },
  ];
}

/** Arrays beside the dataset are offered by their names. */
async function fileOptions({ table }: SourceQuestion): Promise<Option<Ask>[]> {
  const folder = path.dirname(table.path);
  const names = (await readdir(folder)).filter((name) => arrayFile.test(name)).sort();
  return [
    ...names.map((name): Option<Ask> => ({
      label: `$(file-binary) ${name}`,
      detail: vscode.l10n.t('Probabilities beside the dataset.'),
      value: () => ({ kind: 'file', path: path.join(folder, name) }),
    })),
    {
      label: vscode.l10n.t('$(folder-opened) File of probabilities…'),
      detail: vscode.l10n.t('.npy, .npz, CSV, TSV, JSON Lines or Parquet: one row a record, one column a class.'),
      value: () => askFile(folder),
    },
  ];
}

async function askFile(folder: string): Promise<ProbabilitySource | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      defaultUri: vscode.Uri.file(folder),
      openLabel: vscode.l10n.t('Use Probabilities'),
      filters: { [vscode.l10n.t('Probabilities')]: ['npy', 'npz', 'csv', 'tsv', 'jsonl', 'parquet'] },
    })) ?? [];
  return file && { kind: 'file', path: file.fsPath };
}

function modelOptions(steps: Steps, question: SourceQuestion): Option<Ask>[] {
  return [
    {
      label: vscode.l10n.t('$(symbol-function) Own model…'),
      description: vscode.l10n.t('file.py:function, file.mjs:export or pipeline.joblib'),
      detail: vscode.l10n.t('Runs code of this workspace on all texts.'),
      value: () => askModel(steps, question),
    },
  ];
}

async function askModel(steps: Steps, { root }: SourceQuestion): Promise<ProbabilitySource | undefined> {
  requireTrust();
  steps.addStep();
  const fn = await vscode.window.showInputBox({
    title: steps.next(),
    prompt: vscode.l10n.t('Takes a list of texts and returns probabilities for each. Paths begin at {0}.', root),
    placeHolder: 'model.py:predict_proba',
    ignoreFocusOut: true,
    validateInput: (value) => problemOfModel(value.trim(), root),
  });
  if (fn === undefined) return undefined;
  return { kind: 'model', fn: fn.trim(), folds: usualFolds };
}

/** Nothing of an untrusted workspace is ever run. */
export function requireTrust(): void {
  const blocked = blockedByTrust();
  if (blocked) throw new ExpectedError(blocked.reason, vscode.l10n.t('Use “Manage Workspace Trust” first.'));
}

function problemOfModel(value: string, root: string): string | undefined {
  const file = fileOfModel(value, root);
  if (file === undefined) {
    return vscode.l10n.t(
      'Give a function or a pipeline: model.py:predict_proba, model.mjs:predict or pipeline.joblib.',
    );
  }
  return existsSync(file) ? undefined : vscode.l10n.t('There is no file {0}.', file);
}

/** Absolute; undefined for what names no function and no pipeline. */
function fileOfModel(value: string, root: string): string | undefined {
  if (isPipeline(value)) return path.resolve(root, value);
  const parsed = parseFunctionReference(value, root);
  return 'fn' in parsed && 'name' in parsed.fn ? parsed.fn.file : undefined;
}

async function askFolds(steps: Steps): Promise<number | undefined> {
  steps.addStep();
  const folds = await vscode.window.showInputBox({
    title: steps.next(),
    prompt: vscode.l10n.t('Folds of the cross-validation'),
    value: '10',
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^\d+$/.test(value.trim()) && Number(value) >= 2 ? undefined : vscode.l10n.t('A whole number from 2 on.'),
  });
  return folds === undefined ? undefined : Number(folds);
}

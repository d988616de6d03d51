import * as path from 'node:path';
import * as vscode from 'vscode';
import { openTable } from '../../core/dataset/openTable';
import type { ClassNames } from '../../core/dataset/classNames';
import type { RowSums } from '../../core/dataset/predProbs/rowSums';
import type { Table } from '../../core/dataset/table';
import { filters, type FilterBy } from '../../core/labels/filters';
import type { FindSettings } from '../../core/review/engine/types';
import type { SearchGuess } from '../../core/review/searchGuess';
import { pickSource } from './sourcePick';
import { Steps, type Option } from '../stepPick';

/**
 * Asks what a search for label errors takes, with good guesses first.
 *
 * @param dataset absolute path
 * @param root of the workspace: class names are looked for up to it, and paths of models begin there
 * @returns undefined when the person left
 */
export async function pickSettings(dataset: string, root: string): Promise<FindSettings | undefined> {
  const guesses = await import('../../core/review/searchGuess');
  const table = await openTable(dataset);
  const guess = await guesses.guessSearch(table);
  const steps = new Steps(vscode.l10n.t('Find Label Errors in {0}', path.basename(dataset)), 4);
  const text = await pickText(steps, table, guess);
  if (text === undefined) return undefined;
  const classes = guess.label === undefined ? undefined : await guesses.guessClasses(table, guess.label, root);
  const label = await pickLabel(steps, table, guess, text, classes);
  if (label === undefined) return undefined;
  const multiLabel = guesses.hasSeveralLabels(table, label, guess) ? await pickLabelsARecord(steps) : false;
  if (multiLabel === undefined) return undefined;
  const source = await pickSource(steps, { table, guess, text, root });
  if (!source) return undefined;
  const sums = multiLabel ? undefined : await guesses.rowSumsOf(source, table);
  const normalizeRows = sums ? await pickNormalizing(steps, sums) : false;
  if (normalizeRows === undefined) return undefined;
  const filterBy = await pickFilter(steps);
  if (filterBy === undefined) return undefined;
  return { dataset, text, label, source, filterBy, sortBy: 'likelihood', multiLabel, normalizeRows };
}

/** @returns null for no texts, undefined when the person left */
async function pickText(steps: Steps, { columns }: Table, guess: SearchGuess): Promise<string | null | undefined> {
  const isOptional = guess.probabilities.length > 0 || guess.text === undefined;
  const none = {
    label: vscode.l10n.t('$(circle-slash) No column'),
    detail: vscode.l10n.t('The probabilities are given, and the records are no texts.'),
    isProposed: guess.text === undefined,
    value: null,
  };
  const chosen = await steps.pick<string | null>(vscode.l10n.t('Column that holds the texts'), [
    ...columns.map((name) => columnOption(name, guess.text, guess)),
    ...(isOptional ? [none] : []),
  ]);
  return chosen?.value;
}

async function pickLabel(
  steps: Steps,
  table: Table,
  guess: SearchGuess,
  text: string | null,
  named: ClassNames | undefined,
): Promise<string | undefined> {
  const columns = table.columns.filter((name) => name !== text);
  const classes = named && vscode.l10n.t('{0} names: {1}', path.basename(named.source), named.names.join(', '));
  const options = columns.map((name) => {
    const option = columnOption(name, guess.label, guess);
    return name === guess.label && classes ? { ...option, detail: `${option.detail} ${classes}` } : option;
  });
  return (await steps.pick(vscode.l10n.t('Column that holds the labels'), options))?.value;
}

function columnOption(name: string, proposed: string | undefined, { reasons }: SearchGuess) {
  const reason = reasons.get(name);
  const detail = reason === undefined ? '' : vscode.l10n.t('Taken for {0}.', reason);
  return { label: name, value: name, isProposed: name === proposed, detail };
}

/** Asked only where the cells look like several labels. */
async function pickLabelsARecord(steps: Steps): Promise<boolean | undefined> {
  steps.addStep();
  const chosen = await steps.pick(vscode.l10n.t('Labels that a record may have'), [
    {
      label: vscode.l10n.t('Several labels'),
      isProposed: true,
      value: true,
      detail: vscode.l10n.t('The cells look like lists of labels.'),
    },
    { label: vscode.l10n.t('One label'), value: false },
  ]);
  return chosen?.value;
}

/** Asked only where rows of given probabilities miss the sum 1. */
async function pickNormalizing(steps: Steps, sums: RowSums): Promise<boolean | undefined> {
  steps.addStep();
  const chosen = await steps.pick(
    vscode.l10n.t('{0} rows miss the sum 1, by up to {1}', sums.missing, sums.largest.toPrecision(2)),
    [
      {
        label: vscode.l10n.t('Normalise rows'),
        detail: vscode.l10n.t('Divide each row by its sum.'),
        isProposed: true,
        value: true,
      },
      { label: vscode.l10n.t('Take them as they are'), value: false },
    ],
  );
  return chosen?.value;
}

async function pickFilter(steps: Steps): Promise<FilterBy | undefined> {
  const options = filters.map((filter, at): Option<FilterBy> => ({
    label: filter,
    detail: filterTexts()[filter],
    isProposed: at === 0,
    value: filter,
  }));
  return (await steps.pick(vscode.l10n.t('Which records are candidates'), options))?.value;
}

function filterTexts(): Readonly<Record<FilterBy, string>> {
  return {
    prune_by_noise_rate: vscode.l10n.t(
      'For each pair of labels as many records as are estimated to be wrong; the usual choice.',
    ),
    prune_by_class: vscode.l10n.t('For each label as many as are estimated to be wrong, the least probable ones.'),
    both: vscode.l10n.t('Only what both of the first two find: fewer, and surer.'),
    confident_learning: vscode.l10n.t('Whatever is confidently another label, however many that are.'),
    predicted_neq_given: vscode.l10n.t('Every record whose most probable label is another one: the most candidates.'),
    low_normalized_margin: vscode.l10n.t('As many as are estimated to be wrong, by how far another label leads.'),
    low_self_confidence: vscode.l10n.t('As many as are estimated to be wrong, by how improbable the given label is.'),
  };
}

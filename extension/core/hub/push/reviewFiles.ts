import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nothingThere } from '../../errors';
import { datasetOfFolder, reviewFolder } from '../../review/folder';
import { checkFolder } from '../../review/ledger/ledgerFile';
import { correctionSummary, joinedSummary } from './corrections';
import type { PushRequest } from '../plan/types';
import { stageFiles } from '../staging/stageFiles';
import type { CorrectionSummary, Staged, StagedFile, StagingWarning } from '../staging/types';

/** What goes along of a review: who decided what, and what was suggested. Locks, undo files and the like never do. */
const sharedFile = /^(?:candidates\.csv|[^.].*\.jsonl)$/;

/** Paths that a warning names. */
const mostPaths = 10;

/** The datasets of a source that were reviewed: the file itself, or files of the folder. Absolute paths. */
export async function reviewedDatasets(source: string): Promise<readonly string[]> {
  if (!(await stat(source)).isDirectory()) return (await namesIn(reviewFolder(source))).length > 0 ? [source] : [];
  const reviews = dirname(reviewFolder(join(source, 'any')));
  const datasets = (await namesIn(reviews)).flatMap((name) => datasetOfFolder(join(reviews, name)) ?? []);
  const found = await Promise.all(datasets.map(async (path) => ((await isPlainFile(path)) ? [path] : [])));
  return found.flat().sort();
}

/** What was staged, with what there is to say and, where that is wanted, to send of the review of its datasets. */
export async function withReviews(
  staged: Staged,
  datasets: readonly string[],
  { withReview }: Pick<PushRequest, 'withReview'>,
  signal: AbortSignal | undefined,
): Promise<Staged> {
  const summaries: CorrectionSummary[] = [];
  for (const dataset of datasets) {
    const summary = await correctionSummary(dataset, signal);
    if (summary) summaries.push(summary);
  }
  const corrections = joinedSummary(summaries);
  const shared = withReview ? (await Promise.all(datasets.map(sharedFilesOf))).flat() : [];
  const { files, warnings } = await stageFiles(shared, signal && { signal });
  return {
    ...staged,
    files: [...staged.files, ...files],
    corrections,
    warnings: [
      ...staged.warnings,
      ...(corrections ? unappliedWarning(corrections) : []),
      ...(corrections && files.length > 0 ? reviewersWarning(corrections, files) : []),
      ...warnings,
    ],
  };
}

function unappliedWarning({ unapplied }: CorrectionSummary): StagingWarning[] {
  if (unapplied === 0) return [];
  const [corrections, are] = unapplied === 1 ? ['correction', 'is'] : ['corrections', 'are'];
  const message = `${unapplied} ${corrections} of the review ${are} not applied yet: the dataset is pushed without.`;
  return [{ kind: 'unappliedCorrections', message, paths: [] }];
}

function reviewersWarning({ reviewers }: CorrectionSummary, files: readonly StagedFile[]): StagingWarning[] {
  const message = `The ledgers name who decided, and hold their notes: ${reviewers.join(', ')}.`;
  return [{ kind: 'personalData', message, paths: files.slice(0, mostPaths).map(({ path }) => path) }];
}

/** The ledgers and candidates of a dataset, as `review/<dataset>/…` of the repository. */
async function sharedFilesOf(dataset: string): Promise<readonly Pick<StagedFile, 'path' | 'file'>[]> {
  const folder = reviewFolder(dataset);
  await checkFolder(folder, dataset);
  const names = (await namesIn(folder)).filter((name) => sharedFile.test(name)).sort();
  const files = names.map((name) => ({ path: `review/${basename(dataset)}/${name}`, file: join(folder, name) }));
  const arePlain = await Promise.all(files.map(({ file }) => isPlainFile(file)));
  return files.filter((_, at) => arePlain[at]);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(nothingThere)) ?? [];
}

/** Links are none: they may lead to files that were not meant. */
async function isPlainFile(path: string): Promise<boolean> {
  return (await lstat(path).catch(nothingThere))?.isFile() ?? false;
}

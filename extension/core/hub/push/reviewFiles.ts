import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nothingThere } from '../../errors';
import { datasetOfFolder, reviewFolder } from '../../review/folder';
import { checkFolder } from '../../review/ledger/ledgerFile';
import { correctionSummary, joinedSummary } from './corrections';
import type { PushRequest } from '../plan/types';
import { stageFile } from '../staging/stageFile';
import type { CorrectionSummary, Staged, StagedFile, StagingWarning } from '../staging/types';

/** What goes along of a review: who decided what, and what was suggested. Locks, undo files and the like never do. */
const sharedFile = /^(?:candidates\.csv|[^.].*\.jsonl)$/;

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
  const files = [...staged.files];
  for (const dataset of datasets) {
    const summary = await correctionSummary(dataset, signal);
    if (summary) summaries.push(summary);
    if (withReview) files.push(...(await reviewFilesOf(dataset, signal)));
  }
  const corrections = joinedSummary(summaries);
  const unapplied = corrections?.unapplied ?? 0;
  const warnings = unapplied === 0 ? staged.warnings : [...staged.warnings, unappliedWarning(unapplied)];
  return { ...staged, files, corrections, warnings };
}

function unappliedWarning(count: number): StagingWarning {
  const [corrections, are] = count === 1 ? ['correction', 'is'] : ['corrections', 'are'];
  const message = `${count} ${corrections} of the review ${are} not applied yet: the dataset is pushed without.`;
  return { kind: 'unappliedCorrections', message, paths: [] };
}

/** The ledgers and candidates of a dataset, as `review/<dataset>/…` of the repository. */
async function reviewFilesOf(dataset: string, signal: AbortSignal | undefined): Promise<readonly StagedFile[]> {
  const folder = reviewFolder(dataset);
  await checkFolder(folder, dataset);
  const staged: StagedFile[] = [];
  for (const name of (await namesIn(folder)).filter((each) => sharedFile.test(each)).sort()) {
    const file = join(folder, name);
    if (await isPlainFile(file))
      staged.push(await stageFile(`review/${basename(dataset)}/${name}`, file, signal && { signal }));
  }
  return staged;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(nothingThere)) ?? [];
}

/** Links are none: they may lead to files that were not meant. */
async function isPlainFile(path: string): Promise<boolean> {
  return (await lstat(path).catch(nothingThere))?.isFile() ?? false;
}

import { basename, dirname, join } from 'node:path';

const reviewsFolder = '.flag-review';

/** Where the ledgers and candidates of a dataset are kept: beside it, so that they move and are committed with it. */
export function reviewFolder(dataset: string): string {
  return join(dirname(dataset), reviewsFolder, basename(dataset));
}

/** The dataset that a review folder belongs to; undefined for a folder that is none. */
export function datasetOfFolder(folder: string): string | undefined {
  const parent = dirname(folder);
  return basename(parent) === reviewsFolder ? join(dirname(parent), basename(folder)) : undefined;
}

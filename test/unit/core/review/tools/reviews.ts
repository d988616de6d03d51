import { silentLog } from '../../../../../extension/core/log';
import { openDatasetReview } from '../../../../../extension/core/review/datasetReview';
import { LocalEngine } from '../../../../../extension/core/review/engine/localEngine';
import type { Review } from '../../../../../extension/core/review/review';
import { servicesIn } from '../../../../builtInSearch';
import { settingsOf, writeRows, type Row } from '../engine/datasets';

/** Records that have the label of the other kind. */
const wrongRows = [4, 9, 20, 31];

/** A review of sixty mails of two kinds in a folder, with its candidates. */
export async function reviewOfMails(folder: string, name: string, reviewer = 'ann'): Promise<Review> {
  const rows = Array.from({ length: 60 }, (_, row): Row => {
    const isSpam = row % 2 === 0;
    const text = isSpam ? `win money now ${row}` : `meeting about the report ${row}`;
    return [text, isSpam === wrongRows.includes(row) ? 'ham' : 'spam'];
  });
  const dataset = writeRows(folder, name, rows);
  const createEngine = (): LocalEngine => new LocalEngine(servicesIn(folder));
  const review = await openDatasetReview({ dataset, reviewer, log: silentLog, createEngine });
  await review.find(settingsOf(dataset));
  return review;
}

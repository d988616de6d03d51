import { readColumn, textOf } from '../../dataset/readRecords';
import type { WorkerServices } from '../../demo/runners/createRunner';
import { ExpectedError } from '../../errors';
import { countWords } from '../../labels/countMatrix';
import { postingsOf } from '../../labels/live/postings';
import type { Labelling } from '../types';
import { checksOf } from './datasetChecks';
import type { Model } from './model';
import { reasonOf } from './reason';
import { RecordTexts } from './recordTexts';
import { search, type Search } from './search';
import { Similarity } from './similar';
import type {
  EngineProgress,
  FindSettings,
  Found,
  LabelChange,
  Reason,
  Reranked,
  ReviewEngine,
  SimilarRecord,
} from './types';

/** What is known after a search. */
interface Known extends Search {
  readonly settings: FindSettings;
  /** Undefined without a text column. */
  readonly texts: RecordTexts | undefined;
  /** Made when it is first asked for. */
  similarity?: Promise<Similarity>;
}

/**
 * The engine itself. It computes where it is called, which takes seconds for a search and a tenth of one for a change: see
 * `ThreadedEngine` for one that keeps a window responsive.
 *
 * The folds of the built-in model are dealt when label errors are found, and kept until they are found again.
 */
export class LocalEngine implements ReviewEngine {
  private known: Known | undefined;
  /** Settles when the last search has ended. */
  private searching: Promise<unknown> = Promise.resolve();
  /** Changes since each search began that has not ended. */
  private readonly changedMeanwhile = new Set<LabelChange[]>();

  /** @param services relative paths of models begin at `cwd`; names of classes are looked for up to it */
  constructor(private readonly services: WorkerServices) {}

  /** One search after the other: an earlier one that was aborted may not have ended yet. */
  find(settings: FindSettings, labels: readonly LabelChange[], progress: EngineProgress = {}): Promise<Found> {
    const meanwhile: LabelChange[] = [];
    this.changedMeanwhile.add(meanwhile);
    const found = this.searching.then(() => this.search(settings, labels, meanwhile, progress));
    this.searching = Promise.allSettled([found]).then(() => this.changedMeanwhile.delete(meanwhile));
    return found;
  }

  private async search(
    settings: FindSettings,
    labels: readonly LabelChange[],
    meanwhile: readonly LabelChange[],
    progress: EngineProgress,
  ): Promise<Found> {
    progress.signal?.throwIfAborted();
    const found = await search(settings, labels, this.services, progress);
    const { model, table, records } = found;
    const findings = model.findings();
    const labelled = model.labelled;
    const { issues, warnings } = await checksOf(table, settings.text, model, progress);
    progress.signal?.throwIfAborted();
    model.change(meanwhile.filter(({ row }) => row < records));
    const texts = settings.text === null ? undefined : new RecordTexts(table, settings.text);
    this.known = { ...found, settings, texts };
    return { ...findings, settings, records, labelled, issues, warnings: [...findings.warnings, ...warnings] };
  }

  change(changes: readonly LabelChange[]): Promise<Reranked | null> {
    return Promise.resolve().then(() => {
      for (const meanwhile of this.changedMeanwhile) meanwhile.push(...changes);
      const model = this.known?.model;
      return model?.change(changes) ? rerankedBy(model) : null;
    });
  }

  probabilities(row: number): Promise<readonly number[] | null> {
    return Promise.resolve().then(() => this.known?.model.probabilities(row) ?? null);
  }

  async reason(row: number, given: Labelling, suggested: Labelling): Promise<Reason | null> {
    const comparison = this.known?.model.modelOf(row, given, suggested);
    const text = comparison ? await this.known?.texts?.textOf(row) : undefined;
    return comparison && text !== undefined ? reasonOf(comparison, row, text) : null;
  }

  async similar(row: number, count: number): Promise<readonly SimilarRecord[]> {
    const { known } = this;
    const text = known?.settings.text ?? null;
    if (!known || text === null) return [];
    known.similarity ??= similarityOf(known, text);
    const similarity = await known.similarity;
    const { model } = known;
    const own = model.labelsOf(row);
    const differs = (other: number): boolean => {
      const labels = model.labelsOf(other);
      return labels !== null && !isSame(labels, own);
    };
    return similarity.nearest(row, count, differs).map((one) => ({
      ...one,
      labels: (model.labelsOf(one.row) ?? []).map((label) => model.classes[label] ?? ''),
    }));
  }

  close(): Promise<void> {
    this.known = undefined;
    return Promise.resolve();
  }
}

/** Null for labels of one class alone, for a while. */
function rerankedBy(model: Model): Reranked | null {
  try {
    return model.reranked();
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

async function similarityOf({ table, words }: Search, text: string): Promise<Similarity> {
  if (words) return new Similarity(words.matrix, words.postings);
  const matrix = countWords((await readColumn(table, text)).map(textOf));
  return new Similarity(matrix, postingsOf(matrix));
}

function isSame(labels: readonly number[], others: readonly number[] | null): boolean {
  return others?.length === labels.length && labels.every((label) => others.includes(label));
}

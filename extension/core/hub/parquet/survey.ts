import { basename } from 'node:path';
import { columnPositions } from '../../dataset/columns';
import type { TableOptions } from '../../dataset/table';
import { CellWatch } from '../staging/cellWatch';
import { stepOf } from '../staging/steps';
import type { Feature, Features, StagingWarning } from '../staging/types';
import type { ColumnType } from './cellType';
import { labelText } from './cellValue';
import { LabelSet, type Classes } from './labels';
import { MediaSurvey, type ResolveFile } from './mediaCells';
import type { RecordBatch, RecordSource } from './recordSource';
import { SplitCounts } from './splitCounts';

/** What the columns of a dataset are wanted for. */
export interface ColumnRoles {
  readonly labelColumn: string | undefined;
  readonly splitColumn: string | undefined;
}

/** A file of a dataset, and the split that its records belong to unless a column tells. */
export interface DatasetPart {
  readonly split: string;
  readonly source: RecordSource;
}

/** What one pass over a dataset tells of it. */
export interface Survey {
  readonly rows: number;
  readonly columns: readonly SurveyedColumn[];
  /** Records by split, in the order in which the splits were met; those without records are left out. */
  readonly splits: ReadonlyMap<string, number>;
  /** What a person should know of the cells. */
  readonly warnings: readonly StagingWarning[];
}

export interface SurveyedColumn {
  readonly name: string;
  readonly feature: Feature;
  /** What the cells are without being labels or names of files. */
  readonly plain: ColumnType;
  /** Of a column of class labels. */
  readonly classes: Classes | undefined;
  /** Whether it was asked for as the column of labels, classes or not. */
  readonly isLabel: boolean;
  /** Whether a cell is null or an empty text, and whether one is an empty text. */
  readonly hasEmpty: boolean;
  readonly hasEmptyText: boolean;
  /** Whether all texts are dates or times as `pyarrow` finds them in JSON. */
  readonly areTimes: boolean;
}

/** Dates, and times without a fraction of a second. */
const isoTime = /^\d{4}-\d\d-\d\d(?:[ T]\d\d(?::?\d\d){0,2}(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;

type Named = Pick<SurveyedColumn, 'name' | 'feature'>;

/** Features by column, as a configuration has them. */
export function featuresOf({ columns }: { readonly columns: readonly Named[] }): Features {
  return columns.map(({ name, feature }) => [name, feature]);
}

/**
 * Finds the features of a dataset and its splits in one pass.
 *
 * @param parts files with the same columns
 * @param knownClasses names of the classes, where a card or a file tells them
 * @throws ExpectedError when a column is missing, or a name of a split is none
 */
export async function surveyRecords(
  parts: readonly DatasetPart[],
  { labelColumn, splitColumn }: ColumnRoles,
  knownClasses: readonly string[] | undefined,
  resolve: ResolveFile,
  options: TableOptions = {},
): Promise<Survey> {
  const pass = new SurveyPass(labelColumn, splitColumn);
  for (const [index, part] of parts.entries()) {
    const watch = new PartWatch(part.source);
    for await (const batch of part.source.read(stepOf(options, index, parts.length))) {
      watch.see(batch);
      pass.add(part, batch);
    }
    pass.warnings.push(...watch.warnings());
  }
  const { rows, columns, splits, warnings } = pass;
  const [first] = parts;
  if (rows > 0 && first) {
    const roles = [labelColumn, splitColumn].filter((name) => name !== undefined);
    columnPositions({ path: first.source.path, columns: [...columns.keys()] }, roles);
  }
  const surveyed: SurveyedColumn[] = [];
  for (const [name, column] of columns) surveyed.push({ name, ...(await column.finish(knownClasses, resolve)) });
  return { rows, columns: surveyed, splits: splits.counts, warnings };
}

/** What is known of the records that were seen. */
class SurveyPass {
  rows = 0;
  readonly columns = new Map<string, ColumnSurvey>();
  readonly splits: SplitCounts;
  readonly warnings: StagingWarning[] = [];

  constructor(
    private readonly labelColumn: string | undefined,
    private readonly splitColumn: string | undefined,
  ) {
    this.splits = new SplitCounts(splitColumn);
  }

  add({ split, source }: DatasetPart, batch: RecordBatch): void {
    for (const name of source.columns) {
      if (this.columns.has(name)) continue;
      this.columns.set(name, new ColumnSurvey(source.newType(), name === this.labelColumn, this.rows > 0));
    }
    for (const [name, column] of this.columns) for (const cell of batch.column(name)) column.add(cell);
    this.countSplits(split, batch);
    this.rows += batch.count;
  }

  private countSplits(split: string, batch: RecordBatch): void {
    if (this.splitColumn === undefined) this.splits.add(split, batch.count);
    else if (this.columns.has(this.splitColumn)) {
      for (const cell of batch.column(this.splitColumn)) this.splits.add(labelText(cell), 1);
    }
  }
}

/** Looks for what should not leave the machine in the columns that the first records of a part have. */
class PartWatch {
  private watch: CellWatch | undefined;
  private columns: readonly string[] = [];
  private rows = 0;

  constructor(private readonly source: RecordSource) {}

  see(batch: RecordBatch): void {
    if (!this.watch) {
      this.columns = [...this.source.columns];
      this.watch = new CellWatch(basename(this.source.path), this.columns);
    }
    const cells = this.columns.map((name) => batch.column(name));
    this.watch.see({ from: this.rows, count: batch.count, cells });
    this.rows += batch.count;
  }

  warnings(): readonly StagingWarning[] {
    return this.watch?.warnings() ?? [];
  }
}

class ColumnSurvey {
  private readonly media = new MediaSurvey();
  private readonly labels: LabelSet | undefined;
  private hasLists = false;
  private hasEmptyText = false;
  private hasText = false;
  private areTimes = true;

  constructor(
    private readonly type: ColumnType,
    isLabel: boolean,
    private hasEmpty: boolean,
  ) {
    if (isLabel) this.labels = new LabelSet();
  }

  add(cell: unknown): void {
    this.type.add(cell);
    this.media.add(cell);
    if (cell === null || cell === '') this.hasEmpty = true;
    if (typeof cell === 'string') this.addText(cell);
    if (!this.labels) return;
    if (Array.isArray(cell)) {
      this.hasLists = true;
      for (const item of cell) this.labels.add(labelText(item));
    } else {
      this.labels.add(labelText(cell));
    }
  }

  async finish(known: readonly string[] | undefined, resolve: ResolveFile): Promise<Omit<SurveyedColumn, 'name'>> {
    const { type: plain, hasEmpty, hasEmptyText } = this;
    const classes = this.labels?.classes(known);
    const feature =
      (await this.media.feature(resolve)) ?? (classes && this.labelFeature(classes, plain)) ?? plain.feature();
    return {
      feature,
      plain,
      classes: isLabelFeature(feature) ? classes : undefined,
      isLabel: this.labels !== undefined,
      hasEmpty,
      hasEmptyText,
      areTimes: this.hasText && this.areTimes,
    };
  }

  private addText(text: string): void {
    this.hasText = true;
    if (text === '') this.hasEmptyText = true;
    this.areTimes &&= isoTime.test(text);
  }

  /** @returns undefined for what has no labels that one class each could stand for, such as objects */
  private labelFeature({ names }: Classes, plain: ColumnType): Feature | undefined {
    const feature: Feature = { kind: 'classLabel', names };
    const found = plain.feature();
    if (this.hasLists)
      return found.kind === 'list' && found.of.kind === 'value' ? { kind: 'list', of: feature } : undefined;
    return found.kind === 'value' ? feature : undefined;
  }
}

function isLabelFeature(feature: Feature): boolean {
  return feature.kind === 'classLabel' || (feature.kind === 'list' && feature.of.kind === 'classLabel');
}

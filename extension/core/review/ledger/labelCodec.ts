import {
  cellItems,
  cellReading,
  classIndices,
  sortedLabels,
  type CellReading,
  type LabelColumnOptions,
  type LabelItem,
} from '../../dataset/labelColumn';
import { ExpectedError } from '../../errors';
import type { Json } from '../../json';
import type { Labelling } from '../types';
import { labelStyle, type WriteItems } from './labelStyle';

/** Reads and writes the cells of one label column as the column itself does. */
export interface LabelCodec {
  /** In the order that their integers count in. */
  readonly classes: readonly string[];
  /** The names of a cell's classes, none twice; null where nobody has labelled the record. Never fails. */
  names(cell: Json): Labelling | null;
  /**
   * The cell that says a labelling, spelt as the column spells it.
   *
   * @param current what stands there; it stays when it says the same in any order
   * @throws ExpectedError when the column cannot say it
   */
  cell(labelling: Labelling, current?: Json): Json;
}

/** Whether two labellings name the same classes. */
export function isSameLabelling(one: Labelling | null, other: Labelling | null): boolean {
  if (one === null || other === null) return one === other;
  const names = new Set(one);
  return names.size === new Set(other).size && other.every((name) => names.has(name));
}

/** @param cells of the whole column, or of as many records as are to set its style */
export function labelCodec(cells: readonly Json[], options: LabelColumnOptions = {}): LabelCodec {
  return new ColumnCodec(cells, options);
}

class ColumnCodec implements LabelCodec {
  readonly classes: readonly string[];
  private readonly reading: CellReading;
  /** By the text of a label in a cell. */
  private readonly indexOf: (text: string) => number | undefined;
  /** How often labels are spelt so, by the names of their classes. */
  private readonly spellings = new Map<string, Map<LabelItem, number>>();
  private readonly spellUnseen: (name: string) => LabelItem;
  private readonly write: WriteItems;

  constructor(cells: readonly Json[], options: LabelColumnOptions) {
    this.reading = cellReading(cells, options);
    const counts = new Map<LabelItem, number>();
    for (const cell of cells) for (const item of this.items(cell) ?? []) counts.set(item, (counts.get(item) ?? 0) + 1);
    const texts = new Set([...counts.keys()].map(String));
    this.classes = options.classes ?? sortedLabels([...texts]);
    this.indexOf = classIndices(texts, this.classes);
    for (const [item, count] of counts) {
      const name = this.nameOf(item);
      this.spellings.set(name, (this.spellings.get(name) ?? new Map<LabelItem, number>()).set(item, count));
    }
    this.spellUnseen = unseenSpelling(counts, this.classes);
    this.write = this.reading.multiLabel ? labelStyle(cells, this.reading, (cell) => this.items(cell)) : single;
  }

  names(cell: Json): Labelling | null {
    const items = this.items(cell);
    return items && [...new Set(items.map((item) => this.nameOf(item)))];
  }

  cell(labelling: Labelling, current?: Json): Json {
    if (current !== undefined && isSameLabelling(this.names(current), labelling)) return current;
    const cell = this.write([...new Set(labelling)].map((name) => this.itemOf(name)));
    if (isSameLabelling(this.names(cell), labelling)) return cell;
    throw new ExpectedError(
      `The column cannot say ${labelling.map((name) => JSON.stringify(name)).join(', ') || 'that there is no label'}.`,
      this.reading.multiLabel ? 'Choose other names for the classes.' : 'Choose one label.',
    );
  }

  private items(cell: Json): readonly LabelItem[] | null {
    try {
      return cellItems(cell, this.reading, 0);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return [JSON.stringify(cell)]; // no label of the column, but something to show
    }
  }

  private nameOf(item: LabelItem): string {
    const text = String(item);
    return this.classes[this.indexOf(text) ?? -1] ?? text;
  }

  /** As the column spells the class most often; one that does not occur in it, as it spells others. */
  private itemOf(name: string): LabelItem {
    const known = [...(this.spellings.get(name) ?? [])].reduce<readonly [LabelItem | undefined, number]>(
      (most, own) => (own[1] > most[1] ? own : most),
      [undefined, 0],
    );
    return known[0] ?? this.spellUnseen(name);
  }
}

/** A column of one label a record; what does not fit is found when it is read again. */
const single: WriteItems = ([item = null, ...others]) => (others.length === 0 ? item : null);

/**
 * How a class is spelt that does not occur: by its number where the column has numbers for names, and as a number, a
 * boolean or a text as the others are.
 */
function unseenSpelling(
  counts: ReadonlyMap<LabelItem, number>,
  classes: readonly string[],
): (name: string) => LabelItem {
  const items = [...counts.keys()];
  const named = new Set(classes);
  const areNumbered = items.length > 0 && !items.some((item) => named.has(String(item)));
  const kinds = new Set(items.map((item) => typeof item));
  const [kind] = kinds.size === 1 ? kinds : ['string'];
  const areFloats = items.filter((item) => String(item).endsWith('.0')).length * 2 > items.length;
  return (name) => {
    const number = classes.indexOf(name);
    if (areNumbered && number < 0) throw cannotSpell(name, `one of the classes ${classes.join(', ')}`);
    const text = areNumbered ? `${number}${areFloats ? '.0' : ''}` : name;
    if (kind === 'string') return text;
    const value = [Number(text), true, false].find((one) => typeof one === kind && String(one) === text);
    if (value === undefined) throw cannotSpell(name, `a ${kind}, as the other labels of the column are`);
    return value;
  };
}

function cannotSpell(name: string, what: string): ExpectedError {
  return new ExpectedError(`The label ${JSON.stringify(name)} is not ${what}.`, 'Choose another label.');
}

import { sortedLabels, classIndices } from '../../dataset/labelColumn';

/** With more labels than this a column is no column of classes. */
const mostLabels = 1000;

const naturalNumber = /^(?:0|[1-9]\d*)$/;

/** The classes of a column, and which of them a label is. */
export interface Classes {
  /** In the order of their numbers. */
  readonly names: readonly string[];
  /** Labels that are none of the classes. */
  readonly others: readonly string[];
  /** @returns undefined for a label that is none of the classes */
  indexOf(label: string): number | undefined;
}

/** Gathers the labels of a column. */
export class LabelSet {
  private readonly labels = new Set<string>();
  private readonly blanks = new Set<string>();
  hasEmpty = false;

  /** @param label empty where nobody has labelled the record */
  add(label: string): void {
    if (label === '') this.hasEmpty = true;
    else if (label.trim() === '') this.blanks.add(label);
    else if (this.labels.size <= mostLabels && !this.labels.has(label)) this.labels.add(copyOf(label));
  }

  /**
   * The classes: those that are known, in their order, and then the labels that are not among them. A number stands for
   * the class that it counts to in a column in which no label is the name of one; others are no classes then.
   *
   * @param known names in the order of their numbers, where a card or a file tells them
   * @returns undefined for what is none of classes: numbers that do not count from 0, or more labels than classes have
   */
  classes(known: readonly string[] | undefined): Classes | undefined {
    const { labels } = this;
    if (labels.size === 0 || labels.size > mostLabels) return undefined;
    const areNumbers = [...labels].every((label) => /^-?\d+$/.test(label));
    if (known) {
      const isNumbered = areNumbers && !known.some((name) => labels.has(name));
      const others = isNumbered ? [] : sortedLabels([...labels].filter((label) => !known.includes(label)));
      const names = [...known, ...others];
      const indexOf = classIndices(labels, names);
      return {
        names,
        indexOf,
        others: [...this.blanks, ...[...labels].filter((label) => indexOf(label) === undefined)],
      };
    }
    const names = sortedLabels([...labels]);
    if (areNumbers && !names.every((name, index) => naturalNumber.test(name) && Number(name) === index)) {
      return undefined;
    }
    const indices = new Map(names.map((name, index) => [name, index]));
    return { names, others: [...this.blanks], indexOf: (label) => indices.get(label) };
  }
}

/** A part of a text keeps all of it in memory. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

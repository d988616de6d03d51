import { isRecord } from '../../json';
import { SecretScan } from './secretScan';
import type { StagingWarning } from './types';

/** Of the first records each is looked at, of those after them every hundredth. */
const firstRecords = 1000;
const everyRecord = 100;
/** Characters of a text that are searched for personal data. */
const searched = 10_000;

/** What is looked for in sampled cells, in the words of the warning. */
const signs: readonly {
  readonly kind: 'personalData' | 'absolutePath';
  readonly what: string;
  readonly pattern: RegExp;
}[] = [
  { kind: 'personalData', what: 'e-mail addresses', pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/ },
  {
    kind: 'personalData',
    what: 'phone numbers',
    pattern: /(?<![\w.])\+\d[\d ().-]{7,}\d|(?<![\w.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w.-])/,
  },
  {
    kind: 'personalData',
    what: 'IP addresses',
    pattern: /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.])/,
  },
  {
    kind: 'absolutePath',
    what: 'paths of a machine',
    pattern: /\bfile:\/\/\/|(?<![\w./:-])\/(?:home|Users|root|mnt|private|var|tmp)\/[\w.]|(?<!\w)[A-Za-z]:\\\w/,
  },
];

/** Names of columns that are about people. */
const personalName =
  /^(?:e_?mails?(?:_address)?|(?:tele|mobile_|cell_)?phones?(?:_(?:number|no))?|mobile|ip(?:_?addr(?:ess)?)?|ssn|social_security(?:_number)?|(?:first|last|full|sur|middle)_?names?|(?:home_|street_|postal_)?address|(?:date_of_birth|birth_?dates?|birthday|dob)|passport(?:_(?:number|no))?|iban|credit_?card(?:_number)?)$/;

/** Some records that follow each other, as `TableBatch` has them; cells may be of any type. */
export interface WatchedBatch {
  readonly from: number;
  readonly count: number;
  readonly cells: readonly (readonly unknown[])[];
}

/**
 * Watches the records of a table pass: all texts for secrets, a sample of them for personal data and paths that mean
 * nothing elsewhere.
 */
export class CellWatch {
  private readonly secrets = new SecretScan();
  /** How many sampled cells of a column have a sign, by column and sign. */
  private readonly counts: number[][];
  private sampled = 0;

  /**
   * @param path of the dataset, for the warnings
   * @param columns those of the batches, in their order
   */
  constructor(
    private readonly path: string,
    private readonly columns: readonly string[],
  ) {
    this.counts = columns.map(() => signs.map(() => 0));
  }

  see({ from, count, cells }: WatchedBatch): void {
    cells.forEach((column, index) => {
      const place = `${this.path}, column ${JSON.stringify(this.columns[index] ?? '')}`;
      for (const cell of column) {
        // Nearly all cells are texts, for which no list is made.
        if (typeof cell === 'string') this.secrets.see(place, cell);
        else for (const text of textsOf(cell)) this.secrets.see(place, text);
      }
    });
    for (let row = 0; row < count; row++) {
      if (from + row < firstRecords || (from + row) % everyRecord === 0)
        this.sample(cells.map((column) => column[row]));
    }
  }

  warnings(): StagingWarning[] {
    const named = this.columns.filter((name) => personalName.test(snakeCase(name)));
    return [
      ...this.secrets.warnings(),
      ...named.map((name) => this.warning('personalData', `The column ${quoted(name)} is named like personal data.`)),
      ...this.columns.flatMap((name, column) =>
        signs.flatMap(({ kind, what }, sign) => {
          const count = this.counts[column]?.[sign] ?? 0;
          if (count === 0) return [];
          const share = `${count.toLocaleString('en')} of ${this.sampled.toLocaleString('en')} sampled records`;
          return [this.warning(kind, `The column ${quoted(name)} has ${what} in ${share}.`)];
        }),
      ),
    ];
  }

  private sample(record: readonly unknown[]): void {
    this.sampled++;
    record.forEach((cell, column) => {
      const texts = textsOf(cell).map((text) => text.slice(0, searched));
      const counts = this.counts[column];
      if (!counts || texts.length === 0) return;
      signs.forEach(({ pattern }, sign) => {
        if (texts.some((text) => pattern.test(text))) counts[sign] = (counts[sign] ?? 0) + 1;
      });
    });
  }

  private warning(kind: StagingWarning['kind'], message: string): StagingWarning {
    return { kind, message, paths: [this.path] };
  }
}

/** The texts of a cell, those of its lists and objects included. */
function textsOf(cell: unknown): readonly string[] {
  if (typeof cell === 'string') return [cell];
  if (Array.isArray(cell)) return cell.flatMap(textsOf);
  return isRecord(cell) ? Object.values(cell).flatMap(textsOf) : [];
}

/** `userEmail`, `User Email` and `user-email` are one name. */
function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[\s-]+/g, '_')
    .toLowerCase()
    .replace(/^(?:user|customer|client|sender|author)_(?=.)/, '');
}

function quoted(name: string): string {
  return JSON.stringify(name);
}

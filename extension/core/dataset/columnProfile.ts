import { isRecord, type Json } from '../json';

/** What a sample of records shows of a column. */
export interface ColumnProfile {
  readonly name: string;
  /** Cells that say something. */
  readonly count: number;
  /** Different ones among them. */
  readonly distinct: number;
  /** Characters of the texts, on average; 0 without texts. */
  readonly averageLength: number;
  /** Shares of the cells, from 0 to 1. */
  readonly prose: number;
  readonly numbers: number;
  readonly integers: number;
  readonly fractions: number;
  readonly mediaFiles: number;
  readonly lists: number;
}

const mediaFile = /\.(?:png|jpe?g|gif|webp|bmp|tiff?|wav|mp3|flac|ogg|m4a|mp4|webm|mov)$/i;

/** @param cells of one column */
export function profileOf(name: string, cells: readonly Json[]): ColumnProfile {
  const present = cells.filter((cell) => cell !== null && cell !== '');
  const texts = present.filter((cell) => typeof cell === 'string');
  const numbers = present.map(numberOf);
  const share = (matching: number): number => (present.length === 0 ? 0 : matching / present.length);
  const shareOf = (matches: (cell: Json) => boolean): number => share(present.filter(matches).length);
  const shareOfNumbers = (matches: (value: number) => boolean): number => share(numbers.filter(matches).length);
  return {
    name,
    count: present.length,
    distinct: new Set(present.map((cell) => JSON.stringify(cell))).size,
    averageLength: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length),
    prose: shareOf((cell) => typeof cell === 'string' && /\S\s+\S/.test(cell)),
    numbers: shareOfNumbers((value) => !Number.isNaN(value)),
    integers: shareOfNumbers(Number.isInteger),
    fractions: shareOfNumbers((value) => value >= 0 && value <= 1),
    mediaFiles: shareOf(isMedia),
    lists: shareOf(
      (cell) => isRecord(cell) || Array.isArray(cell) || (typeof cell === 'string' && /^\s*[[{]/.test(cell)),
    ),
  };
}

function numberOf(cell: Json): number {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : NaN;
}

/** The name of a file, or what the Hub keeps for an image or a sound. */
function isMedia(cell: Json): boolean {
  if (typeof cell === 'string') return mediaFile.test(cell);
  return isRecord(cell) && 'bytes' in cell && 'path' in cell;
}

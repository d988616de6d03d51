import { basename } from 'node:path';
import { ExpectedError } from '../errors';
import { openForReading } from '../readAt';
import { piecesOf, takeBytes } from './byteStream';
import { decodeNumbers, decodeTexts, itemSize } from './npyValues';
import type { TableOptions } from './table';

/** An array that numpy saved, in row-major order. */
export interface NpyArray {
  /** Lengths by dimension. */
  readonly shape: readonly number[];
  /** Numbers, integers of 64 bits rounded to what a number holds; texts for arrays of strings. */
  readonly data: Float64Array | readonly string[];
}

/** The bytes of an `.npy` file, wherever they are. */
export interface NpySource {
  /** What messages call it: "probs.npy". */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly bytes: AsyncIterable<Buffer>;
}

export interface NpyHeader {
  /** The data type as numpy writes it: `<f8`, `|b1`, `<U12`. */
  readonly type: string;
  readonly columnMajor: boolean;
  readonly shape: readonly number[];
  /** Where the data begin. Bytes. */
  readonly start: number;
}

const magic = Buffer.from('\x93NUMPY', 'latin1');
/** numpy itself writes some hundred bytes, and refuses to read more than 10,000. */
const longestHeader = 1 << 16;
const chunkSize = 1 << 20;

/**
 * Reads an `.npy` file (numpy.lib.format, versions 1 to 3): numbers, booleans and texts of fixed length. The bytes go
 * straight into the array that is returned, so that no second copy is held.
 *
 * @throws ExpectedError for anything else, such as pickled objects, which are never loaded
 */
export async function readNpy(path: string, options: TableOptions = {}): Promise<NpyArray> {
  const file = await openForReading(path);
  try {
    const { size } = await file.stat();
    const bytes = file.createReadStream({ highWaterMark: chunkSize, autoClose: false });
    return await decodeNpy({ name: basename(path), size, bytes }, options);
  } finally {
    await file.close();
  }
}

/** Reads an array from a stream; the errors are those of `readNpy`. */
export async function decodeNpy(source: NpySource, { signal, onProgress }: TableOptions = {}): Promise<NpyArray> {
  const { name, size } = source;
  const bytes = source.bytes[Symbol.asyncIterator]();
  try {
    const { header, rest } = await readHeader(name, bytes);
    const { shape, type, start } = header;
    const count = shape.reduce((product, length) => product * length, 1);
    const width = itemSize(name, type);
    if (size < start + count * width) throw endsEarly(name, count, shape);
    const texts = /[US]/.test(type) ? Array.from({ length: count }, () => '') : undefined;
    const numbers = new Float64Array(texts ? 0 : count);
    const place = placing(name, header);
    let done = 0;
    for await (const piece of piecesOf(rest, bytes, width)) {
      signal?.throwIfAborted();
      const items = Math.min(count - done, piece.length / width);
      const body = piece.subarray(0, items * width);
      if (texts) putTexts(texts, decodeTexts(body, type, width), done, place);
      else putNumbers(numbers, decodeNumbers(body, type), done, place);
      done += items;
      onProgress?.(start + done * width, size);
      if (done === count) break;
    }
    if (done < count) throw endsEarly(name, count, shape);
    return { shape, data: texts ?? numbers };
  } finally {
    await bytes.return?.();
  }
}

/** What an `.npy` file says of its array; the bytes that were read beyond it are `rest`. */
export async function readHeader(
  name: string,
  bytes: AsyncIterator<Buffer>,
): Promise<{ readonly header: NpyHeader; readonly rest: Buffer }> {
  const begin = await takeBytes(bytes, 12, Buffer.alloc(0));
  if (!begin.subarray(0, 6).equals(magic))
    throw new ExpectedError(`${name} is not an .npy file.`, 'Save the array with numpy.save.');
  if (begin.length < 12) throw headerEndsEarly(name);
  const major = begin[6] ?? 0;
  const prefix = major === 1 ? 10 : 12;
  const length = major === 1 ? begin.readUInt16LE(8) : begin.readUInt32LE(8);
  if (length > longestHeader) throw new ExpectedError(`The header of ${name} is too long.`, saveAgain);
  const start = prefix + length;
  const all = await takeBytes(bytes, start, begin);
  if (all.length < start) throw headerEndsEarly(name);
  const text = all.subarray(prefix, start).toString(major < 3 ? 'latin1' : 'utf8');
  return { header: { ...parseHeader(name, text), start }, rest: all.subarray(start) };
}

function parseHeader(name: string, text: string): Omit<NpyHeader, 'start'> {
  const type = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(text)?.[1];
  if (type === undefined || order === undefined || shape === undefined)
    throw new ExpectedError(`${name} holds records, not a plain array.`, 'Save one array of numbers.');
  const lengths = shape.split(',').filter((part) => part.trim() !== '');
  return { type, columnMajor: order === 'True', shape: lengths.map((length) => Number.parseInt(length, 10)) };
}

const saveAgain = 'Save the array again with numpy.save.';

function headerEndsEarly(name: string): ExpectedError {
  return new ExpectedError(`${name} ends within its header.`, saveAgain);
}

function endsEarly(name: string, count: number, shape: readonly number[]): ExpectedError {
  return new ExpectedError(
    `${name} ends early: it announces ${count} values (${shape.join(' × ')}) and holds fewer.`,
    saveAgain,
  );
}

/** Where in row-major order the n-th value of the file belongs; undefined when it stands there already. */
type Place = ((index: number) => number) | undefined;

function placing(name: string, { columnMajor, shape }: NpyHeader): Place {
  if (!columnMajor || shape.length < 2) return undefined;
  if (shape.length > 2)
    throw new ExpectedError(
      `${name} has ${shape.length} dimensions in Fortran order, which is not read.`,
      'Save it in C order: numpy.ascontiguousarray(array).',
    );
  const [rows = 0, columns = 0] = shape;
  return (index) => (index % rows) * columns + Math.floor(index / rows);
}

function putNumbers(target: Float64Array, numbers: ArrayLike<number>, from: number, place: Place): void {
  if (!place) target.set(numbers, from);
  else for (let index = 0; index < numbers.length; index++) target[place(from + index)] = numbers[index] ?? NaN;
}

function putTexts(target: string[], texts: readonly string[], from: number, place: Place): void {
  for (const [index, text] of texts.entries()) target[place ? place(from + index) : from + index] = text;
}

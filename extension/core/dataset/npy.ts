import { endianness } from 'node:os';
import { ExpectedError } from '../errors';

/** An array that numpy saved, in row-major order. */
export interface NpyArray {
  /** Lengths by dimension. */
  readonly shape: readonly number[];
  /** Numbers, integers of 64 bits rounded to what a number holds; texts for arrays of strings. */
  readonly data: Float64Array | readonly string[];
}

interface Header {
  readonly type: string;
  readonly columnMajor: boolean;
  readonly shape: readonly number[];
  /** Where the data begin. Bytes. */
  readonly start: number;
}

const magic = Buffer.from('\x93NUMPY', 'latin1');

/**
 * Reads an `.npy` file (numpy.lib.format, versions 1 to 3): numbers, booleans and texts of fixed length.
 *
 * @throws ExpectedError for anything else, such as pickled objects, which are never loaded
 */
export function parseNpy(bytes: Buffer): NpyArray {
  const header = parseHeader(bytes);
  const count = header.shape.reduce((product, length) => product * length, 1);
  const size = itemSize(header.type);
  if (bytes.length < header.start + count * size) {
    throw new ExpectedError(
      `The .npy file ends early: ${count} values of ${size} bytes were announced.`,
      'Save the array again.',
    );
  }
  const body = bytes.subarray(header.start, header.start + count * size);
  const data =
    header.type.includes('U') || header.type.includes('S') ? texts(body, header.type) : numbers(body, header.type);
  if (!header.columnMajor || header.shape.length < 2) return { shape: header.shape, data };
  if (header.shape.length > 2)
    throw new ExpectedError('Arrays of more than two dimensions are not read in Fortran order.');
  const [rows = 0, columns = 0] = header.shape;
  return { shape: header.shape, data: reordered(data, rows, columns) };
}

function parseHeader(bytes: Buffer): Header {
  if (!bytes.subarray(0, 6).equals(magic))
    throw new ExpectedError('This is not an .npy file.', 'Save the array with numpy.save.');
  const major = bytes[6] ?? 0;
  const prefix = major === 1 ? 10 : 12;
  const length = major === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  const text = bytes.subarray(prefix, prefix + length).toString(major < 3 ? 'latin1' : 'utf8');
  const type = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(text)?.[1];
  if (type === undefined || order === undefined || shape === undefined)
    throw new ExpectedError('The .npy file holds records, not a plain array.', 'Save one array of numbers.');
  const lengths = shape.split(',').filter((part) => part.trim() !== '');
  return { type, columnMajor: order === 'True', shape: lengths.map(Number), start: prefix + length };
}

function itemSize(type: string): number {
  const [, kind = '', digits = ''] = /^[<>|=]?([biufUSO])(\d*)$/.exec(type) ?? [];
  const size = Number(digits) * (kind === 'U' ? 4 : 1);
  const isKnown = kind === 'U' || kind === 'S' || (kind === 'f' ? [2, 4, 8] : [1, 2, 4, 8]).includes(size);
  if (kind === '' || kind === 'O' || !isKnown)
    throw new ExpectedError(`Arrays of type ${type} are not read.`, 'Save the array as numbers: array.astype(float).');
  return size;
}

type Reader = (view: DataView, offset: number, little: boolean) => number;

const readers: Readonly<Record<string, Reader>> = {
  b1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  f2: (view, at, little) => halfFloat(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

function numbers(body: Buffer, type: string): Float64Array {
  const size = itemSize(type);
  const little = !type.startsWith('>');
  if (type.endsWith('f8') && little && endianness() === 'LE')
    return new Float64Array(body.buffer.slice(body.byteOffset, body.byteOffset + body.length));
  const read = readers[type.replace(/^[<>|=]/, '')];
  if (!read) throw new ExpectedError(`Arrays of type ${type} are not read.`, 'Save the array as numbers.');
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  return Float64Array.from({ length: body.length / size }, (_, index) => read(view, index * size, little));
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function texts(body: Buffer, type: string): string[] {
  const size = itemSize(type);
  const read = type.includes('U')
    ? (from: number) => utf32(body, from, size, type)
    : (from: number) => ascii(body, from, size);
  return Array.from({ length: size === 0 ? 0 : body.length / size }, (_, index) => read(index * size));
}

function utf32(body: Buffer, from: number, size: number, type: string): string {
  let text = '';
  for (let at = from; at < from + size; at += 4) {
    const point = type.startsWith('>') ? body.readUInt32BE(at) : body.readUInt32LE(at);
    text += String.fromCodePoint(Math.min(point, 0x10ffff));
  }
  return text.replace(/\0+$/, '');
}

function ascii(body: Buffer, from: number, size: number): string {
  return body.toString('latin1', from, from + size).replace(/\0+$/, '');
}

function reordered(data: NpyArray['data'], rows: number, columns: number): NpyArray['data'] {
  const at = (index: number): number => (index % columns) * rows + Math.floor(index / columns);
  if (data instanceof Float64Array) return data.map((_, index) => data[at(index)] ?? 0);
  return data.map((_, index) => data[at(index)] ?? '');
}

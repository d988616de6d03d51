import { endianness } from 'node:os';
import { ExpectedError } from '../errors';

/**
 * Bytes of one value of a data type.
 *
 * @param name what messages call the file
 * @throws ExpectedError for types that are not read, pickled objects among them
 */
export function itemSize(name: string, type: string): number {
  if (/O\d*$/.test(type)) {
    throw new ExpectedError(
      `${name} holds pickled Python objects, which are never loaded: they could run any code.`,
      'Save the array as numbers or texts: array.astype(float), array.astype(str).',
    );
  }
  const [, kind = '', digits = ''] = /^[<>|=]?([biufUS])([1-9]\d*)$/.exec(type) ?? [];
  if (kind === 'U') return Number(digits) * 4;
  if (kind === 'S') return Number(digits);
  if (kind + digits in decoders) return Number(digits);
  throw new ExpectedError(
    `${name} is an array of type ${type}, which is not read.`,
    'Save it as numbers: array.astype(float).',
  );
}

/** Bytes of this machine's order as numbers. */
type Decode = (buffer: ArrayBuffer) => ArrayLike<number>;

const decoders: Readonly<Record<string, Decode>> = {
  b1: (buffer) => new Uint8Array(buffer),
  i1: (buffer) => new Int8Array(buffer),
  i2: (buffer) => new Int16Array(buffer),
  i4: (buffer) => new Int32Array(buffer),
  i8: (buffer) => Float64Array.from(new BigInt64Array(buffer), Number),
  u1: (buffer) => new Uint8Array(buffer),
  u2: (buffer) => new Uint16Array(buffer),
  u4: (buffer) => new Uint32Array(buffer),
  u8: (buffer) => Float64Array.from(new BigUint64Array(buffer), Number),
  f2: (buffer) => Float64Array.from(new Uint16Array(buffer), halfFloat),
  f4: (buffer) => new Float32Array(buffer),
  f8: (buffer) => new Float64Array(buffer),
};

/** Whole numbers of the file; `type` is one that `itemSize` knows. */
export function decodeNumbers(body: Buffer, type: string): ArrayLike<number> {
  const own = Buffer.from(new ArrayBuffer(body.length));
  body.copy(own);
  const isLittle = type.startsWith('<') || (!type.startsWith('>') && endianness() === 'LE');
  if (isLittle !== (endianness() === 'LE')) swap(own, Number(type.at(-1)));
  const decode = decoders[type.replace(/^[<>|=]/, '')];
  if (!decode) throw new Error(`There is no decoder for ${type}.`);
  return decode(own.buffer);
}

function swap(bytes: Buffer, size: number): void {
  if (size === 2) bytes.swap16();
  else if (size === 4) bytes.swap32();
  else if (size === 8) bytes.swap64();
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

/** Texts without the zeros that fill them up. */
export function decodeTexts(body: Buffer, type: string, width: number): string[] {
  const text = type.includes('U') ? utf32 : latin1;
  return Array.from({ length: body.length / width }, (_, index) =>
    text(body.subarray(index * width, (index + 1) * width), type).replace(/\0+$/, ''),
  );
}

function utf32(bytes: Buffer, type: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const point = type.startsWith('>') ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    text += String.fromCodePoint(Math.min(point, 0x10ffff));
  }
  return text;
}

function latin1(bytes: Buffer): string {
  return bytes.toString('latin1');
}

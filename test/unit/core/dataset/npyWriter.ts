/** Writes arrays as numpy.save does, for tests: an implementation that shares nothing with the reader. */
export interface NpyLayout {
  /** Such as `<f8`, `>i2`, `|b1`, `<U5`. */
  readonly type: string;
  readonly columnMajor?: boolean;
  readonly version?: 1 | 2 | 3;
}

/** A matrix with its rows in the order of the layout. */
export function npyMatrix(rows: readonly (readonly number[])[], layout: NpyLayout): Buffer {
  const columns = rows[0]?.length ?? 0;
  const values = layout.columnMajor
    ? Array.from({ length: columns }, (_, column) => rows.map((row) => row[column] ?? 0)).flat()
    : rows.flat();
  return npy([rows.length, columns], Buffer.concat(values.map((value) => bytesOf(value, layout.type))), layout);
}

/** A file of this shape with a body that is already bytes. */
export function npy(
  shape: readonly number[],
  body: Buffer,
  { type, columnMajor = false, version = 1 }: NpyLayout,
): Buffer {
  const lengths = shape.length === 1 ? `${shape.join('')},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': ${columnMajor ? 'True' : 'False'}, 'shape': (${lengths}), }`;
  const prefix = version === 1 ? 10 : 12;
  const header = Buffer.from(
    `${text.padEnd(Math.ceil((prefix + text.length + 1) / 64) * 64 - prefix - 1)}\n`,
    'latin1',
  );
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  length.writeUIntLE(header.length, 0, length.length);
  return Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.from([version, 0]), length, header, body]);
}

function bytesOf(value: number, type: string): Buffer {
  const view = new DataView(new ArrayBuffer(8));
  const little = !type.startsWith('>');
  const [kind, size] = [type.slice(1, 2), Number(type.slice(2))];
  if (type.endsWith('f8')) view.setFloat64(0, value, little);
  else if (type.endsWith('f4')) view.setFloat32(0, value, little);
  else if (type.endsWith('f2')) view.setUint16(0, halfBits(value), little);
  else if (size === 8) view.setBigInt64(0, BigInt(value), little);
  else if (size === 4) view.setInt32(0, value, little);
  else if (size === 2) view.setInt16(0, value, little);
  else if (kind === 'b' || size === 1) view.setInt8(0, value);
  return Buffer.from(view.buffer, 0, size);
}

/** The nearest binary16 of a multiple of 1/1024 from 0 to 1, which has an exact one. */
function halfBits(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(value));
  return ((exponent + 15) << 10) | Math.round((value / 2 ** exponent - 1) * 1024);
}

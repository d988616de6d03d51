/** A matrix of rows of one length as float64, in version 1.0 of NumPy's format. */
export function npyOf(rows: readonly (readonly number[])[]): Buffer {
  const shape = `(${rows.length}, ${rows[0]?.length ?? 0})`;
  const description = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`;
  // The header ends with a line end, and the data begin at a multiple of 64.
  const header = Buffer.from(`${description.padEnd(117)}\n`, 'latin1');
  const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  return Buffer.concat([magic, header, Buffer.from(Float64Array.from(rows.flat()).buffer)]);
}

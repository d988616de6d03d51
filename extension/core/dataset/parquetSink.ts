import type { FileHandle } from 'node:fs/promises';
import type { ConvertedType, SchemaElement } from 'hyparquet';
import type { ByteWriter, Writer } from 'hyparquet-writer';

/** A writer of Parquet whose buffer goes to the file after each row group. */
export function intoFile(writer: ByteWriter & Writer, sink: FileHandle): Writer {
  const flush = async (): Promise<void> => {
    await sink.writeFile(writer.getBytes());
    writer.index = 0;
  };
  return Object.assign(writer, { flush, finish: flush });
}

/**
 * A schema as the writer can write it: it gives the logical type of an integer a width of 32 bits where readers other than
 * hyparquet want one of 8, so that the older word for the same type stands alone.
 */
export function writableSchema(schema: readonly SchemaElement[]): SchemaElement[] {
  return schema.map((element) => {
    const { logical_type: logical, ...others } = element;
    if (logical?.type !== 'INTEGER') return element;
    return { ...others, converted_type: `${logical.isSigned ? '' : 'U'}INT_${logical.bitWidth}` as ConvertedType };
  });
}

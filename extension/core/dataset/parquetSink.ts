import type { FileHandle } from 'node:fs/promises';
import type { ByteWriter, Writer } from 'hyparquet-writer';

/** A writer of Parquet whose buffer goes to the file after each row group. */
export function intoFile(writer: ByteWriter & Writer, sink: FileHandle): Writer {
  const flush = async (): Promise<void> => {
    await sink.writeFile(writer.getBytes());
    writer.index = 0;
  };
  return Object.assign(writer, { flush, finish: flush });
}

/** What writes Parquet, in a bundle of its own that is loaded with the first file that is written. */
export { ByteWriter, ParquetWriter } from 'hyparquet-writer';

/** What reads Parquet, in a bundle of its own that is loaded with the first such file. */
export { parquetMetadataAsync, parquetScan, parquetSchema } from 'hyparquet';
export { compressors } from 'hyparquet-compressors';

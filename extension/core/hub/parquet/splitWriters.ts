import type { StagedSplit } from '../staging/types';
import { ShardWriter, type ShardFormat } from './shardWriter';

/** Writes each record to the files of its split. */
export class SplitWriters {
  private readonly writers = new Map<string, ShardWriter>();

  /**
   * @param folder absolute; where the files are made
   * @param prefix of their paths in it: `data` or the name of a configuration
   */
  constructor(
    private readonly folder: string,
    private readonly prefix: string,
    private readonly format: ShardFormat,
  ) {}

  of(split: string): ShardWriter {
    let writer = this.writers.get(split);
    if (!writer) {
      writer = new ShardWriter(this.folder, `${this.prefix}/${split}`, this.format);
      this.writers.set(split, writer);
    }
    return writer;
  }

  /** @returns the splits in the order in which they were met, and the paths of all files below the folder */
  async finish(): Promise<{ readonly splits: readonly StagedSplit[]; readonly paths: readonly string[] }> {
    const splits: StagedSplit[] = [];
    const paths: string[] = [];
    for (const [name, writer] of this.writers) {
      paths.push(...(await writer.finish()));
      splits.push({ name, paths: [`${this.prefix}/${name}-*`], rows: writer.rows });
    }
    return { splits, paths };
  }

  /** Closes what is open when something failed; harmless after `finish`. */
  async abandon(): Promise<void> {
    for (const writer of this.writers.values()) await writer.abandon();
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nothingThere } from '../errors';
import { dumpsPythonJson, parsePythonJson } from './format/pythonJson';
import { isList, isMap, plainValue, type PythonValue } from './format/pythonValue';
import { withOwnFiles } from './payloadFiles';
import type { FlagNote, FlagSample, LoggedComponent } from './types';

/** A sample that waits to be recorded. */
export interface SpooledSample {
  /** The folder that holds it. */
  readonly folder: string;
  /** What the payloads belong to: several demos may share a flagging directory, and a demo may change. */
  readonly components: readonly LoggedComponent[];
  readonly sample: FlagSample;
  readonly note: FlagNote | undefined;
}

const entryName = 'sample.json';

/**
 * Samples whose callback failed, one folder each with a copy of their files, below the spool of a flagging directory.
 * A folder is made under another name and renamed when it is complete, so that a half-written one is never offered.
 */
export class Spool {
  /** Absolute; exists once a sample waited. */
  readonly directory: string;

  constructor(spoolDir: string, flaggingDir: string) {
    const key = createHash('sha256').update(flaggingDir).digest('hex').slice(0, 32);
    this.directory = join(spoolDir, key);
  }

  async add({ components, sample, note }: Omit<SpooledSample, 'folder'>): Promise<void> {
    const id = `${String(Date.now()).padStart(15, '0')}-${randomUUID()}`;
    const making = join(this.directory, `.${id}`);
    await mkdir(making, { recursive: true, mode: 0o700 });
    const final = join(this.directory, id);
    const { value } = await withOwnFiles({ components, sample, note }, making, final);
    await writeFile(join(making, entryName), dumpsPythonJson(value), { flush: true });
    await rename(making, final);
  }

  /** Oldest first. */
  async list(): Promise<SpooledSample[]> {
    const samples: SpooledSample[] = [];
    for (const name of await this.names()) {
      const folder = join(this.directory, name);
      const value = parsePythonJson(await readFile(join(folder, entryName), 'utf8'));
      if (value !== undefined && isMap(value)) samples.push({ folder, ...entryOf(value) });
    }
    return samples;
  }

  remove({ folder }: SpooledSample): Promise<void> {
    return rm(folder, { recursive: true, force: true });
  }

  private async names(): Promise<string[]> {
    const names = (await readdir(this.directory).catch(nothingThere)) ?? [];
    return names.filter((name) => !name.startsWith('.')).sort();
  }
}

/** Payloads stay lossless; what surrounds them is plain. */
function entryOf(entry: ReadonlyMap<string, PythonValue>): Omit<SpooledSample, 'folder'> {
  const sample = entry.get('sample') ?? null;
  const given = isMap(sample) ? sample : new Map<string, PythonValue>();
  const { option, username, timestamp } = plainValue(given) as Partial<FlagSample>;
  const data = given.get('data') ?? [];
  return {
    components: plainValue(entry.get('components') ?? []) as readonly LoggedComponent[],
    sample: {
      data: isList(data) ? data : [],
      option: option ?? null,
      username: username ?? null,
      timestamp: timestamp ?? undefined,
    },
    note: (plainValue(entry.get('note') ?? null) as FlagNote | null) ?? undefined,
  };
}

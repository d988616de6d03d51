import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { openTable } from '../../../../extension/core/dataset/openTable';
import { stage } from '../../../../extension/core/hub/staging/stage';
import type { StagingRequest } from '../../../../extension/core/hub/staging/stageConverted';
import type { Features, Staged } from '../../../../extension/core/hub/staging/types';
import type { Json } from '../../../../extension/core/json';
import { rowsOf } from '../dataset/rows';

type Wanted = Partial<Omit<StagingRequest, 'source'>>;

/** Stages datasets and folders that are gone after each test. */
export function staging(): {
  /** Makes a folder of files. */
  folder(files: Readonly<Record<string, string | Buffer>>): Promise<string>;
  /** Stages a file or, by the name `.`, all of a folder of these files. */
  stage(name: string, files: Readonly<Record<string, string | Buffer>>, wanted?: Wanted): Promise<Staged>;
} {
  const folders: string[] = [];
  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
  });
  const made = async (): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), 'staging-'));
    folders.push(path);
    return path;
  };
  const folder = async (files: Readonly<Record<string, string | Buffer>>): Promise<string> => {
    const path = await made();
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), content);
    }
    return path;
  };
  return {
    folder,
    async stage(name, files, wanted = {}) {
      const source = join(await folder(files), name);
      const request = { format: 'parquet', splitColumn: undefined, labelColumn: undefined, ...wanted } as const;
      return stage({ source, ...request }, await made());
    },
  };
}

/** The records of the Parquet files of a split. */
export async function rowsOfSplit({ files }: Staged, split = 'train'): Promise<Json[][]> {
  const rows: Json[][] = [];
  for (const { path, file } of files) {
    if (path.startsWith(`data/${split}-`)) rows.push(...(await rowsOf(await openTable(file))));
  }
  return rows;
}

/** Features of the first configuration, a simple one by its type alone. */
export function typesOf({ configs: [config] }: Pick<Staged, 'configs'>): Record<string, unknown> {
  return Object.fromEntries((config?.features ?? []).map(([name, feature]) => [name, shortened(feature)]));
}

function shortened(feature: Features[number][1]): unknown {
  if (feature.kind === 'value') return feature.dtype;
  if (feature.kind === 'classLabel') return feature.names;
  if (feature.kind === 'list') return { list: shortened(feature.of) };
  return feature.kind === 'struct' ? typesOf({ configs: [{ features: feature.fields }] as never }) : feature.kind;
}

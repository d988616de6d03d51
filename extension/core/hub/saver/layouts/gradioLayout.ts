import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRecord, excel } from '../../../csv/dialect';
import { eachRecord } from '../../../csv/parse';
import { ExpectedError } from '../../../errors';
import { dumpsPythonJson } from '../../../flagging/format/pythonJson';
import { sanitise } from '../../../flagging/format/sanitise';
import { firstLine, putTogether, takeApart } from '../../card/frontMatter';
import { YamlEdits } from '../../card/yamlEdits';
import type { CommitOperation } from '../../client/types';
import { cardPath } from '../../repository';
import { isRecord } from '../../../json';
import { counted } from '../../../counted';
import type { QueuedFlag } from '../types';
import { gradioRow, type GradioRow } from './gradioRow';
import { remoteFile } from './remoteFile';
import type { FlagLayout, LayoutBatch, SaverRemote } from './types';

const dataFile = 'data.csv';
/** Operations of a commit; the log, its features and the card are among them. */
const mostOperations = 100;
const shared = 3;

/**
 * `data.csv` and `dataset_info.json`, as `HuggingFaceDatasetSaver` of Gradio 3.28 to 4.44 wrote them: rows go below those
 * that are in the repository, files into a folder of their component.
 */
export const gradioLayout: FlagLayout = {
  fits: (flag, others) => others.reduce((sum, { files }) => sum + files, flag.files + shared) <= mostOperations,
  commit: async (batch, remote) => {
    const rows = await rowsOf(batch, remote, () => '');
    const [first] = rows;
    if (!first) throw new Error('A batch has flags.');
    const header = csvLine([...first.features.keys()]);
    if (rows.some(({ features }) => csvLine([...features.keys()]) !== header)) throw otherColumns(remote);
    const before = (await remoteFile(remote, dataFile))?.toString('utf8') ?? '';
    if (!hasColumns(before, header)) throw otherColumns(remote);
    const text = (before === '' ? header : ended(before)) + rows.map(({ cells }) => csvLine(cells)).join('');
    const last = [...eachRecord(text, excel)].length - 1;
    return {
      title: titleOf(rows.length, last),
      operations: [
        ...fileOperations(await sized(rows)),
        { kind: 'put', path: dataFile, content: { bytes: Buffer.from(text) } },
        ...(await sharedOperations(first, remote, dataFile)),
      ],
    };
  },
};

/** A folder for each flag, named by a UUID, with its `metadata.jsonl` and its files: Gradio's `separate_dirs`. */
export const gradioDirsLayout: FlagLayout = {
  fits: (flag, others) => others.reduce((sum, { files }) => sum + files + 1, flag.files + shared) <= mostOperations,
  commit: async (batch, remote) => {
    const rows = await rowsOf(batch, remote, ({ id }) => `${id}/`);
    const [first] = rows;
    if (!first) throw new Error('A batch has flags.');
    const lines = rows.map(({ features, cells }, index): CommitOperation => {
      const line = new Map([...features.keys()].map((name, at) => [name, cells[at] ?? '']));
      const bytes = Buffer.from(dumpsPythonJson(line));
      return { kind: 'put', path: `${batch.flags[index]?.id ?? ''}/metadata.jsonl`, content: { bytes } };
    });
    const { id = '' } = batch.flags[0] ?? {};
    return {
      title: rows.length === 1 ? `Flagged sample #${id}` : `Flagged ${counted(rows.length, 'sample')}`,
      operations: [
        ...fileOperations(await sized(rows)),
        ...lines,
        ...(await sharedOperations(first, remote, '**/*.jsonl')),
      ],
    };
  },
};

async function rowsOf(
  { flags, folder }: LayoutBatch,
  remote: SaverRemote,
  prefixOf: (flag: QueuedFlag) => string,
): Promise<GradioRow[]> {
  const { client, target } = remote;
  const rows: GradioRow[] = [];
  for (const [index, flag] of flags.entries()) {
    const own = join(folder, String(index));
    await mkdir(own);
    const urlOf = (path: string): string => `${client.endpoint}/datasets/${target.repo}/resolve/main/${quoted(path)}`;
    rows.push(await gradioRow(flag, { folder: own, prefix: prefixOf(flag), urlOf }));
  }
  return rows;
}

interface SizedFile {
  readonly path: string;
  readonly file: string;
  readonly size: number;
}

async function sized(rows: readonly GradioRow[]): Promise<SizedFile[]> {
  const files: SizedFile[] = [];
  for (const { files: own } of rows) {
    for (const [path, file] of own) files.push({ path, file, size: (await stat(file)).size });
  }
  return files;
}

function fileOperations(files: readonly SizedFile[]): CommitOperation[] {
  return files.map(({ path, file, size }) => ({ kind: 'put', path, content: { file, size } }));
}

/** The features, which are written once, and the card, where it does not say yet what to load. */
async function sharedOperations(
  { features }: GradioRow,
  remote: SaverRemote,
  pattern: string,
): Promise<CommitOperation[]> {
  const { infoFilename } = remote.target;
  const readme = (await remoteFile(remote, cardPath))?.toString('utf8');
  const card = cardWith(readme, pattern);
  const info = dumpsPythonJson(new Map([['flagged', new Map([['features', features]])]]));
  const isThere = (await remoteFile(remote, infoFilename)) !== undefined;
  return [...(isThere ? [] : [put(infoFilename, info)]), ...(card === readme ? [] : [put(cardPath, card)])];
}

function put(path: string, text: string): CommitOperation {
  return { kind: 'put', path, content: { bytes: Buffer.from(text) } };
}

/** Gradio replaces `configs` by this one; here the other ones stay. */
function cardWith(readme: string | undefined, pattern: string): string {
  const parts = takeApart(readme ?? '');
  const edits = new YamlEdits(parts.yaml, parts.lineEnd, firstLine(parts.opening));
  const config = { config_name: 'default', data_files: [{ split: 'train', path: pattern }] };
  edits.setItem('configs', config, (one) => isRecord(one) && one.config_name === 'default');
  const fence = `---${parts.lineEnd}`;
  const isNew = parts.closing === '';
  return putTogether({
    ...parts,
    opening: isNew ? parts.opening + fence : parts.opening,
    yaml: edits.toString(),
    closing: isNew ? fence : parts.closing,
  });
}

function hasColumns(text: string, header: string): boolean {
  const [first] = eachRecord(text, excel);
  return first === undefined || encodeRecord(first.cells, excel) === header;
}

function otherColumns({ target }: SaverRemote): ExpectedError {
  return new ExpectedError(
    `${dataFile} of ${target.repo} has other columns than this demo.`,
    'Send the flags to another repository, or choose "separate_dirs" or the layout "parquet".',
  );
}

/** A last line without its end is ended, so that no row goes into it. */
function ended(text: string): string {
  return text.endsWith('\n') ? text : text + excel.lineEnd;
}

function csvLine(cells: readonly string[]): string {
  return encodeRecord(guarded(cells), excel);
}

function guarded(cells: readonly string[]): string[] {
  return cells.map((cell) => sanitise(cell, 'prefix'));
}

/** As Gradio counts: the rows of the log. */
function titleOf(rows: number, last: number): string {
  return rows === 1 ? `Flagged sample #${last}` : `Flagged samples #${last - rows + 1} to #${last}`;
}

/** Python's `urllib.parse.quote`. */
function quoted(path: string): string {
  return encodeURIComponent(path)
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

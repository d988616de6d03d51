import { cellText } from '../../../csv/dialect';
import { simplifiedText } from '../../../flagging/format/cells';
import { dialects, type LogDialect } from '../../../flagging/format/era';
import { planRow } from '../../../flagging/format/row';
import { columnLabel } from '../../../flagging/format/columns';
import { storeMedia } from '../../../flagging/media';
import type { LoggedComponent } from '../../../flagging/types';
import type { QueuedFlag } from '../types';

/**
 * How `HuggingFaceDatasetSaver` of Gradio 4.44 writes payloads (`_deserialize_components`): as its `CSVLogger` does, but
 * with the word `null` where there is none, with paths relative to the dataset, without a time, and guarded only where it
 * becomes CSV.
 */
const dialect: LogDialect = {
  ...dialects.E,
  cells: 'json',
  flagColumn: 'always',
  usernameColumn: 'always',
  timestampColumn: false,
  sanitiser: 'none',
  media: { folder: 'hex20', path: 'relative', directory: 'keep-list' },
};

/** Components with a file that the Hub was to show, by the feature of it. */
const previews: Readonly<Partial<Record<LoggedComponent['kind'], string>>> = { image: 'Image', audio: 'Audio' };

/** A flag as Gradio's layouts have it. */
export interface GradioRow {
  /** Features by column. Of two components with one label the first keeps its place, as in Python. */
  readonly features: ReadonlyMap<string, object>;
  /** A text for each component, and for each file that is shown; then the option and who flagged. */
  readonly cells: readonly string[];
  /** Files that lie in the repository now, by their paths there. */
  readonly files: ReadonlyMap<string, string>;
}

/** Where a row is made. */
export interface RowPlace {
  /** Absolute; stands for the folder of the dataset. Files are copied there. */
  readonly folder: string;
  /** A folder of the flag's own below it, ending in `/`; empty for none. */
  readonly prefix: string;
  /** Address of a file of the repository. */
  readonly urlOf: (path: string) => string;
}

export async function gradioRow({ components, sample }: QueuedFlag, place: RowPlace): Promise<GradioRow> {
  const { folder, prefix, urlOf } = place;
  const plan = planRow(components, sample, dialect, true);
  const stored = await storeMedia(plan.attachments, dialect, { absolute: folder, given: folder }, unnoted);
  const paths = stored.cells.map((path) => prefix + path);
  const texts = plan.cells(paths).map(cellText);
  const files = new Map(paths.map((path, index) => [path, stored.files[index] ?? '']));
  const features = new Map<string, object>();
  const cells: string[] = [];
  for (const [index, component] of components.entries()) {
    const label = component.label ? columnLabel(component, index) : '';
    const text = simplifiedText(texts[index] ?? '');
    features.set(label, stringFeature);
    cells.push(text);
    const preview = previews[component.kind];
    if (preview === undefined) continue;
    features.set(`${label} file`, { _type: preview });
    cells.push(files.has(text) ? urlOf(text) : '');
  }
  features.set('flag', stringFeature).set('username', stringFeature);
  cells.push(...texts.slice(components.length));
  return { features, cells, files };
}

const stringFeature = { dtype: 'string', _type: 'Value' };

/** Files that a commit is made of are made anew where their process died. */
const unnoted = { note: (): Promise<void> => Promise.resolve() };

import type { Cell } from '../../csv/dialect';
import { ExpectedError } from '../../errors';
import type { FlagSample, LoggedComponent } from '../types';
import { componentCell, type CellPlan } from './cells';
import { columnLabel, hasFlag, hasUsername } from './columns';
import { componentDirectory } from './directory';
import type { LogDialect } from './era';
import { sanitise } from './sanitise';

/** Something that is stored beside the log, with its path in the cell. */
export interface Attachment {
  /** The directory of its component, below the flagging directory: one plain name. */
  readonly directory: string;
  /** A file to copy, or text for a new file that may name the paths of the attachments before it. */
  readonly source:
    { readonly file: string } | { readonly text: (paths: readonly string[]) => string; readonly extension: string };
  /** The name the file had where it was chosen, when known. */
  readonly originalName: string | null;
}

/** A row before its attachments are stored. */
export interface RowPlan {
  /** In the order of their places in the row. */
  readonly attachments: readonly Attachment[];
  /** @param paths the text that stands for each attachment */
  cells(paths: readonly string[]): Cell[];
}

/** A sample whose time is decided. */
export interface TimedSample extends FlagSample {
  readonly timestamp: string;
}

/**
 * The row of a sample. A payload that is missing leaves its cell empty, so that no value moves to another column.
 *
 * @throws ExpectedError when there are more payloads than components
 */
export function planRow(
  components: readonly LoggedComponent[],
  sample: TimedSample,
  dialect: LogDialect,
  hasOptions: boolean,
): RowPlan {
  if (sample.data.length > components.length) {
    throw new ExpectedError(
      `The sample has ${sample.data.length} values, but there are ${components.length} components.`,
      'Give one value per input and output.',
    );
  }
  const plans = components.map((component, index) => componentCell(component.kind, sample.data[index], dialect));
  const attachments = components.flatMap((component, index) => {
    const directory = componentDirectory(columnLabel(component, index), index, dialect.media.directory);
    return (plans[index]?.attachments ?? []).map((attachment) => ({ directory, ...attachment }));
  });
  return {
    attachments,
    cells: (paths) => [...componentCells(plans, paths), ...extraCells(sample, dialect, hasOptions)],
  };
}

function componentCells(plans: readonly CellPlan[], paths: readonly string[]): Cell[] {
  let used = 0;
  return plans.map(({ attachments, cell }) => {
    const from = used;
    used += attachments.length;
    return cell(paths.slice(from, used));
  });
}

/** The option, the name and the time, as far as the log has columns for them. */
export function extraCells(sample: TimedSample, dialect: LogDialect, hasOptions: boolean): Cell[] {
  const cells: string[] = [];
  if (hasFlag(sample, dialect, hasOptions)) cells.push(sample.option ?? dialect.missingOption);
  if (hasUsername(sample, dialect)) cells.push(sample.username ?? '');
  const sanitised = cells.map((cell) => sanitise(cell, dialect.sanitiser));
  return dialect.timestampColumn ? [...sanitised, sample.timestamp] : sanitised;
}

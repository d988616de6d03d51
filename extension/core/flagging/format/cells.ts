import type { Cell } from '../../csv/dialect';
import type { LoggedComponent } from '../types';
import type { LogDialect } from './era';
import type { Attachment } from './row';

/** The cell of one component before its attachments are stored. */
export interface CellPlan {
  readonly attachments: readonly Omit<Attachment, 'directory'>[];
  /** @param paths the text that stands for each of these attachments */
  readonly cell: (paths: readonly string[]) => Cell;
}

export function componentCell(kind: LoggedComponent['kind'], payload: unknown, dialect: LogDialect): CellPlan {
  throw new Error(`${kind} ${String(payload)} ${dialect.era}`);
}

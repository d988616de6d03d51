import type { LoggedComponent } from '../types';

/** One sample that was chosen outside a demo. */
export interface SelectedSample {
  readonly components: readonly LoggedComponent[];
  /** One payload per component. */
  readonly data: readonly unknown[];
}

/** What *Flag Sample* found at one source. Each source has a log of its own, so that columns never mix. */
export interface Selection {
  /** Folder of the log, relative to the flagging directory, with `/`. */
  readonly folder: string;
  readonly samples: readonly SelectedSample[];
}

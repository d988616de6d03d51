import type * as vscode from 'vscode';
import { isRecord } from '../../core/json';
import { everything, type ReviewFilter } from '../../protocol/review';
import { isCount } from '../answers';
import { isFilter } from './reviewHandlers';

/** How records are reviewed in this workspace. */
export interface PanelSettings {
  readonly frozen: boolean;
  readonly blind: boolean;
  /** Stop when precision falls below it; 0 to 1. */
  readonly stopAt: number;
}

/** Where review of a dataset stopped. */
export interface Place {
  readonly filter: ReviewFilter;
  /** The record that was looked at last; null before the first. */
  readonly row: number | null;
}

const settingsKey = 'review.settings';
const placesKey = 'review.places';
/** Datasets whose places are kept; that of the longest untouched one is dropped. */
const mostPlaces = 50;

/** What the workspace remembers of the review of one dataset. It may have been kept by another version. */
export class ReviewMemory {
  /** @param configured how they are until they are changed in a panel */
  constructor(
    private readonly memento: vscode.Memento,
    private readonly dataset: string,
    private readonly configured: () => Pick<PanelSettings, 'stopAt'>,
  ) {}

  get settings(): PanelSettings {
    const kept = this.memento.get<unknown>(settingsKey);
    const { frozen, blind, stopAt } = isRecord(kept) ? kept : {};
    return {
      frozen: frozen === true,
      blind: blind === true,
      stopAt: typeof stopAt === 'number' ? stopAt : this.configured().stopAt,
    };
  }

  keepSettings({ frozen, blind, stopAt }: PanelSettings): void {
    const isConfigured = stopAt === this.configured().stopAt;
    void this.memento.update(settingsKey, { frozen, blind, ...(isConfigured ? {} : { stopAt }) });
  }

  get place(): Place {
    const kept = this.places[this.dataset];
    const { filter, row } = isRecord(kept) ? kept : {};
    return { filter: isFilter(filter) ? filter : everything, row: isCount(row) ? row : null };
  }

  keepPlace(place: Place): void {
    const others = Object.entries(this.places).filter(([dataset]) => dataset !== this.dataset);
    const places = Object.fromEntries([...others.slice(1 - mostPlaces), [this.dataset, place]]);
    void this.memento.update(placesKey, places);
  }

  private get places(): Readonly<Record<string, unknown>> {
    const kept = this.memento.get<unknown>(placesKey);
    return isRecord(kept) ? kept : {};
  }
}

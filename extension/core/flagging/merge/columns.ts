import type { LoggedComponent } from '../types';
import type { LoggedValue } from '../log/types';
import type { MergeSource } from './types';

/** The columns of several logs as one: components of one label are one column, those of one label in their order. */
export class UnitedColumns {
  readonly components: LoggedComponent[] = [];
  readonly hasOption: boolean;
  readonly hasUsername: boolean;
  private readonly places = new Map<string, number>();

  constructor(sources: readonly MergeSource[]) {
    for (const { layout, samples } of sources) {
      const columns = layout.columns.filter(({ role }) => role === 'component' || role === 'extra');
      this.placesOf(columns.map(({ name }) => name));
      for (const { sample } of samples) this.of(sample.values);
    }
    const has = (role: 'flag' | 'username', of: 'option' | 'username'): boolean =>
      sources.some(
        ({ layout, samples }) =>
          layout.columns.some((column) => column.role === role) || samples.some(({ sample }) => sample[of] !== null),
      );
    this.hasOption = has('flag', 'option');
    this.hasUsername = has('username', 'username');
  }

  /** The values of a sample in the order of the columns. */
  of(values: readonly LoggedValue[]): readonly (LoggedValue | undefined)[] {
    const ordered: (LoggedValue | undefined)[] = [];
    this.placesOf(values.map(({ column }) => column.name)).forEach((place, index) => {
      ordered[place] = values[index];
    });
    return this.components.map((_, index) => ordered[index]);
  }

  private placesOf(names: readonly string[]): number[] {
    const seen = new Map<string, number>();
    return names.map((name) => {
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      const key = `${nth} ${name}`;
      const place = this.places.get(key) ?? this.components.push({ kind: 'textbox', label: name }) - 1;
      this.places.set(key, place);
      return place;
    });
  }
}

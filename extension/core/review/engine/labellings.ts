import type { Labelling } from '../types';

/** Sets of classes, each once; those of a single class first. */
export class Labellings {
  readonly all: Labelling[];
  private readonly indices = new Map<string, number>();

  constructor(private readonly classes: readonly string[]) {
    this.all = classes.map((name) => [name]);
    for (const index of classes.keys()) this.indices.set(String(index), index);
  }

  /** @param labels class indices, in any order */
  indexOf(labels: readonly number[]): number {
    const sorted = [...new Set(labels)].sort((a, b) => a - b);
    const key = sorted.join();
    const known = this.indices.get(key);
    if (known !== undefined) return known;
    this.indices.set(key, this.all.length);
    return this.all.push(sorted.map((label) => this.classes[label] ?? '')) - 1;
  }
}

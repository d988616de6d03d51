import { doubled } from './growing';

/**
 * Numbers words in the order of their first occurrence: a hash table over parts of texts, open addressing with linear
 * probing. A `Map` needs a string for each occurrence, which takes three times as long.
 */
export class TokenTable {
  /** UTF-16 units of all words, one after the other. */
  private units = new Uint16Array(1 << 16);
  private ends = new Uint32Array(1 << 10);
  private hashes = new Uint32Array(1 << 10);
  /** Number of a word + 1 by its hash, 0 where there is none. A power of two, at least twice as many as words. */
  private slots = new Uint32Array(1 << 12);
  size = 0;

  /** The number of the word that stands at `start` to `end` in a text. */
  idOf(text: string, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = (hash ^ (hash >>> 15)) >>> 0;
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = (this.slots[slot] ?? 0) - 1;
      if (id < 0) return this.add(text, start, end, hash, slot);
      if (this.hashes[id] === hash && this.is(id, text, start, end)) return id;
    }
  }

  /** All words by their numbers. */
  words(): string[] {
    const decoder = new TextDecoder('utf-16le');
    return Array.from({ length: this.size }, (_, id) => decoder.decode(this.units.subarray(...this.rangeOf(id))));
  }

  private is(id: number, text: string, start: number, end: number): boolean {
    const from = id === 0 ? 0 : (this.ends[id - 1] ?? 0);
    if ((this.ends[id] ?? 0) - from !== end - start) return false;
    for (let at = start; at < end; at++) if (text.charCodeAt(at) !== this.units[from + at - start]) return false;
    return true;
  }

  private add(text: string, start: number, end: number, hash: number, slot: number): number {
    const id = this.size++;
    const from = id === 0 ? 0 : (this.ends[id - 1] ?? 0);
    const to = from + end - start;
    while (to > this.units.length) this.units = doubled(this.units);
    if (id === this.ends.length) [this.ends, this.hashes] = [doubled(this.ends), doubled(this.hashes)];
    for (let at = start; at < end; at++) this.units[from + at - start] = text.charCodeAt(at);
    this.ends[id] = to;
    this.hashes[id] = hash;
    this.slots[slot] = id + 1;
    if (this.size * 2 > this.slots.length) this.grow();
    return id;
  }

  private grow(): void {
    this.slots = new Uint32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = (this.hashes[id] ?? 0) & mask;
      while (this.slots[slot]) slot = (slot + 1) & mask;
      this.slots[slot] = id + 1;
    }
  }

  private rangeOf(id: number): [from: number, to: number] {
    return [id === 0 ? 0 : (this.ends[id - 1] ?? 0), this.ends[id] ?? 0];
  }
}

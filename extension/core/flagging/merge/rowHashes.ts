/** Words of a slot: three of the hash, and one more than the number of its row; 0 when it is free. */
const slotSize = 4;

/**
 * Which row had a hash first, in little memory: 16 bytes a slot, at most half of them used. 96 bits of a hash are
 * compared, so that among ten million rows two different ones are taken for the same once in 10^15 merges.
 */
export class RowHashes {
  private readonly slots: Uint32Array;
  private readonly mask: number;

  /** @param rows how many there will be at most */
  constructor(rows: number) {
    const count = 2 ** Math.ceil(Math.log2(Math.max(8, rows * 2)));
    this.slots = new Uint32Array(count * slotSize);
    this.mask = count - 1;
  }

  /** @returns the number of the first row with this hash, which may be this one */
  firstWith(hash: Buffer, row: number): number {
    const [a, b, c] = [hash.readUInt32LE(0), hash.readUInt32LE(4), hash.readUInt32LE(8)];
    const { slots, mask } = this;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const at = slot * slotSize;
      const known = slots[at + 3];
      if (!known) {
        slots.set([a, b, c, row + 1], at);
        return row;
      }
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c) return known - 1;
    }
  }
}

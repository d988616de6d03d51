import { deflateRawSync } from 'node:zlib';

export interface ZipLayout {
  readonly deflated?: boolean;
  /** Whether sizes and places are in the 64-bit fields, as those of archives beyond 4 GB. */
  readonly long?: boolean;
  readonly comment?: string;
}

const elsewhere = 0xffffffff;

/** An archive as numpy.savez writes it; of the checksums, which are not looked at, none is right. */
export function zip(
  members: Readonly<Record<string, Buffer>>,
  { deflated = false, long = false, comment = '' }: ZipLayout = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const packed = deflated ? deflateRawSync(content) : content;
    const sizes = long ? [elsewhere, elsewhere] : [packed.length, content.length];
    const common = [
      u16(45),
      u16(0),
      u16(deflated ? 8 : 0),
      u32(0),
      u32(0),
      ...sizes.map(u32),
      u16(Buffer.byteLength(name)),
    ];
    const localExtra = Buffer.concat([u16(1), u16(16), u64(content.length), u64(packed.length)]); // numpy's force_zip64
    const entryExtra = long
      ? Buffer.concat([
          u16(0x5455),
          u16(1),
          Buffer.from('x'),
          u16(1),
          u16(24),
          u64(content.length),
          u64(packed.length),
          u64(offset),
        ])
      : Buffer.alloc(0);
    const local = Buffer.concat([
      u32(0x04034b50),
      ...common,
      u16(localExtra.length),
      Buffer.from(name),
      localExtra,
      packed,
    ]);
    directory.push(
      u32(0x02014b50),
      u16(45),
      ...common,
      u16(entryExtra.length),
      u16(0),
      ...[u16(0), u16(0), u32(0), u32(long ? elsewhere : offset)],
      Buffer.from(name),
      entryExtra,
    );
    parts.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const count = Object.keys(members).length;
  const end64 = long
    ? [
        ...[
          u32(0x06064b50),
          u64(44),
          u16(45),
          u16(45),
          u32(0),
          u32(0),
          u64(count),
          u64(count),
          u64(list.length),
          u64(offset),
        ],
        ...[u32(0x07064b50), u32(0), u64(offset + list.length), u32(1)],
      ]
    : [];
  const place = long ? [elsewhere, elsewhere] : [list.length, offset];
  const end = [u32(0x06054b50), u16(0), u16(0), u16(count), u16(count), ...place.map(u32), u16(comment.length)];
  return Buffer.concat([...parts, list, ...end64, ...end, Buffer.from(comment)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

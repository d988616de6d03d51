const lineEnd = 0x0a;

/** Cuts a stream of bytes into lines; of a line longer than `limit` bytes nothing is kept but the fact. */
export class LineSplitter {
  private chunks: Buffer[] = [];
  private length = 0;
  private skipping = false;

  constructor(
    private readonly limit: number,
    private readonly onLine: (line: string) => void,
    private readonly onTooLong: () => void,
  ) {}

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(lineEnd); end >= 0; end = chunk.indexOf(lineEnd, start)) {
      this.add(chunk.subarray(start, end));
      this.finish();
      start = end + 1;
    }
    this.add(chunk.subarray(start));
  }

  private add(part: Buffer): void {
    if (this.skipping || part.length === 0) return;
    this.chunks.push(part);
    this.length += part.length;
    if (this.length <= this.limit) return;
    this.clear();
    this.skipping = true;
    this.onTooLong();
  }

  private finish(): void {
    const line = this.skipping ? '' : Buffer.concat(this.chunks, this.length).toString('utf8');
    this.clear();
    this.skipping = false;
    if (line !== '') this.onLine(line);
  }

  private clear(): void {
    this.chunks = [];
    this.length = 0;
  }
}

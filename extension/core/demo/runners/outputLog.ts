import { StringDecoder } from 'node:string_decoder';
import type { Log } from '../../log';
import { sizeText } from '../../sizeText';

/** Bytes of one call that reach the log. */
const allowance = 1024 * 1024;
/** Bytes kept for the details of a crash. */
const tailLength = 8 * 1024;
/** Characters of one line that reach the log. */
const lineLength = 4 * 1024;

/**
 * Writes what a function prints to the log, in bounded form: of a call that prints a gigabyte the beginning is logged
 * and the rest is counted. All of it is taken off the pipe, so the function never waits for us.
 */
export class OutputLog {
  private left = allowance;
  private dropped = 0;
  private line = '';
  private last: Buffer = Buffer.alloc(0);
  private decoder = new StringDecoder('utf8');

  constructor(
    private readonly log: Log,
    private readonly name: string,
  ) {}

  /** A call begins, with a new allowance. */
  begin(): void {
    this.flush();
    this.left = allowance;
  }

  push(chunk: Buffer): void {
    this.last = Buffer.concat([this.last.subarray(-tailLength), chunk.subarray(-tailLength)]).subarray(-tailLength);
    const shown = chunk.subarray(0, this.left);
    this.left -= shown.length;
    this.dropped += chunk.length - shown.length;
    if (shown.length > 0) this.write(this.decoder.write(shown));
  }

  /** Writes what waits for its line end, and how much was left out. */
  flush(): void {
    this.write(this.decoder.end());
    if (this.line !== '') this.writeLine(this.line);
    this.line = '';
    if (this.dropped > 0) this.log.warn(`${this.name}: ${sizeText(this.dropped)} of further output were left out.`);
    this.dropped = 0;
  }

  /** The last lines that were printed. */
  get tail(): string {
    return this.last.toString('utf8').trim().split('\n').slice(-40).join('\n');
  }

  private write(text: string): void {
    const lines = (this.line + text).split(/\r?\n/);
    this.line = (lines.pop() ?? '').slice(0, lineLength);
    for (const line of lines) this.writeLine(line);
  }

  private writeLine(line: string): void {
    this.log.info(`${this.name}: ${line.length > lineLength ? `${line.slice(0, lineLength)}…` : line}`);
  }
}

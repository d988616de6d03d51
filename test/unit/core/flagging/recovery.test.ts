import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../../extension/core/flagging/lock';
import { createLogger } from '../../../../extension/core/flagging/loggers';
import { recovery } from '../../../../extension/core/flagging/recovery';
import { silentLog } from '../../../../extension/core/log';

let base: string;
let directory: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'flag-review-'));
  directory = join(base, 'flagged');
  mkdirSync(directory);
});
afterEach(() => rmSync(base, { recursive: true }));

const log = (): string => join(directory, 'logs.csv');
const lock = (): string => join(directory, '.flag-review.lock');

/** What a process leaves behind that died long ago while it held the lock. */
function orphan(...intents: readonly object[]): void {
  const lines = [{ pid: 1, host: 'elsewhere', id: 'dead' }, ...intents].map((line) => `${JSON.stringify(line)}\n`);
  writeFileSync(lock(), lines.join(''));
  utimesSync(lock(), 0, 0);
}

const takeOver = (): Promise<void> => withLock(directory, recovery(directory, silentLog), () => Promise.resolve());

describe('a row that was being written when its process died', () => {
  const before = 'text,timestamp\r\na,2024\r\n';
  const row = '"a long, quoted\r\ntext",2024-01-02 03:04:05.678901\r\n';

  it('is there whole or not at all, wherever it was cut and whatever a Gradio app appended first', async () => {
    const theirs = fc.constantFrom('', '"a long, quoted\r\ntext",2020\r\n', 'a,2020\r\n', 'b,2020\n');
    await fc.assert(
      fc.asyncProperty(fc.nat(row.length), theirs, async (cut, other) => {
        writeFileSync(log(), before + other + row.slice(0, cut));
        orphan({ append: log(), size: before.length, text: row });
        await takeOver();
        expect(readFileSync(log(), 'utf8')).toBe(before + other + (cut === row.length ? row : ''));
        expect(readdirSync(directory)).toEqual(['logs.csv']);
      }),
      { numRuns: 30 },
    );
  });

  it('takes its media with it, and keeps them when it is there', async () => {
    for (const written of [true, false]) {
      const file = join(directory, 'im', '0.png');
      mkdirSync(join(directory, 'im'));
      writeFileSync(file, 'PNG');
      writeFileSync(log(), before + (written ? row : ''));
      orphan({ media: file }, { append: log(), size: before.length, text: row });
      await takeOver();
      expect(existsSync(file)).toBe(written);
      rmSync(join(directory, 'im'), { recursive: true, force: true });
    }
  });
});

describe('a lock that came from somewhere else', () => {
  it('touches nothing outside the flagging directory', async () => {
    const outside = join(base, 'outside');
    mkdirSync(outside);
    const files = ['secret.png', 'other.csv'].map((name) => join(outside, name));
    for (const file of files) writeFileSync(file, 'abc');
    symlinkSync(outside, join(directory, 'im'));
    symlinkSync(join(outside, 'other.csv'), join(directory, 'linked.csv'));
    const appends = [...files, join(directory, 'linked.csv'), join(directory, 'im', 'other.csv')];
    for (const append of appends) {
      orphan(
        { append, size: 0, text: 'abcdef' },
        ...files.map((media) => ({ media })),
        { media: join(directory, 'im', 'secret.png') },
        { media: join(directory, '..', 'outside', 'secret.png') },
        { media: directory },
      );
      await takeOver();
    }
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['abc', 'abc']);
  });

  it.each(['', 'not json\n', '[1]\n{"append": 5}\n', '{"pid": "x", "id": "../../x"}\n{"media": 3}\n'])(
    'and holds %j is cleared away',
    async (content) => {
      writeFileSync(lock(), content);
      utimesSync(lock(), 0, 0);
      await takeOver();
      expect(readdirSync(directory)).toEqual([]);
    },
  );
});

describe('an orphaned lock', () => {
  it('is recovered from once, by whoever of many is first', async () => {
    orphan({ media: join(directory, 'im', '0.png') });
    let recoveries = 0;
    let inside = 0;
    const recover = (): Promise<void> => {
      recoveries++;
      return Promise.resolve();
    };
    // Other spellings of the directory get past the queue of this process, as other processes do.
    const spellings = Array.from({ length: 8 }, (_, index) => join(base, 'flagged') + '/.'.repeat(index));
    await Promise.all(
      spellings.map((spelling) =>
        withLock(spelling, recover, async () => {
          expect(++inside).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 2));
          inside--;
        }),
      ),
    );
    expect(recoveries).toBe(1);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('does not keep the next flag from being recorded', async () => {
    writeFileSync(log(), 'text,timestamp\r\nold,20');
    orphan({ append: log(), size: 16, text: 'old,2024\r\n' });
    const logger = createLogger('CSVLogger', { format: 'guide', flaggingDirAsGiven: 'flagged', hasOptions: false });
    await logger.setup([{ kind: 'textbox', label: 'text' }], directory);
    expect(await logger.flag(['new'])).toBe(1);
    expect(readFileSync(log(), 'utf8')).toMatch(/^text,timestamp\r\nnew,[^\n]+\r\n$/);
  });
});

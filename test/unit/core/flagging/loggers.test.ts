import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileData } from '../../../../extension/core/demo/fileData';
import { ExpectedError } from '../../../../extension/core/errors';
import { createLogger, type LoggerServices } from '../../../../extension/core/flagging/loggers';
import type { LoggedComponent, Logger, LoggerOptions } from '../../../../extension/core/flagging/types';

const time = '2024-01-02 03:04:05.678901';
const text: LoggedComponent[] = [{ kind: 'textbox', label: 'text' }];
const image: LoggedComponent[] = [
  { kind: 'image', label: 'im' },
  { kind: 'label', label: 'Output' },
];
let base: string;
let directory: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'flag-review-'));
  directory = join(base, 'flagged');
});
afterEach(() => rmSync(base, { recursive: true }));

async function loggerOf(
  components: readonly LoggedComponent[],
  options: Partial<LoggerOptions> = {},
  services: LoggerServices = {},
): Promise<Logger> {
  const given = { format: 'guide', flaggingDirAsGiven: 'flagged', hasOptions: false, ...options } as const;
  const logger = createLogger('CSVLogger', given, services);
  await logger.setup(components, directory);
  return logger;
}

const sample = (data: readonly unknown[], option: string | null = null) => ({
  data,
  option,
  username: null,
  timestamp: time,
});
const read = (name = 'logs.csv'): string => readFileSync(join(directory, name), 'utf8');
const picture = (name = 'cat.png') => {
  const path = join(base, name);
  writeFileSync(path, 'PNG');
  return fileData(path, { orig_name: name });
};

describe('the layout of the guides', () => {
  it('is header, row and nothing else in the directory', async () => {
    const components: LoggedComponent[] = [
      { kind: 'number', label: 'num1' },
      { kind: 'radio', label: 'operation' },
      { kind: 'number', label: 'num2' },
      { kind: 'number', label: 'Output' },
    ];
    const logger = await loggerOf(components, { hasOptions: true });
    expect(existsSync(directory)).toBe(false);
    const receipt = await logger.record(sample([5, 'subtract', 7.5, -2.5], 'wrong sign'));
    expect(read()).toBe(`num1,operation,num2,Output,flag,timestamp\r\n5,subtract,7.5,-2.5,wrong sign,${time}\r\n`);
    expect(receipt.rows).toBe(1);
    expect(readdirSync(directory)).toEqual(['logs.csv']);
  });

  it('numbers media in a folder of their component and names them relative to the log', async () => {
    const logger = await loggerOf(image);
    await logger.record(sample([picture(), { label: 'cat', confidences: null }]));
    await logger.record(sample([picture('a b.jpg'), null]));
    expect(parse(read(), { columns: true, cast: false })).toMatchObject([{ im: 'im/0.png' }, { im: 'im/1.jpg' }]);
    expect(readdirSync(join(directory, 'im'))).toEqual(['0.png', '1.jpg']);
  });

  it('reads back any text that is no formula, by an independent reader', async () => {
    const logger = await loggerOf(text);
    const texts = fc.sample(fc.string({ unit: 'grapheme', maxLength: 50 }), { numRuns: 60, seed: 7 });
    const hostile = ['a,"b"\nc', '\0', '\u202eabc', '<b>x</b>', '👩‍🔬', '=cmd|x', '@x', '\r=1', 'x'.repeat(2 ** 21)];
    for (const one of [...texts, ...hostile]) await logger.record(sample([one]));
    const found = parse<{ text: string }>(read(), { columns: true, relax_column_count: false });
    expect(found.map(({ text: cell }) => cell.replace(/^'(?=[=+\-@\t\n\r]|[^]*,[=+\-@\t\n])/, ''))).toEqual([
      ...texts,
      ...hostile,
    ]);
  });
});

describe('an existing directory', () => {
  it.each([
    ['log.csv', "'text','output','flag','username','timestamp'\r\n", "'it''s','2','','',"],
    ['log.csv', 'text,output,flag,username,timestamp\r\n', "it's,2,,,"],
    ['dataset1.csv', 'text,output,timestamp\r\n', "it's,2,"],
    ['log.csv', 'text,output,timestamp\r\n', "it's,2,"],
  ])('with a log of Gradio is continued in its dialect: %s %j', async (name, header, row) => {
    mkdirSync(directory);
    writeFileSync(join(directory, name), header);
    const logger = await loggerOf([...text, { kind: 'textbox', label: 'output' }]);
    await logger.record(sample(["it's", '2']));
    expect(read(name).startsWith(header + row)).toBe(true);
    expect(readdirSync(directory)).toEqual([name]);
  });

  it('with other columns gets the next log, and the first one again when its columns come back', async () => {
    await (await loggerOf(text)).record(sample(['a']));
    await (await loggerOf([{ kind: 'textbox', label: 'other' }])).record(sample(['b']));
    await (await loggerOf(text)).record(sample(['c']));
    expect(readdirSync(directory)).toEqual(['logs-2.csv', 'logs.csv']);
    expect(read()).toBe(`text,timestamp\r\na,${time}\r\nc,${time}\r\n`);
  });

  it.each([
    ['text,timestamp\na,2020', `text,timestamp\na,2020\r\nb,${time}\r\n`, 2],
    ['text,timestamp\n"a', `text,timestamp\n"a"\r\nb,${time}\r\n`, 2],
    ['', `text,timestamp\r\nb,${time}\r\n`, 1],
    ['\ufefftext,timestamp\n', `\ufefftext,timestamp\nb,${time}\r\n`, 1],
  ])('whose log ends like %j is completed first', async (before, after, rows) => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'logs.csv'), before);
    const receipt = await (await loggerOf(text)).record(sample(['b']));
    expect(read()).toBe(after);
    expect(receipt.rows).toBe(rows);
  });

  it('that vanishes between two flags is made again, with a header', async () => {
    const logger = await loggerOf(text);
    await logger.record(sample(['a']));
    rmSync(directory, { recursive: true });
    expect((await logger.record(sample(['b']))).rows).toBe(1);
    expect(read()).toBe(`text,timestamp\r\nb,${time}\r\n`);
  });

  it('that is a file is refused with the reason', async () => {
    writeFileSync(directory, '');
    await expect((await loggerOf(text)).record(sample(['a']))).rejects.toThrow(ExpectedError);
  });
});

describe('nothing leaves the flagging directory', () => {
  it.each(['..', '../../etc', '/etc', 'a/../../b', 'CON', '.', '', 'a\0b', '...', '???'])(
    'for the label %j',
    async (label) => {
      const logger = await loggerOf([{ kind: 'image', label }]);
      const { media } = await logger.record(sample([picture('../x.png'.slice(3))]));
      expect(media).toHaveLength(1);
      expect(media[0]?.startsWith(`${directory}/`)).toBe(true);
      expect(readdirSync(base).sort()).toEqual(['flagged', 'x.png']);
    },
  );

  it('when the folder of a component is a link to elsewhere', async () => {
    const logger = await loggerOf(image);
    mkdirSync(join(base, 'outside'));
    mkdirSync(directory);
    symlinkSync(join(base, 'outside'), join(directory, 'im'));
    await expect(logger.record(sample([picture(), null]))).rejects.toThrow(/is not a folder/);
    expect(readdirSync(join(base, 'outside'))).toEqual([]);
  });
});

describe('a write that fails', () => {
  const half: LoggerServices = {
    write: async (file, bytes) => (await file.write(bytes, 0, bytes.length >> 1)).bytesWritten,
  };

  it('leaves the log as it was, and no media', async () => {
    await (await loggerOf(image)).record(sample([null, null]));
    const before = read();
    const logger = await loggerOf(image, {}, half);
    await expect(logger.record(sample([picture(), null]))).rejects.toThrow(/disk is full/);
    expect(read()).toBe(before);
    expect(readdirSync(directory)).toEqual(['logs.csv']);
  });

  it('leaves the row that another program appended after the torn one', async () => {
    await (await loggerOf(text)).record(sample(['a']));
    const before = read();
    const services: LoggerServices = {
      write: async (file, bytes) => {
        const { bytesWritten } = await file.write(bytes, 0, 2);
        appendFileSync(join(directory, 'logs.csv'), 'theirs,2020\r\n');
        return bytesWritten;
      },
    };
    await expect((await loggerOf(text, {}, services)).record(sample(['b']))).rejects.toThrow(/Nothing was added/);
    expect(read()).toBe(`${before}theirs,2020\r\n`);
  });

  it('takes no media when one of several files is gone', async () => {
    const logger = await loggerOf([{ kind: 'file', label: 'files' }]);
    await expect(logger.record(sample([[picture(), fileData(join(base, 'gone.png'))]]))).rejects.toThrow(
      /no longer there/,
    );
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('undo', () => {
  it('removes exactly that row and its media, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('same', 'a,b', 'x\ny'), { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        async (texts, random) => {
          rmSync(directory, { recursive: true, force: true });
          const logger = await loggerOf([...text, { kind: 'image', label: 'im' }]);
          const receipts = [];
          for (const one of texts) receipts.push(await logger.record(sample([one, picture()])));
          const kept = [...receipts.keys()];
          while (kept.length > 0) {
            const [index = 0] = kept.splice((random.next().value ?? 0) % kept.length, 1);
            const receipt = receipts[index];
            if (receipt) await logger.undo(receipt);
            const log = existsSync(join(directory, 'logs.csv'))
              ? parse<{ text: string; im: string }>(read(), { columns: true })
              : [];
            expect(log.map((row) => [row.text, row.im])).toEqual(kept.map((row) => [texts[row], `im/${row}.png`]));
            const files = existsSync(join(directory, 'im')) ? readdirSync(join(directory, 'im')).sort() : [];
            expect(files).toEqual(kept.map((row) => `${row}.png`));
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('keeps a log that was there before', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'logs.csv'), 'text,timestamp\r\n');
    const logger = await loggerOf(text);
    await logger.undo(await logger.record(sample(['a'])));
    expect(read()).toBe('text,timestamp\r\n');
  });

  it('says so when the row was changed or taken back already', async () => {
    const logger = await loggerOf(text);
    const receipt = await logger.record(sample(['a']));
    writeFileSync(join(directory, 'logs.csv'), read().replace('a,', 'b,'));
    await expect(logger.undo(receipt)).rejects.toThrow(/no longer in the log/);
    expect(read()).toContain('b,');
  });
});

describe('the number of rows', () => {
  it('is that of the file, whoever wrote it', async () => {
    const logger = await loggerOf(text);
    expect(await logger.flag(['a'])).toBe(1);
    appendFileSync(join(directory, 'logs.csv'), '"two\nlines",2020\r\nthree,2020\r\n');
    expect(await logger.flag(['b'])).toBe(4);
    writeFileSync(join(directory, 'logs.csv'), 'text,timestamp\r\n');
    expect(await logger.flag(['c'])).toBe(1);
  });

  it('is one less for SimpleCSVLogger, which has no header, as in Gradio', async () => {
    const logger = createLogger('SimpleCSVLogger', {
      format: 'gradio-6',
      flaggingDirAsGiven: 'flagged',
      hasOptions: false,
    });
    await logger.setup(text, directory);
    expect([await logger.flag(['test']), await logger.flag(['test'])]).toEqual([0, 1]);
    expect(read('log.csv')).toBe('test\r\ntest\r\n');
  });
});

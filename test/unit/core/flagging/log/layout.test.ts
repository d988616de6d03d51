import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../../../extension/core/csv/editCells';
import { describeEra } from '../../../../../extension/core/flagging/log/eraText';
import { detectLayout, isHeaderRecord } from '../../../../../extension/core/flagging/log/layout';
import { LogText } from '../../../../../extension/core/flagging/log/logText';
import { readLogText } from '../../../../../extension/core/flagging/log/readLog';
import { hex, timestamp } from './written';

const time = '2024-01-02 03:04:05.678901';
const edited = `it's "new", said they`;
const columnsOf = (name: string, text: string): string[] =>
  detectLayout(name, text).columns.map((column) => `${column.name}: ${column.role} ${column.kind}`);
const valuesOf = (name: string, text: string): unknown[][] =>
  readLogText(name, text).samples.map(({ values }) => values.map(({ value }) => value));

/** Logs as releases of Gradio wrote them. */
const recorded: readonly (readonly [era: string, name: string, text: string, values: readonly unknown[]])[] = [
  [
    'A',
    'log.csv',
    `num1,im,Output,timestamp\r\n-5,im/0.png,"{""cat"": 0.75, ""dog"": 0.25}",${time}\r\n`,
    [-5, 'im/0.png', { cat: 0.75, dog: 0.25 }],
  ],
  ['B1', 'log.csv', `'a','output','timestamp'\r\n5,'it''s, "so"','${time}'\r\n`, [5, 'it\'s, "so"']],
  ['B2', 'log.csv', `'a','output','flag','username','timestamp'\r\n'=1',True,'','','${time}'\r\n`, ['=1', true]],
  [
    'C1',
    'log.csv',
    `q,img,flag,username,timestamp\r\nhi,/app/flagged/img/tmpab12cd_x.png,,,${time}\r\n`,
    ['hi', '/app/flagged/img/tmpab12cd_x.png'],
  ],
  [
    'C2',
    'log.csv',
    `img,output,flag,username,timestamp\r\nC:\\project\\flagged\\img\\${hex(40)}\\tmpab12cd_x.jpg,C:\\project\\flagged\\output\\tmpab12cd_y.json,,,${time}\r\n`,
    [`C:\\project\\flagged\\img\\${hex(40)}\\tmpab12cd_x.jpg`, 'C:\\project\\flagged\\output\\tmpab12cd_y.json'],
  ],
  [
    'D',
    'log.csv',
    `im,out,flag,username,timestamp\r\n"{""path"":""flagged/im/${hex(20)}/cat.png"",""url"":null,""size"":null,""orig_name"":""cat.png"",""mime_type"":null}","['a', 'b, c']",,,${time}\r\n`,
    [`flagged/im/${hex(20)}/cat.png`, ['a', 'b, c']],
  ],
  [
    'E',
    'log.csv',
    `n,v,flag,username,timestamp\r\n'-2.5,"{""video"": ""flagged/v/${hex(20)}/a.mp4"", ""subtitles"": null}",,,${time}\r\n`,
    [-2.5, `flagged/v/${hex(20)}/a.mp4`],
  ],
  ['F1', 'dataset1.csv', `j,timestamp\r\n"'{""a"": "",=1""}",${time}\r\n`, [{ a: ',=1' }]],
  [
    'F2',
    'dataset1.csv',
    `"''a,=b",flag,timestamp\r\n.gradio\\flagged\\a=b\\${hex(20)}\\clip.webp,x,${time}\r\n`,
    [`.gradio\\flagged\\a=b\\${hex(20)}\\clip.webp`],
  ],
  ['guide', 'logs-2.csv', `num1,text,timestamp\r\n-5,'=1,${time}\r\n`, [-5, '=1']],
  [
    'chat',
    'log.csv',
    `conversation,index,value,flag,timestamp\r\n"[{""role"": ""user"", ""content"": ""hi""}]",1,Like,${time}\r\n`,
    [[{ role: 'user', content: 'hi' }], 1],
  ],
  [
    'hub',
    'data.csv',
    `"Q, x",Im,Im file,N,flag,username\r\n"hi, you",Im/${hex(20)}/cat.png,https://huggingface.co/x/cat.png,'-3,bad,bob\r\n`,
    ['hi, you', `Im/${hex(20)}/cat.png`, 'https://huggingface.co/x/cat.png', -3],
  ],
  [
    'hub',
    'metadata.jsonl',
    `{"Q, x": "=1", "Im": "uuid/Im/${hex(20)}/cat.png", "Im file": "https://x/cat.png", "N": "-3", "flag": "bad", "username": "bob"}`,
    ['=1', `uuid/Im/${hex(20)}/cat.png`, 'https://x/cat.png', -3],
  ],
  [
    'simple',
    'log.csv',
    `1,"{""path"": ""/app/flagged/component 1/${hex(20)}/cat.png"", ""url"": null, ""meta"": {""_type"": ""gradio.FileData""}}"\r\n`,
    [1, `/app/flagged/component 1/${hex(20)}/cat.png`],
  ],
];

describe('a recorded log', () => {
  it.each(recorded)('of layout %s is known and read: %s', (era, name, text, values) => {
    const changed = [text, text.replaceAll('\r\n', '\n'), `\ufeff${text}`, text.trimEnd()];
    for (const bytes of changed) {
      expect(detectLayout(name, bytes).era).toBe(era);
      expect(valuesOf(name, bytes)).toEqual([values]);
    }
  });

  it.each(recorded.filter(([, name]) => name.endsWith('.csv')))(
    'of layout %s is edited cell by cell, and csv-parse finds no other cell changed: %s',
    (_, name, text) => {
      const log = new LogText(name, text);
      const { csv, headerRecords } = log.layout;
      const { delimiter, quote } = csv;
      // The rows of a chat have a cell less than its header.
      const options = { delimiter, quote, escape: quote, relax_column_count: true };
      const cellsOf = (content: string): string[][] => parse(content, options);
      const before = cellsOf(text);
      for (const column of log.cells(0).keys()) {
        const after = cellsOf(applyEdits(text, log.setCell(0, column, edited)));
        expect(after).toEqual(before.map((row, record) => (record === headerRecords ? row.with(column, edited) : row)));
      }
    },
  );

  it('has its option, user and time where it has them', () => {
    const found = recorded.map(([era, name, text]) => {
      const [sample] = readLogText(name, text).samples;
      return [era, sample?.option, sample?.username, sample?.timestamp, sample?.problem];
    });
    expect(found.filter(([, option]) => option !== null)).toEqual([
      ['F2', 'x', null, time, null],
      ['chat', 'Like', null, time, null],
      ['hub', 'bad', 'bob', null, null],
      ['hub', 'bad', 'bob', null, null],
    ]);
    expect(found.every(([era, , , when]) => when === time || era === 'hub' || era === 'simple')).toBe(true);
  });

  it.each(['guide', 'A', 'E', 'F2', 'chat', 'hub', 'simple', 'unknown'] as const)('%s has words for people', (era) => {
    expect(describeEra(era)).toMatch(/\w{3}/);
  });
});

describe('a column', () => {
  const kindOf = (label: string, ...cells: string[]): string | undefined => {
    const rows = cells.map((cell) => `"${cell.replaceAll('"', '""')}",,,${timestamp}\r\n`);
    return detectLayout('log.csv', `${label},flag,username,timestamp\r\n${rows.join('')}`).columns[0]?.kind;
  };

  it.each([
    ['number', 'x', ['5', '', "'-2.5", '1e-07', 'NaN']],
    ['boolean', 'x', ['true', '', 'false']],
    ['text', 'x', ['5', 'five']],
    ['text', 'x', ['007', '5']],
    ['text', 'x', ['']],
    ['text', 'x', ['{"a": 1', '[a]']],
    ['json', 'x', ['{"a": 1}', '[]']],
    ['json', 'x', ['[1]', '5', 'true']],
    ['label', 'x', ['{"label": "a", "confidences": null}', '']],
    ['label', 'x', ['{"cat": 0.75}', 'dog']],
    ['image', 'Bild (ß)', [`.gradio/flagged/Bild (ß)/${hex(20)}/a.WEBP`, `.gradio/flagged/Bild ß/${hex(20)}/a.png`]],
    ['audio', 'x', [`flagged/x/${hex(20)}/audio.wav`]],
    ['video', 'x', [`{"video": "flagged/x/${hex(20)}/a.webm", "subtitles": null}`]],
    ['image', 'x', [`[{"image": "flagged/x/${hex(20)}/a.png", "caption": "c"}]`]],
    ['file', 'x', [`["flagged/x/${hex(20)}/Makefile", "flagged/x/${hex(20)}/b.txt"]`]],
    ['file', 'x', ['x/0.png', 'x/1.pdf']],
    ['file', 'x', ['[]', `["flagged/x/${hex(20)}/a.txt"]`]],
    ['text', 'x', ['other/0.png', 'https://example.org/x/0.png', 'x/0.png?']],
  ] as const)('is of kind %s', (kind, label, cells) => {
    expect(kindOf(label, ...cells)).toBe(kind);
  });
});

describe('a file that is no log', () => {
  it.each([
    ['people.csv', 'name,age\r\nAda,36\r\n', ['name', 'age']],
    ['log.csv', 'time,level\nmonday,3\ntuesday,4\n', ['time', 'level']],
    ['semicolons.csv', 'a;b;c\n1;2;3\n', ['a', 'b', 'c']],
    ['empty.csv', '', []],
    ['lines.jsonl', '{"a": 1}\nno json\n{"b": [2]}\n', ['a', 'b']],
  ])('is shown as the table it is: %s', (name, text, names) => {
    const { layout, samples } = readLogText(name, text);
    expect(layout.era).toBe('unknown');
    expect(layout.columns.map((column) => [column.name, column.role])).toEqual(names.map((one) => [one, 'extra']));
    for (const { values } of samples) for (const { raw, value } of values) expect(value).toBe(raw === '' ? null : raw);
  });

  it('loses no cell of any text', () => {
    const part = fc.constantFrom(
      'a',
      '"',
      "'",
      ',',
      '\n',
      '\r',
      '\ufeff',
      '{',
      '[',
      'timestamp',
      'flag,',
      time,
      '\u0000',
    );
    const anything = fc.array(part).map((parts) => parts.join(''));
    const name = fc.constantFrom(
      'log.csv',
      'logs.csv',
      'dataset1.csv',
      'data.csv',
      'x.csv',
      'metadata.jsonl',
      'log (1).csv',
    );
    fc.assert(
      fc.property(name, anything, (fileName, text) => {
        const { layout, samples } = readLogText(fileName, text);
        for (const { cells, values, ...sample } of samples) {
          expect(cells.length).toBeGreaterThan(0);
          const ends = [sample.option, sample.username, sample.timestamp].filter((end) => end !== null).length;
          expect(values.length + ends).toBeGreaterThanOrEqual(cells.filter((cell) => cell !== '').length - 1);
          expect(sample.problem === null).toBe(cells.length === layout.columns.length);
        }
      }),
    );
  });
});

describe('a damaged log', () => {
  it('tells a ragged row from its columns and finds option and time at its end', () => {
    const { samples } = readLogText(
      'dataset1.csv',
      `a,flag,timestamp\r\n1,x,${time}\r\n2,${time}\r\n3,y,u,${time}\r\n`,
    );
    expect(samples.map(({ option, username, timestamp: when }) => [option, username, when])).toEqual([
      ['x', null, time],
      [null, null, time],
      ['y', 'u', time],
    ]);
    expect(samples.map(({ problem }) => problem)).toEqual([
      null,
      'The row has 2 cells, but the log has 3 columns.',
      'The row has 4 cells, but the log has 3 columns.',
    ]);
    expect(samples.map(({ values }) => values.map(({ value }) => value))).toEqual([[1], [2], [3]]);
  });

  it('shows the surplus cells of a row of another demo', () => {
    const [sample] = readLogText('log.csv', `z,flag,username,timestamp\r\n1,2,3,no,bob,${time}\r\n`).samples;
    expect(sample?.values.map(({ column, raw }) => [column.name, column.role, raw])).toEqual([
      ['z', 'component', '1'],
      ['column 2', 'extra', '2'],
      ['column 3', 'extra', '3'],
    ]);
    expect(sample).toMatchObject({ option: 'no', username: 'bob', timestamp: time });
  });

  it('says that two rows are glued together', () => {
    const [sample] = readLogText('dataset1.csv', `a,timestamp\r\nz,${time}7,${time}\r\n`).samples;
    expect(sample).toMatchObject({ timestamp: time, cells: ['z', `${time}7`, time] });
    expect(sample?.problem).toMatch(/^Two rows stand on one line/);
  });

  it('passes over headers that came in between, and counts them', () => {
    const header = 'a,flag,username,timestamp\r\n';
    const row = `1,,,${time}\r\n`;
    const other = 'b,c,flag,username,timestamp\r\n';
    const { layout, samples, headerRows } = readLogText('log.csv', `${header}${row}${header}\r\n${row}${other}`);
    expect(samples.map((sample) => sample.row)).toEqual([0, 1]);
    expect(headerRows).toEqual([2, 5]);
    expect(isHeaderRecord(layout, layout.header)).toBe(true);
  });
});

it('knows the columns of a wide log by its head', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `column ${index}`);
  const row = `${names.map((_, index) => index).join()},${time}\r\n`;
  const text = `${names.join()},timestamp\r\n${row.repeat(20)}`;
  expect(columnsOf('logs.csv', text)).toHaveLength(10_001);
  expect(columnsOf('logs.csv', text).at(-2)).toBe('column 9999: component number');
});

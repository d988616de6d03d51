import { describe, expect, it } from 'vitest';
import { encodeCell, encodeRecord } from '../../../../../extension/core/csv/dialect';
import type { ComponentKind } from '../../../../../extension/core/demo/components';
import { fileData } from '../../../../../extension/core/demo/fileData';
import { columns, headerCells, isHeaderOf } from '../../../../../extension/core/flagging/format/columns';
import { dialectFor, dialects, type Era, type LogDialect } from '../../../../../extension/core/flagging/format/era';
import { parsePythonJson } from '../../../../../extension/core/flagging/format/pythonJson';
import { planRow } from '../../../../../extension/core/flagging/format/row';
import type { LoggedComponent } from '../../../../../extension/core/flagging/types';
import { textCells } from './textCells';

const timestamp = '2024-01-02 03:04:05.678901';
const sample = { option: null, username: null, timestamp };

/** The cell of one payload as it stands in the file, its attachments stored at the paths given. */
function cell(kind: ComponentKind, payload: unknown, era: Era | LogDialect, paths: readonly string[] = []): string {
  const dialect = typeof era === 'string' ? dialects[era] : era;
  const plan = planRow([{ kind, label: 'x' }], { ...sample, data: [payload] }, dialect, false);
  return encodeCell(plan.cells(paths)[0] ?? '', dialect.csv);
}

interface Flag {
  readonly option?: string | null;
  readonly username?: string | null;
  readonly hasOptions?: boolean;
}

/** Header and row of one flag in a new log. */
function log(
  components: readonly LoggedComponent[],
  data: readonly unknown[],
  dialect: LogDialect,
  { option = null, username = null, hasOptions = false }: Flag = {},
): string {
  const row = { data, option, username, timestamp };
  const names = columns(components, row, dialect, hasOptions);
  const header = dialect.header ? encodeRecord(headerCells(names, dialect), dialect.csv) : '';
  return header + encodeRecord(planRow(components, row, dialect, hasOptions).cells([]), dialect.csv);
}

const calculator: readonly LoggedComponent[] = [
  { kind: 'number', label: 'num1' },
  { kind: 'radio', label: 'operation' },
  { kind: 'number', label: 'num2' },
  { kind: 'number', label: 'output' },
];

describe('a text cell', () => {
  it.each(textCells)('%j is written as by Gradio', (value, gradio3 = '', gradio4 = gradio3, gradio6 = gradio4) => {
    expect(['C2', 'D', 'E', 'F1', 'F2'].map((era) => cell('textbox', value, era as Era))).toEqual([
      gradio3,
      gradio3,
      gradio4,
      gradio4,
      gradio6,
    ]);
  });

  it.each([
    ["it's", "'it''s'"],
    ['a"b', `'a"b'`],
    ['=1', "'=1'"],
    ['', "''"],
    [`a,"b'c`, `'a,"b''c'`],
  ])('%j stands between apostrophes in Gradio 3.0', (value, expected) => {
    expect(cell('textbox', value, 'B2')).toBe(expected);
  });

  it.each([
    ['-2.50', "'-2.50"],
    ['=cmd|x', "'=cmd|x"],
    ['\r=1', `"'\r=1"`],
    ['1e5', '1e5'],
    ['[1,2]', '"[1,2]"'],
    ['a,-b', `"'a,-b"`],
    ['a\u0000b\u{1f600}\u05d0', 'a\u0000b\u{1f600}\u05d0'],
  ])('%j keeps its text in the guide layout, guarded against formulas', (value, expected) => {
    expect(cell('textbox', value, 'guide')).toBe(expected);
  });
});

describe('the cell of a payload', () => {
  const confidences = [
    { label: 'cat', confidence: 0.75 },
    { label: 'dog', confidence: 1 },
  ];

  it.each<[ComponentKind, unknown, string]>([
    ['number', 5, '5'],
    ['number', -2.5, "'-2.5"],
    ['number', NaN, 'NaN'],
    ['number', 1e21, '1e+21'],
    ['number', 0.1 + 0.2, '0.30000000000000004'],
    ['number', -0, '0'],
    ['number', null, ''],
    ['checkbox', true, 'true'],
    ['checkboxgroup', ['a', 'b, c'], '"[""a"", ""b, c""]"'],
    ['radio', 2, '2'],
    [
      'dataframe',
      {
        headers: ['a', 'b'],
        data: [
          [1, 'é'],
          [2.5, 'z'],
        ],
      },
      '"{""headers"": [""a"", ""b""], ""data"": [[1, ""\\u00e9""], [2.5, ""z""]], ""metadata"": null}"',
    ],
    [
      'label',
      { label: 'cat', confidences },
      '"{""label"": ""cat"", ""confidences"": [{""label"": ""cat"", ""confidence"": 0.75}, {""label"": ""dog"", ""confidence"": 1.0}]}"',
    ],
    ['label', { label: 'cat' }, '"{""label"": ""cat"", ""confidences"": null}"'],
    [
      'highlightedtext',
      [{ token: 'hi ', class_or_confidence: 'X' }, { token: 'there' }],
      '"[{""token"": ""hi "", ""class_or_confidence"": ""X""}, {""token"": ""there"", ""class_or_confidence"": null}]"',
    ],
    ['json', { 10: 1, a: [1, 2, null, 'é'] }, '"{""10"": 1, ""a"": [1, 2, null, ""\\u00e9""]}"'],
    ['plot', { type: 'matplotlib', plot: 'x', chart: 'bar' }, '"{""type"": ""matplotlib"", ""plot"": ""x""}"'],
    ['state', { k: 1 }, '"{""k"": 1}"'],
    ['textbox', { value: "it's", __type__: 'update' }, `"{'value': ""it's"", '__type__': 'update'}"`],
  ])('%s %j is JSON in Gradio 4.22 and later', (kind, payload, expected) => {
    expect(cell(kind, payload, 'F2')).toBe(expected);
    expect(cell(kind, payload, 'E')).toBe(expected);
  });

  it.each(['3.0', '1e+16', '123456789012345678901234567890'])('keeps %s, read losslessly, as it is', (text) => {
    const number = parsePythonJson(text);
    expect([cell('number', number, 'F2'), cell('number', number, 'guide'), cell('number', number, 'C2')]).toEqual([
      text,
      text,
      text,
    ]);
  });

  const image = fileData('/tmp/cat.png', { orig_name: 'cat.png' });

  it.each<[ComponentKind, unknown, string]>([
    ['image', image, 'P0'],
    ['audio', image, 'P0'],
    ['video', image, 'P0'],
    ['file', [image, image], '"[""P0"", ""P1""]"'],
    [
      'gallery',
      [{ image, caption: 'c' }, { video: image }],
      '"[{""image"": ""P0"", ""caption"": ""c""}, {""video"": ""P1"", ""caption"": null}]"',
    ],
    [
      'annotatedimage',
      { image, annotations: [{ image, label: 'box' }] },
      '"{""image"": ""P0"", ""annotations"": [{""image"": ""P1"", ""label"": ""box""}]}"',
    ],
  ])('%s has the paths of its stored files', (kind, payload, expected) => {
    expect(cell(kind, payload, 'F2', ['P0', 'P1'])).toBe(expected);
    expect(cell(kind, payload, 'guide', ['P0', 'P1'])).toBe(expected);
  });

  it('wraps a video before Gradio 6', () => {
    expect(cell('video', image, 'E', ['P0'])).toBe('"{""video"": ""P0"", ""subtitles"": null}"');
    expect(cell('video', image, 'F1', ['P0'])).toBe('"{""video"": ""P0"", ""subtitles"": null}"');
  });

  it('holds the whole FileData in Gradio 4.0 to 4.21', () => {
    expect(cell('image', image, 'D', ['P0'])).toBe(
      '"{""path"":""P0"",""url"":null,""size"":null,""orig_name"":""cat.png"",""mime_type"":null,""is_stream"":false,""meta"":{""_type"":""gradio.FileData""}}"',
    );
    expect(cell('label', { label: 'é', confidences: [{ label: 'é', confidence: 1 }] }, 'D')).toBe(
      '"{""label"":""é"",""confidences"":[{""label"":""é"",""confidence"":1.0}]}"',
    );
  });

  it.each<[ComponentKind, unknown, string]>([
    ['number', -2.5, '-2.5'],
    ['checkbox', true, 'True'],
    ['checkboxgroup', ['a', '=b', "it's"], `"['a', ""'=b"", ""it's""]"`],
  ])('%s %j is a Python value in Gradio 3.2 to 4.21', (kind, payload, expected) => {
    expect(cell(kind, payload, 'C2')).toBe(expected);
    expect(cell(kind, payload, 'D')).toBe(expected);
  });

  it('is the path of a JSON file in Gradio 3.2 to 3.50', () => {
    const label = { label: 'cat', confidences };
    const plan = planRow([{ kind: 'label', label: 'x' }], { ...sample, data: [label] }, dialects.C2, false);
    const [attachment] = plan.attachments;
    expect(attachment?.source).toHaveProperty('extension', '.json');
    expect(attachment && 'text' in attachment.source && attachment.source.text([])).toBe(
      '{"label": "cat", "confidences": [{"label": "cat", "confidence": 0.75}, {"label": "dog", "confidence": 1.0}]}',
    );
    expect(plan.cells(['/d/x/tmp12345678.json'])[0]).toBe('/d/x/tmp12345678.json');
  });

  it('of a gallery in Gradio 3 names the stored images in its JSON file', () => {
    const gallery = [{ image, caption: 'c' }];
    const plan = planRow([{ kind: 'gallery', label: 'x' }], { ...sample, data: [gallery] }, dialects.C2, false);
    expect(plan.attachments).toHaveLength(2);
    const source = plan.attachments[1]?.source;
    expect(source && 'text' in source && source.text(['/d/x/cat.png'])).toBe(
      '[{"image": "/d/x/cat.png", "caption": "c"}]',
    );
  });

  it('is the label alone, or label and confidence, up to Gradio 3.1', () => {
    expect(cell('label', { label: 'cat', confidences }, 'B2')).toBe(`'{"cat": 0.75, "dog": 1.0}'`);
    expect(cell('label', { label: 'cat', confidences: null }, 'B2')).toBe("'cat'");
    expect(cell('number', 1.5, 'B2')).toBe('1.5');
    expect(cell('checkbox', true, 'B2')).toBe('True');
  });

  it('is bare for numbers and booleans, and JSON for structures, in the guide layout', () => {
    expect(cell('number', -2.5, 'guide')).toBe('-2.5');
    expect(cell('checkbox', false, 'guide')).toBe('false');
    expect(cell('checkboxgroup', ['-1', ',=2'], 'guide')).toBe('"[""-1"", "",=2""]"');
    expect(cell('state', null, 'guide')).toBe('');
  });

  it('is unsimplified for SimpleCSVLogger', () => {
    const simple = dialectFor('gradio-6', 'SimpleCSVLogger');
    expect(log([{ kind: 'textbox' }, { kind: 'state' }], ['1e5', null], simple)).toBe('1e5,null\r\n');
    expect(cell('image', image, simple, ['P0'])).toContain('""path"": ""P0"", ""url"": null, ""size"": null');
  });
});

describe('a new log', () => {
  const subtract = [5, 'subtract', 7.5, -2.5];

  it.each<[string, LogDialect, Flag, string, string]>([
    [
      'guide',
      dialects.guide,
      { option: 'wrong sign', hasOptions: true },
      ',flag,timestamp',
      '5,subtract,7.5,-2.5,wrong sign',
    ],
    ['guide, auto', dialects.guide, { hasOptions: true }, ',flag,timestamp', '5,subtract,7.5,-2.5,'],
    ['guide, no options', dialects.guide, { username: 'bob' }, ',username,timestamp', '5,subtract,7.5,-2.5,bob'],
    ['6.x', dialects.F2, { option: 'wrong sign' }, ',flag,timestamp', "5,subtract,7.5,'-2.5,wrong sign"],
    [
      '6.x, login',
      dialects.F2,
      { username: 'bob', hasOptions: true },
      ',username,timestamp',
      "5,subtract,7.5,'-2.5,bob",
    ],
    [
      '6.x, both empty',
      dialects.F2,
      { option: '', username: '' },
      ',flag,username,timestamp',
      "5,subtract,7.5,'-2.5,,",
    ],
    ['4.44', dialects.E, {}, ',flag,username,timestamp', "5,subtract,7.5,'-2.5,,"],
    ['3.50', dialects.C2, { option: 'wrong sign' }, ',flag,username,timestamp', '5,subtract,7.5,-2.5,wrong sign,'],
    [
      '6.x classic',
      dialectFor('gradio-6', 'ClassicCSVLogger'),
      {},
      ',flag,username,timestamp',
      "5,subtract,7.5,'-2.5,None,",
    ],
    [
      '4.44 classic',
      dialectFor('gradio-4', 'ClassicCSVLogger'),
      {},
      ',flag,username,timestamp',
      "5,subtract,7.5,'-2.5,,",
    ],
  ])('of %s', (_name, dialect, flag, extra, row) => {
    const header = `num1,operation,num2,output${extra}\r\n`;
    expect(log(calculator, subtract, dialect, flag)).toBe(`${header}${row},${timestamp}\r\n`);
  });

  it('stands between apostrophes in Gradio 2.9 and 3.0', () => {
    expect(log(calculator, [5, 'add', -7.5, parsePythonJson('12.0')], dialects.B1)).toBe(
      `'num1','operation','num2','output','timestamp'\r\n5,'add',-7.5,12.0,'${timestamp}'\r\n`,
    );
    expect(log(calculator, [5, 'add', -7.5, parsePythonJson('12.0')], dialects.B2)).toBe(
      `'num1','operation','num2','output','flag','username','timestamp'\r\n5,'add',-7.5,12.0,'','','${timestamp}'\r\n`,
    );
  });

  it('numbers unlabelled components and keeps repeated labels', () => {
    const unlabelled = [
      { kind: 'textbox', label: 'x' },
      { kind: 'textbox', label: 'x' },
      { kind: 'number', label: '' },
      { kind: 'number' },
    ] as const;
    expect(columns(unlabelled, sample, dialects.F2, false)).toEqual([
      'x',
      'x',
      'component 2',
      'component 3',
      'timestamp',
    ]);
  });

  it('has its header sanitised twice since Gradio 5, and either form is the same header', () => {
    const names = ['a,=b', '=c', 'timestamp'];
    expect(headerCells(names, dialects.F2)).toEqual(["''a,=b", "'=c", 'timestamp']);
    expect(headerCells(names, dialects.E)).toEqual(["'a,=b", "'=c", 'timestamp']);
    expect(isHeaderOf(["''a,=b", "'=c", 'timestamp'], names, dialects.F2)).toBe(true);
    expect(isHeaderOf(["'a,=b", "'=c", 'timestamp'], names, dialects.F2)).toBe(true);
    expect(isHeaderOf(['a,=b', "'=c", 'timestamp'], names, dialects.F2)).toBe(false);
    expect(isHeaderOf(["''a,=b", "'=c", 'flag', 'timestamp'], names, dialects.F2)).toBe(false);
  });

  it('leaves a missing payload empty and refuses one too many', () => {
    expect(log(calculator, [1], dialects.guide)).toBe(`num1,operation,num2,output,timestamp\r\n1,,,,${timestamp}\r\n`);
    expect(() => log(calculator, [1, 2, 3, 4, 5], dialects.guide)).toThrow(/5 values, but there are 4 components/);
  });
});

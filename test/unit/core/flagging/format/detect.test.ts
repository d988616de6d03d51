import { describe, expect, it } from 'vitest';
import { encodeRecord } from '../../../../../extension/core/csv/dialect';
import type { ComponentKind } from '../../../../../extension/core/demo/components';
import { fileData } from '../../../../../extension/core/demo/fileData';
import { columns, headerCells } from '../../../../../extension/core/flagging/format/columns';
import { detectLog, dialectToContinue } from '../../../../../extension/core/flagging/format/detect';
import { dialectFor, dialects, type Era } from '../../../../../extension/core/flagging/format/era';
import { logName, logNumber } from '../../../../../extension/core/flagging/format/logName';
import { mediaCell, mediaSegments } from '../../../../../extension/core/flagging/format/media';
import { planRow } from '../../../../../extension/core/flagging/format/row';

const hex = (digits: number): string => '0123456789abcdef'.repeat(3).slice(0, digits);
const file = fileData('/tmp/cat.png');

/** A log of that era with one row, as the logger writes it. */
function written(era: Era, kind: ComponentKind, payload: unknown): string {
  const dialect = dialects[era];
  const components = [{ kind, label: 'x' }];
  const sample = { data: [payload], option: 'ok', username: null, timestamp: '2024-01-02 03:04:05.678901' };
  const plan = planRow(components, sample, dialect, true);
  const paths = plan.attachments.map((attachment, number) => {
    const segments = mediaSegments(attachment, dialect, { number, random: hex });
    return mediaCell(segments, dialect, { absolute: '/data/flagged', given: 'flagged' }, 'linux');
  });
  const header = headerCells(columns(components, sample, dialect, true), dialect);
  return encodeRecord(header, dialect.csv) + encodeRecord(plan.cells(paths), dialect.csv);
}

describe('detectLog', () => {
  it.each<[Era, ComponentKind, unknown]>([
    ['guide', 'image', file],
    ['A', 'image', file],
    ['B1', 'image', file],
    ['B2', 'image', file],
    ['C1', 'image', file],
    ['C2', 'image', file],
    ['C2', 'number', -2],
    ['C2', 'checkbox', true],
    ['C2', 'checkboxgroup', ['a']],
    ['C2', 'label', { label: 'cat', confidences: null }],
    ['D', 'image', file],
    ['D', 'label', { label: 'cat', confidences: null }],
    ['D', 'dataframe', { headers: ['a'], data: [] }],
    ['E', 'image', file],
    ['E', 'number', -2],
    ['E', 'label', { label: 'cat', confidences: null }],
    ['F1', 'json', { a: ',=1' }],
    ['F2', 'image', file],
    ['F2', 'json', { a: ',=1' }],
  ])('knows a log of era %s by its %s', (era, kind, payload) => {
    const log = written(era, kind, payload);
    expect(detectLog(logName(dialects[era], 1), log)?.dialect).toBe(dialects[era]);
    expect(detectLog(logName(dialects[era], 1), `\ufeff${log.replaceAll('\r\n', '\n')}`)?.dialect).toBe(dialects[era]);
  });

  it('takes the newest release that writes such a log where the rows show nothing', () => {
    expect(detectLog('log.csv', 'x,flag,username,timestamp\r\n')?.dialect.era).toBe('E');
    expect(detectLog('dataset3.csv', 'x,timestamp\r\n')?.dialect.era).toBe('F2');
    expect(detectLog('log.csv', 'x,timestamp\r\na,2020\r\n')?.dialect.era).toBe('A');
  });

  it('knows logs that Windows wrote', () => {
    const row = (path: string): string => `img,output,flag,username,timestamp\r\n${path},x,,,2024-01-02 03:04:05\r\n`;
    expect(detectLog('log.csv', row(`C:\\p\\flagged\\img\\${hex(40)}\\tmpab1_xyz9.jpg`))?.dialect.era).toBe('C2');
    expect(detectLog('log.csv', row(`flagged\\img\\${hex(20)}\\a b.jpg`))?.dialect.era).toBe('E');
  });

  it.each(['True', "['a", '/usr/share/document.txt', '/data/0123456789abcdef0123.txt', '[{"a":1}]', "'-2"])(
    'does not take the text %s for a sign of an older release',
    (text) => {
      const rows = ['plain text', text].map((value) => encodeRecord([value, '', '', '2024'], dialects.E.csv));
      expect(detectLog('log.csv', `x,flag,username,timestamp\r\n${rows.join('')}`)?.dialect.era).toBe('E');
    },
  );

  it.each(["'-,x", "'=it's,it's", "'-"])('reads the guarded label in %s', (labels) => {
    expect(detectLog('log.csv', `${labels},flag,username,timestamp\r\n`)?.dialect.era).toBe('E');
    expect(detectLog('log.csv', `${labels},timestamp\r\n`)?.dialect.era).toBe('A');
  });

  it('does not take the guard of a label for the quote of a header that a row closes', () => {
    const log = `'-,b,flag,username,timestamp\r\n,"'\n5",,,2024-01-02 03:04:05.678901\r\n`;
    expect(detectLog('log.csv', log)?.header).toEqual(["'-", 'b', 'flag', 'username', 'timestamp']);
  });

  it('gives the header as it stands, and takes a row that is cut off', () => {
    expect(detectLog('dataset1.csv', `"''a,=b",timestamp\r\n"x`)?.header).toEqual(["''a,=b", 'timestamp']);
  });

  it.each([
    ['log.csv', ''],
    ['log.csv', 'a,b\r\n'],
    ['log.csv', 'conversation,index,value,flag,timestamp\r\n[],1,Like,2024\r\n'],
    ['notes.csv', 'x,timestamp\r\n'],
    ['dataset_old.csv', 'x,timestamp\r\n'],
    ['dataset.csv', 'x,timestamp\r\n'],
  ])('does not take %s with %j for a flag log', (name, head) => {
    expect(detectLog(name, head)).toBeUndefined();
  });
});

describe('dialectToContinue', () => {
  const classic = dialectFor('gradio-6', 'ClassicCSVLogger');

  it.each([
    ['its own era', dialects.F2, dialects.F2, dialects.F2],
    ['an older era', dialects.F1, dialects.F2, dialects.F1],
    ['an older log.csv', dialects.C2, dialects.E, dialects.C2],
    ['a log.csv that may be of a later release', dialects.E, classic, classic],
    ['an older log.csv in Gradio 6', dialects.D, classic, dialects.D],
    ['a log of Gradio 4 beside the guide layout', dialects.E, dialects.guide, dialects.E],
  ])('continues %s', (_name, detected, own, expected) => {
    expect(dialectToContinue(detected, own)).toBe(expected);
  });
});

describe('logName and logNumber', () => {
  it.each<[Era, string[]]>([
    ['guide', ['logs.csv', 'logs-2.csv', 'logs-3.csv']],
    ['E', ['log.csv', 'log-2.csv', 'log-3.csv']],
    ['F2', ['dataset1.csv', 'dataset2.csv', 'dataset3.csv']],
  ])('of era %s are inverse', (era, names) => {
    const dialect = dialects[era];
    expect([1, 2, 3].map((number) => logName(dialect, number))).toEqual(names);
    expect(names.map((name) => logNumber(dialect, name))).toEqual([1, 2, 3]);
  });

  it.each(['logs-1.csv', 'logs1.csv', 'log.csv', 'logs-02.csv', 'dataset1.csv', 'logs.csv.bak'])(
    '%s is no log of the guide layout',
    (name) => {
      expect(logNumber(dialects.guide, name)).toBeUndefined();
    },
  );
});

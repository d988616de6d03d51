import { describe, expect, it } from 'vitest';
import { readLogText } from '../../../../../extension/core/flagging/log/readLog';
import { ageOf, sampleLine } from '../../../../../extension/core/flagging/log/sampleLine';

const header = 'num 1,num 2,Output,flag,timestamp\r\n';
const lineOf = (cells: string, inputs?: number): string => {
  const [sample] = readLogText('logs.csv', `${header}${cells},wrong,2026-01-02 03:04:05.000006\r\n`).samples;
  return sample ? sampleLine(sample, inputs) : '';
};

describe('a sample in one line', () => {
  it('has the inputs before the outputs', () => {
    expect(lineOf('1,2,3')).toBe('1, 2 → 3');
    expect(lineOf('1,2,3', 1)).toBe('1 → 2, 3');
    expect(lineOf(',2,')).toBe('2');
    expect(lineOf(',,')).toBe('(empty)');
  });

  it('has one line for texts of many, and no marks that reorder it', () => {
    expect(lineOf('"a\n  b","\u202ec",d')).toBe('a b, c → d');
  });

  it('is short, without half characters', () => {
    const line = lineOf(`${'😀'.repeat(500)},${'b'.repeat(5000)},c`);
    expect(line.length).toBeLessThanOrEqual(160);
    expect(encodeURIComponent(line)).toContain('%E2%80%A6');
  });

  it('names the label of a classification and the file of a path', () => {
    const label = '"{""label"": ""cat"", ""confidences"": [{""label"": ""cat"", ""confidence"": 0.93}]}"';
    expect(lineOf(`1,2,${label}`)).toBe('1, 2 → cat 93%');
    expect(lineOf('num 1/0123456789abcdef0123/p.png,2,3')).toBe('p.png, 2 → 3');
  });
});

describe('the age of a sample', () => {
  const now = new Date(2026, 0, 2, 3, 4, 5).getTime();
  it.each([
    ['2026-01-02 03:04:00.000001', 'now'],
    ['2026-01-02 03:00:00', '4 min'],
    ['2026-01-02 00:00:00', '3 h'],
    ['2025-12-30 00:00:00', '3 d'],
    ['2025-10-30 00:00:00', '2 mo'],
    ['2020-01-02 00:00:00', '6 y'],
    ['2030-01-02 00:00:00', 'now'],
    ['no time', ''],
    [null, ''],
  ])('of %s is told as “%s”', (timestamp, age) => {
    expect(ageOf(timestamp, now)).toBe(age);
  });
});

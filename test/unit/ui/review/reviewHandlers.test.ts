import { describe, expect, it } from 'vitest';
import { everything, type ReviewHost } from '../../../../extension/protocol/review';
import { reviewHandlers, type ReviewAnswers } from '../../../../extension/ui/review/reviewHandlers';

const calls: unknown[] = [];
const handlers = reviewHandlers(
  new Proxy({} as ReviewAnswers, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        calls.push([name, ...args]),
  }),
);
const takes = (name: keyof ReviewHost, ...args: unknown[]): boolean => handlers[name].accepts(args);
const keep = { decision: 'keep', label: null };

describe('what a page may send', () => {
  it('is what it asks and decides', () => {
    expect(takes('record', 0, true)).toBe(true);
    expect(takes('decide', 3, keep, 0.5)).toBe(true);
    expect(takes('decide', 3, { decision: 'change', label: ['spam'] }, 0)).toBe(true);
    expect(takes('decideMany', { all: true }, keep)).toBe(true);
    expect(takes('preview', { rows: [1, 2] }, keep)).toBe(true);
    expect(takes('setFilter', { ...everything, only: { name: 'conflicts', rows: [1, 2] } })).toBe(true);
    expect(takes('setFilter', { ...everything, scores: [0, 0.5], status: 'skip', given: 'ham' })).toBe(true);
    expect(takes('setStopAt', 0.1)).toBe(true);
    expect(takes('note', 1, '')).toBe(true);
  });

  it.each<[keyof ReviewHost, ...unknown[]]>([
    ['record', -1, false],
    ['record', 0],
    ['record', 0.5, false],
    ['record', '0', false],
    ['recordOfRow', NaN],
    ['decide', 3, keep],
    ['decide', 3, keep, -1],
    ['decide', 3, keep, Infinity],
    ['decide', 3, { decision: 'apply', label: null }, 1],
    ['decide', 3, { decision: 'change', label: 'spam' }, 1],
    ['decide', 3, { decision: 'change', label: [''] }, 1],
    ['decide', 3, { decision: 'change', label: [{}] }, 1],
    ['decide', 3, null, 1],
    ['decideMany', { rows: [1, -2] }, keep],
    ['decideMany', {}, keep],
    ['decideMany', { all: false }, keep],
    ['setFilter', { ...everything, sort: 'random' }],
    ['setFilter', { ...everything, scores: [0, 2] }],
    ['setFilter', { ...everything, scores: [0] }],
    ['setFilter', { ...everything, text: 'x'.repeat(100_001) }],
    ['setFilter', { ...everything, status: 'gone' }],
    ['setFilter', { ...everything, only: { name: 'conflicts', rows: [-1] } }],
    ['setFilter', { ...everything, only: { rows: [1] } }],
    ['setFilter', []],
    ['setStopAt', 2],
    ['setStopAt', NaN],
    ['setBlind', 'yes'],
    ['note', 1, 7],
    ['view', 'x'],
  ])('is not %s with %j %j %j', (name, ...args) => {
    expect(takes(name, ...args)).toBe(false);
  });
});

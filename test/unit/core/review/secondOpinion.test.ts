import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Review } from '../../../../extension/core/review/review';
import { opinionRequest, readOpinion, secondOpinion } from '../../../../extension/core/review/secondOpinion';
import { folderOfTest } from './engine/datasets';
import { reviewOfMails } from './tools/reviews';

const folder = folderOfTest();
let review: Review;
beforeAll(async () => {
  review = await reviewOfMails(folder.path, 'opinions.csv');
});
afterAll(async () => {
  await review.dispose();
  folder.remove();
});

describe('a second opinion', () => {
  it('is asked for with the text and the classes, and without what the record is labelled with', async () => {
    const ham = await opinionRequest(review, 4);
    expect(ham).toMatchObject({ row: 4, clipped: 0 });
    expect(ham.prompt).toContain('"win money now 4"');
    expect(ham.prompt).toContain('["ham","spam"]');
    const spam = await opinionRequest(review, 6);
    expect(review.detail(4)?.given).not.toEqual(review.detail(6)?.given);
    expect(spam.prompt.replace('now 6', 'now 4')).toBe(ham.prompt);
  });

  it('is stored as a proposal that decides nothing', async () => {
    const asked: string[] = [];
    const request = await opinionRequest(review, 4);
    const opinion = await secondOpinion(review, request, 'Small model', (prompt) => {
      asked.push(prompt);
      return Promise.resolve('```json\n{"label": "spam", "reason": "It promises money."}\n```');
    });
    expect(asked).toEqual([request.prompt]);
    expect(opinion).toEqual({ label: ['spam'], reason: 'It promises money.' });
    const [proposal] = review.detail(4)?.others ?? [];
    expect(proposal).toMatchObject({
      label: ['spam'],
      entry: { decision: 'change', source: 'model', note: 'Small model: It promises money.' },
    });
    expect(review.statusOf(4)).toBe('pending');
  });

  it('for the given label proposes to keep it', async () => {
    const answer = (): Promise<string> => Promise.resolve('{"label": "spam", "reason": "r"}');
    await secondOpinion(review, await opinionRequest(review, 9), 'm', answer);
    expect(review.detail(9)?.others[0]?.entry.decision).toBe('keep');
  });

  it.each([
    'spam',
    'I think it is {"label": "spam", "reason": "r"}',
    '{"label": "SPAM", "reason": "r"}',
    '{"label": ["spam"], "reason": "r"}',
    '{"label": "spam"}',
    '{"label": "spam", "reason": "r"',
    '{"labels": ["spam"], "reason": "r"}',
    '',
  ])('is none when the model answers %j', async (answer) => {
    const request = await opinionRequest(review, 20);
    await expect(secondOpinion(review, request, 'm', () => Promise.resolve(answer))).rejects.toThrow(
      'The model gave no label of this dataset.',
    );
    expect(review.detail(20)?.others).toEqual([]);
  });

  it('may name several classes, or none, where records have several', () => {
    const classes = ['a', 'b', 'c'];
    expect(readOpinion('{"labels": ["c", "a", "c"], "reason": " r "}', classes, true)).toEqual({
      label: ['c', 'a'],
      reason: 'r',
    });
    expect(readOpinion('{"labels": [], "reason": "r"}', classes, true).label).toEqual([]);
    expect(() => readOpinion('{"labels": ["d"], "reason": "r"}', classes, true)).toThrow('no label');
    expect(() => readOpinion('{"label": "a", "reason": "r"}', classes, true)).toThrow('no label');
  });

  it('is not asked for about a record that is not there', async () => {
    await expect(opinionRequest(review, 60)).rejects.toThrow('There is no record 60');
  });
});

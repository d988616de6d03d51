import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Review } from '../../../../../extension/core/review/review';
import { listCandidates, readRecordForModel } from '../../../../../extension/core/review/tools/candidateTools';
import { listFlaggedSamples } from '../../../../../extension/core/review/tools/flaggedSampleTool';
import { proposalText, readProposal } from '../../../../../extension/core/review/tools/proposal';
import { folderOfTest } from '../engine/datasets';
import { reviewOfMails } from './reviews';

const folder = folderOfTest();
let review: Review;
beforeAll(async () => {
  review = await reviewOfMails(folder.path, 'mails.csv');
});
afterAll(async () => {
  await review.dispose();
  folder.remove();
});

describe('the tool that lists candidates', () => {
  it('gives the likeliest ones first, some at a time, and says how to have the rest', async () => {
    const first = await listCandidates(review, { count: 3 });
    expect(first).toMatchObject({ classes: ['ham', 'spam'], records: 60, candidates: 4, matched: 4, from: 0 });
    expect(first).toMatchObject({ more: '1 more: call again with "from": 3' });
    const second = await listCandidates(review, { count: 3, from: 3 });
    expect(second).not.toHaveProperty('more');
    const rows = [first, second].flatMap((answer) => (answer as unknown as { list: { row: number }[] }).list);
    expect(rows.map(({ row }) => row)).toEqual([...review.candidates.rows]);
  });

  it('filters, and takes null for what is left out', async () => {
    const input = { given: 'ham', suggested: null, text: 'WIN money', sort: 'row', status: 'pending', maxScore: 1 };
    const { list } = (await listCandidates(review, input)) as unknown as { list: { row: number; text: string }[] };
    expect(list.map(({ row }) => row)).toEqual([4, 20]);
    expect(list[0]).toMatchObject({ given: 'ham', suggested: 'spam', status: 'pending', text: 'win money now 4' });
  });

  it.each([
    [{ count: -1 }, 'The field "count" has to be a whole number from 0 on.'],
    [{ sort: 'best' }, 'The field "sort" has to be one of likelihood, prediction, row, label_error_candidate.'],
    [{ minScore: 7 }, 'The field "minScore" has to be a number from 0 to 1.'],
    [{ limit: 5 }, 'There is no field "limit". Fields: dataset, given'],
    ['all', 'The input is no object.'],
  ])('refuses %j and says what fits', async (input, message) => {
    await expect(listCandidates(review, input)).rejects.toThrow(message);
  });
});

describe('the tool that reads a record', () => {
  it('gives its text, probabilities, words and similar records with another label', async () => {
    const answer = await readRecordForModel(review, { row: 9 });
    expect(answer).toMatchObject({ row: 9, given: 'spam', suggested: 'ham', text: 'meeting about the report 9' });
    const { probabilities, wordsForSuggestion, similarWithOtherLabels } = answer as unknown as {
      probabilities: Record<string, number>;
      wordsForSuggestion: { word: string; contribution: number }[];
      similarWithOtherLabels: { label: string }[];
    };
    expect(Object.keys(probabilities)).toEqual(['ham', 'spam']);
    expect(probabilities.ham).toBeGreaterThan(0.5);
    expect(wordsForSuggestion.some(({ word, contribution }) => word === 'meeting' && contribution > 0)).toBe(true);
    expect(new Set(similarWithOtherLabels.map(({ label }) => label))).toEqual(new Set(['ham']));
  });

  it('names the rows that there are', async () => {
    await expect(readRecordForModel(review, { row: 60 })).rejects.toThrow('Rows are numbered from 0 to 59');
    await expect(readRecordForModel(review, {})).rejects.toThrow('The field "row" is missing.');
  });
});

describe('the tool that proposes', () => {
  it('is stored beside the decisions of people and decides nothing', async () => {
    const { row, decision, label, note } = readProposal(review, {
      row: 4,
      decision: 'change',
      label: 'spam',
      note: ' It promises money. ',
    });
    await review.propose(row, decision, label, note);
    expect(review.statusOf(4)).toBe('pending');
    expect(review.counts.unapplied).toBe(0);
    const [proposal] = review.detail(4)?.others ?? [];
    expect(proposal).toMatchObject({ label: ['spam'], entry: { source: 'model', note: 'It promises money.' } });
    expect(await readRecordForModel(review, { row: 4 })).toMatchObject({
      decisions: [{ by: 'a language model (proposal)', decision: 'change', label: 'spam' }],
    });
  });

  it('is told in the words that a person is asked with', () => {
    const proposal = readProposal(review, { row: 4, decision: 'change', label: ['spam'], note: 'x' });
    expect(proposalText(proposal)).toBe('record 4: change the label to “spam”');
    expect(proposalText(readProposal(review, { row: 4, decision: 'discard', note: 'x' }))).toBe('record 4: discard');
  });

  it.each([
    [{ row: 4, decision: 'change', note: 'x' }, 'needs the field "label". Classes: "ham", "spam".'],
    [{ row: 4, decision: 'change', label: 'Spam', note: 'x' }, '"Spam" is not a class of this dataset.'],
    [{ row: 4, decision: 'change', label: ['ham', 'spam'], note: 'x' }, 'A record has one label.'],
    [{ row: 4, decision: 'apply', note: 'x' }, 'one of keep, change, ambiguous, discard, skip'],
    [{ row: 400, decision: 'keep', note: 'x' }, 'There is no record 400.'],
    [{ row: 4, decision: 'keep', note: ' ' }, 'A proposal needs its reason.'],
    [{ row: 4, decision: 'keep', note: 'x'.repeat(3000) }, 'The note has 3000 characters. Give at most 2000.'],
  ])('refuses %j', (input, message) => {
    expect(() => readProposal(review, input)).toThrow(message);
  });
});

it('lists the samples of a flag log by their option', async () => {
  const log = join(folder.path, 'logs.csv');
  const lines = Array.from({ length: 5 }, (_, row) => {
    return `text ${row},${row % 2 === 0 ? 'wrong' : 'odd'},2024-05-01 10:00:0${row}.123456`;
  });
  writeFileSync(log, ['input,flag,timestamp', ...lines, ''].join('\r\n'));
  expect(await listFlaggedSamples(log, { option: 'wrong', from: 1, count: 1 })).toEqual({
    flaggingOptions: { wrong: 3, odd: 2 },
    matched: 3,
    from: 1,
    list: [
      {
        row: 2,
        values: [{ name: 'input', value: 'text 2' }],
        option: 'wrong',
        username: null,
        timestamp: '2024-05-01 10:00:02.123456',
      },
    ],
    more: '1 more: call again with "from": 2',
  });
});

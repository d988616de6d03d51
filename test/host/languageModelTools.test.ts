import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { languageModelTools } from '../../extension/ids';
import { confirmProposal, propose } from '../../extension/ui/languageModel/proposals';
import { Reviews } from '../../extension/ui/reviews';
import { activateExtension, findLabelErrors, reviewBeside, writeMessages } from './reviews';
import { workspaceFolder, writeWorkspaceFile } from './workspace';

const folder = 'tools';

async function call(name: string, input: object): Promise<Record<string, unknown>> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  const [caution = '', answer = ''] = part.value.split('\n');
  assert.match(caution, /never instructions/);
  return JSON.parse(answer) as Record<string, unknown>;
}

describe('tools for language models', () => {
  let rows: number[];
  before(async () => {
    await activateExtension();
    rows = await findLabelErrors(await writeMessages(`${folder}/mails.csv`));
  });
  after(() => rm(path.join(workspaceFolder(), folder), { recursive: true, force: true }));

  it('are offered by the editor, with what they are for', () => {
    const known = vscode.lm.tools.map(({ name }) => name);
    for (const name of Object.values(languageModelTools)) assert.ok(known.includes(name), name);
  });

  it('list candidates, and read one with its probabilities', async () => {
    const dataset = `${folder}/mails.csv`;
    const answer = await call(languageModelTools.listCandidates, { dataset, count: 2 });
    assert.deepEqual(
      (answer.list as { row: number }[]).map(({ row }) => row),
      rows.slice(0, 2),
    );
    const record = await call(languageModelTools.readRecord, { dataset, row: rows[0] ?? 0 });
    assert.deepEqual(Object.keys(record.probabilities as object), ['ham', 'spam']);
  });

  it('tell the model which datasets there are', async () => {
    await assert.rejects(call(languageModelTools.listCandidates, { dataset: 'other.csv' }), /tools\/mails\.csv/);
  });

  it('list flagged samples', async () => {
    await writeWorkspaceFile(
      `${folder}/flagged/logs.csv`,
      'num,flag,timestamp\r\n5,wrong,2024-05-01 10:00:00.123456\r\n',
    );
    const answer = await call(languageModelTools.listFlaggedSamples, { log: `${folder}/flagged/logs.csv` });
    assert.deepEqual(answer.flaggingOptions, { wrong: 1 });
  });

  it('propose what the reviewer then sees, and decide nothing', async () => {
    const dataset = `${folder}/mails.csv`;
    const [row = 0] = rows;
    const input = { dataset, row, decision: 'ambiguous', note: 'Both fit.' };
    const uri = vscode.Uri.file(path.join(workspaceFolder(), dataset));
    const reviews = new Reviews(() => reviewBeside(uri, 'ann'), {
      report: (error) => assert.ifError(error),
      describe: (error) => ({ what: String(error), next: '', details: '' }),
    });
    const asked = await confirmProposal({ reviews }, input);
    assert.match(String(asked.confirmationMessages?.title), /proposal/);
    const message = asked.confirmationMessages?.message;
    assert.ok(message instanceof vscode.MarkdownString);
    assert.match(message.value, /mails\.csv/);
    await propose({ reviews }, input);
    const review = await reviews.of(uri);
    const [proposal] = review.detail(row)?.others ?? [];
    assert.deepEqual([proposal?.entry.source, proposal?.entry.note], ['model', 'Both fit.']);
    assert.equal(review.statusOf(row), 'pending');
    reviews.dispose();
  });
});

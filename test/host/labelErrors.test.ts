import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { silentLog } from '../../extension/core/log';
import { openDatasetReview } from '../../extension/core/review/datasetReview';
import { LocalEngine } from '../../extension/core/review/engine/localEngine';
import type { Review } from '../../extension/core/review/review';
import { commands } from '../../extension/ids';
import { decideCandidates } from '../../extension/ui/labelErrors/decideCandidates';
import { DecisionUndo } from '../../extension/ui/labelErrors/decisionUndo';
import { LabelErrorsTree } from '../../extension/ui/labelErrors/labelErrorsTree';
import {
  pageSize,
  type CandidateNode,
  type IssueNode,
  type Node,
  type PairNode,
} from '../../extension/ui/labelErrors/nodes';
import { QueryMemory } from '../../extension/ui/labelErrors/queryMemory';
import { Reviews } from '../../extension/ui/reviews';
import { builtInSearch, servicesIn } from '../builtInSearch';
import { answering, closeEditors, until, workspaceFolder, writeWorkspaceFile } from './workspace';

const hostile = '[x](command:evil) <img src=x> | win a prize';
const good = (at: number): string => `lunch with the team at noon ${at}`;
const bad = (at: number): string => `win a free prize now ${at}`;

/** Messages of two kinds; the first ones of each have the label of the other. */
function messages(count: number, wrong: number, first = bad(0)): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const isSpam = at % 2 === 0;
    const label = isSpam === at >= 2 * wrong ? 'spam' : 'ham';
    return `"${at === 0 ? first : isSpam ? bad(at) : good(at)}",${label}`;
  });
  return ['text,label', ...rows, ''].join('\r\n');
}

describe('the view of label errors', () => {
  const stored = new Map<string, unknown>();
  const memento: vscode.Memento = {
    keys: () => [...stored.keys()],
    get: (key: string, otherwise?: unknown) => stored.get(key) ?? otherwise,
    update: (key, value) => Promise.resolve(void stored.set(key, value)),
  };
  const failures: unknown[] = [];
  const errors = {
    report: (error: unknown): void => void failures.push(error),
    describe: (error: unknown) => ({ what: String(error), next: '', details: '' }),
  };
  let reviews: Reviews;
  let memory: QueryMemory;
  let tree: LabelErrorsTree;
  let drawn: (Node | Node[] | undefined)[];
  /** A folder that is made anew right after it was removed may not be watched. */
  let folders = 0;

  beforeEach(() => {
    failures.length = 0;
    stored.clear();
    drawn = [];
    const load = (dataset: string): Promise<Review> =>
      openDatasetReview({
        dataset,
        reviewer: 'ann',
        log: silentLog,
        createEngine: () => new LocalEngine(servicesIn('')),
      });
    reviews = new Reviews(load, errors);
    memory = new QueryMemory(memento);
    tree = new LabelErrorsTree({ reviews, errors, log: silentLog }, memory);
    tree.onDidChangeTreeData((nodes) => drawn.push(nodes));
  });
  afterEach(async () => {
    tree.dispose();
    memory.dispose();
    reviews.dispose();
    await closeEditors();
    assert.deepEqual(failures, []);
  });
  after(() => rm(path.join(workspaceFolder(), 'mails'), { recursive: true, force: true }));

  async function found(text: string): Promise<Review> {
    const uri = await writeWorkspaceFile(`mails/${++folders}/mails.csv`, text);
    const review = await reviews.of(uri);
    await review.find(builtInSearch(uri.fsPath));
    return review;
  }

  /** The node of a dataset; those of other tests may stand beside it. */
  async function datasetNode(review: Review): Promise<Node | undefined> {
    return (await tree.getChildren()).find((node) => node.kind === 'dataset' && node.review === review);
  }
  const below = async (review: Review): Promise<Node[]> => tree.getChildren(await datasetNode(review));
  const pairs = async (review: Review): Promise<PairNode[]> =>
    (await below(review)).filter((node) => node.kind === 'pair');
  const issues = async (review: Review): Promise<IssueNode[]> =>
    (await below(review)).filter((node) => node.kind === 'issue');
  const candidates = async (group: Node | undefined): Promise<CandidateNode[]> =>
    (await tree.getChildren(group)).filter((node) => node.kind === 'candidate');

  const item = (node: Node): vscode.TreeItem => tree.getTreeItem(node);
  const described = (node: Node | undefined): string => (node ? String(item(node).description) : '');

  function labelOf(node: Node | undefined): string {
    const label = node && item(node).label;
    return typeof label === 'string' ? label : '';
  }

  it('lists pairs of labels, and the candidates of each with their scores', async () => {
    const review = await found(messages(200, 10));
    const dataset = await datasetNode(review);
    assert.ok(dataset);
    assert.equal(described(dataset), '20 candidates');
    assert.match(
      item(dataset).accessibilityInformation?.label ?? '',
      /, 20 candidates in 200 records \(10\.0 %\), model accuracy 0\.\d\d, health 0\.\d\d$/,
    );
    const shown = await pairs(review);
    assert.deepEqual(shown.map((pair) => item(pair).label).sort(), ['ham → spam', 'spam → ham']);
    assert.equal(described(shown[0]), '10 · 10 pending');
    const own = await candidates(shown[0]);
    assert.equal(own.length, 10);
    assert.match(described(own[0]), /^(ham → spam|spam → ham) · 0\.\d{4}$/);
    assert.equal(new Set(own.map(({ id }) => id)).size, 10);
  });

  it('decides on one, draws only what that touches, and takes it back', async () => {
    const review = await found(messages(200, 10));
    review.frozen = true;
    const undo = new DecisionUndo(reviews, () => undefined);
    const [pair] = await pairs(review);
    const [first] = await candidates(pair);
    assert.ok(pair && first);
    drawn.length = 0;
    assert.ok(await decideCandidates(new Map([[review, [first.row]]]), { decision: 'change', label: null }));
    assert.deepEqual(drawn.filter(Boolean), [[pair]]);
    assert.match(described(first), /· changed to (spam|ham)$/);
    assert.equal(described(pair), '10 · 9 pending');
    assert.equal((await candidates(pair))[0]?.row, first.row);
    await undo.undo();
    assert.doesNotMatch(described(first), /changed/);
    await undo.redo();
    assert.match(described(first), /· changed to/);
    undo.dispose();
  });

  it('shows a decision on many before it is made, and takes all of it back at once', async () => {
    const review = await found(messages(200, 10));
    const rows = [...review.candidates.rows].slice(0, 5);
    await review.decide([{ row: rows[0] ?? 0, decision: 'keep' }]);
    const decide = () => decideCandidates(new Map([[review, rows]]), { decision: 'discard', label: null });
    const [question = ''] = await answering([], decide);
    assert.match(question, /^Discard 5 records\? .*(ham|spam): \d.*“.+”.*decided anew: 1.*One Undo/s);
    assert.equal(review.counts.discard, 0);
    await answering(['Discard'], decide);
    assert.equal(review.counts.discard, 5);
    await review.undo();
    assert.equal(review.counts.discard, 0);
    assert.equal(review.counts.keep, 1);
  });

  it('checks all candidates of a pair at once', async () => {
    const review = await found(messages(200, 10));
    const [pair, other] = await pairs(review);
    assert.ok(pair && other);
    tree.checkAll(pair);
    assert.deepEqual([...(tree.checked.get(review) ?? [])].sort(), [...pair.rows].sort());
    const isChecked = (node: Node | undefined): boolean => {
      const { checkboxState } = node ? item(node) : {};
      return typeof checkboxState === 'object' && checkboxState.state === vscode.TreeItemCheckboxState.Checked;
    };
    const own = await candidates(pair);
    assert.deepEqual(own.map(isChecked), Array(10).fill(true));
    assert.ok(!isChecked((await candidates(other))[0]));
    const [first] = own;
    assert.ok(first);
    tree.check([[first, vscode.TreeItemCheckboxState.Unchecked]]);
    assert.equal(tree.checked.get(review)?.size, 9);
    assert.ok(!isChecked(first));
    tree.uncheckAll();
    assert.equal(tree.checked.size, 0);
  });

  it('filters and sorts, which the workspace remembers', async () => {
    const review = await found(messages(200, 10));
    await memory.set({ given: 'ham', sort: 'row' });
    const [pair, ...others] = await pairs(review);
    assert.deepEqual([pair?.given, others.length, tree.matching], [['ham'], 0, 10]);
    const rows = (await candidates(pair)).map(({ row }) => row);
    assert.deepEqual(
      rows,
      [...rows].sort((a, b) => a - b),
    );
    const again = new QueryMemory(memento);
    assert.deepEqual([again.query.given, again.query.sort], ['ham', 'row']);
    again.dispose();
    await memory.set({ given: undefined, text: 'LUNCH' });
    assert.deepEqual(
      (await pairs(review)).map(({ given }) => given),
      [['spam']],
    );
  });

  it('leaves what was decided in its place until the order is asked for anew', async () => {
    const review = await found(messages(200, 10));
    await memory.set({ status: 'pending' });
    const [pair] = await pairs(review);
    assert.ok(pair);
    const row = pair.rows[0] ?? 0;
    await review.decide([{ row, decision: 'keep' }]);
    assert.ok((await pairs(review)).some(({ rows }) => rows.includes(row)));
    await memory.set({ status: 'pending' });
    assert.ok(!(await pairs(review)).some(({ rows }) => rows.includes(row)));
  });

  it('moves no line while decisions rank the rest anew', async () => {
    const review = await found(messages(200, 10));
    const before = (await pairs(review)).map(({ id, rows }) => [id, [...rows]] as const);
    const ranked = [...review.candidates.rows];
    const reranked = new Promise<void>((resolve) =>
      review.subscribe(({ kind }) => {
        if (kind === 'candidates') resolve();
      }),
    );
    await review.decide(ranked.slice(0, 6).map((row) => ({ row, decision: 'change' })));
    await reranked;
    const after = new Map((await pairs(review)).map(({ id, rows }) => [id, [...rows]]));
    for (const [id, rows] of before) {
      const now = after.get(id) ?? [];
      assert.deepEqual(
        rows.filter((row) => now.includes(row)),
        now.filter((row) => rows.includes(row)),
      );
    }
    await memory.set({ sort: 'likelihood' });
    const [first] = await pairs(review);
    const positions = first && Array.from(first.rows, (row) => review.candidates.rows.indexOf(row));
    assert.deepEqual(
      positions,
      positions?.toSorted((a, b) => a - b),
    );
  });

  it('shows a page of candidates, and more when asked', async () => {
    const review = await found(messages(3000, 250));
    const [pair] = await pairs(review);
    assert.ok(pair && pair.rows.length > pageSize);
    const more = (await tree.getChildren(pair)).at(-1);
    assert.ok(more?.kind === 'more' && more.left === pair.rows.length - pageSize);
    tree.showMore(more);
    assert.equal((await tree.getChildren(pair)).length, pair.rows.length);
  });

  it('lists duplicates with different labels, classes, and texts that say nothing, which can be decided on', async () => {
    const text = `${messages(60, 0)}same words here,ham\r\nsame words here,spam\r\n,ham\r\nok,ham\r\n`;
    const review = await found(text);
    const [duplicates, texts] = await issues(review);
    assert.deepEqual(
      (await candidates(duplicates)).map((node) => [node.row, described(node).replace(/ →.*/, '')]),
      [
        [60, 'same text as row 61 · ham'],
        [61, 'same text as row 60 · spam'],
      ],
    );
    assert.deepEqual(
      (await candidates(texts)).map((node) => [node.row, item(node).label]),
      [
        [62, 'Row 62'],
        [63, 'ok'],
      ],
    );
    const balance = (await below(review)).find(({ kind }) => kind === 'balance');
    assert.deepEqual(
      (await tree.getChildren(balance)).map((node) => item(node).label),
      ['ham', 'spam'],
    );
    assert.ok(await decideCandidates(new Map([[review, [61]]]), { decision: 'discard', label: null }));
    assert.match(described((await candidates(duplicates))[1]), /discarded$/);
  });

  it('tells everything in a tooltip, in which texts are no links', async () => {
    const review = await found(messages(200, 10, hostile));
    const node = (await Promise.all((await pairs(review)).map(candidates))).flat().find(({ row }) => row === 0);
    assert.ok(node);
    const { tooltip } = await tree.resolveTreeItem(item(node), node);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.equal(tooltip.isTrusted, false);
    assert.ok(tooltip.value.includes(`\`\`\`text\n${hostile}\n\`\`\``));
    assert.match(tooltip.value, /\| ham \| \d+\.\d&nbsp;% \| given \|/);
    assert.match(tooltip.value, /label\\_error\\_candidate/);
  });

  it('opens a record at its line', async () => {
    const review = await found(messages(200, 10));
    const node = (await candidates((await pairs(review))[0]))[0];
    assert.ok(node);
    await vscode.commands.executeCommand(commands.openCandidateInFile, node);
    const editor = await until(() => vscode.window.activeTextEditor);
    assert.equal(editor.document.uri.fsPath, review.dataset);
    assert.equal(editor.selection.active.line, node.row + 1);
  });

  it('copies all that is known of candidates', async () => {
    const review = await found(messages(200, 10));
    const [node] = await candidates((await pairs(review))[0]);
    await vscode.commands.executeCommand(commands.copyCandidates, node);
    const copied = JSON.parse(await vscode.env.clipboard.readText()) as Record<string, unknown>;
    assert.equal(copied.row, node?.row);
    assert.deepEqual(Object.keys(copied.record as object), ['text', 'label']);
  });

  it('marks a dataset whose labels changed since, and leaves these out of decisions', async () => {
    const review = await found(messages(200, 10));
    const [row = 0] = review.candidates.rows;
    const lines = messages(200, 10).split('\r\n');
    lines[row + 1] = lines[row + 1]?.replace(/(ham|spam)$/, (label) => (label === 'ham' ? 'spam' : 'ham')) ?? '';
    await writeFile(review.dataset, lines.join('\r\n'));
    await review.reload();
    const dataset = (await tree.getChildren()).find((node) => node.kind === 'dataset' && node.review === review);
    assert.match(described(dataset), /^changed since · 20 candidates$/);
    assert.equal(dataset && item(dataset).contextValue, 'dataset stale');
    const rows = [...review.candidates.rows].slice(0, 3);
    const [question = ''] = await answering([], () =>
      decideCandidates(new Map([[review, rows]]), { decision: 'keep', label: null }),
    );
    assert.match(question, /^Keep the labels of 2 records\? .*changed after the search: 1/s);
  });

  it('shows decisions of datasets that lost their file or their texts without these', async () => {
    const review = await found(messages(200, 10));
    const [pair] = await pairs(review);
    await rm(review.dataset);
    await memory.set({});
    assert.match(labelOf((await candidates(pair))[0]), /^Row \d+$/);
  });
});

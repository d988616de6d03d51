import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemo } from '../../../../extension/core/demo/loadDemo';
import { ExpectedError } from '../../../../extension/core/errors';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-demo-'));
  writeFileSync(join(folder, 'a.py'), 'def f(first, second): pass\n');
  writeFileSync(
    join(folder, 'a.demo.json'),
    '{"fn": "a.py:f", "inputs": ["text", "image"], "outputs": ["text"], "examples": [["x", "a.py"], ["y", "gone.png"]]}',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('loading a definition', () => {
  it('labels inputs by the source and keeps the examples whose files exist', async () => {
    const { demo, problems } = await loadDemo(join(folder, 'a.demo.json'), { logFormat: 'gradio-6' });
    expect(demo?.inputs.map(({ label }) => label)).toEqual(['first', 'second']);
    expect(demo?.logFormat).toBe('gradio-6');
    expect(demo?.examples).toMatchObject([['x', { path: join(folder, 'a.py'), meta: { _type: 'gradio.FileData' } }]]);
    expect(problems.map(({ message }) => message)).toEqual(["The example's file gone.png does not exist."]);
  });

  it('prefers the text of an editor', async () => {
    const { problems } = await loadDemo(join(folder, 'unsaved.demo.json'), { text: '{' });
    expect(problems[0]?.severity).toBe('error');
  });

  it('opens a demo whose source is a folder or is missing, with a warning', async () => {
    mkdirSync(join(folder, 'folder.py'), { recursive: true });
    for (const file of ['folder.py', 'gone.py']) {
      const text = `{"fn": "${file}:f", "inputs": ["text"], "outputs": ["text"]}`;
      const { demo, problems } = await loadDemo(join(folder, 'b.demo.json'), { text });
      expect(demo?.inputs[0]).not.toHaveProperty('label');
      expect(problems.map(({ message }) => message)).toEqual([`The file ${file} does not exist.`]);
    }
  });

  it('says what is wrong with a path', async () => {
    await expect(loadDemo(join(folder, 'none.demo.json'))).rejects.toThrow(ExpectedError);
    await expect(loadDemo(join(folder, 'none.demo.json'))).rejects.toThrow('does not exist');
    await expect(loadDemo(folder)).rejects.toThrow('is a folder');
  });
});

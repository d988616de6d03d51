import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Component } from '../../../extension/core/demo/components';
import { fileData } from '../../../extension/core/demo/fileData';
import { DemoState } from '../../../extension/ui/demoState';

const inputs: readonly Component[] = [
  { kind: 'textbox', label: 'text' },
  { kind: 'image', label: 'image' },
];

let storage: string;
let state: DemoState;

beforeEach(async () => {
  storage = await mkdtemp(path.join(os.tmpdir(), 'demo-state-'));
  state = new DemoState(storage, 'file:///ws/a.demo.json');
  await state.prepare();
});
afterEach(() => rm(storage, { recursive: true, force: true }));

describe('inputs over a reload', () => {
  it('come back as they were, for the same demo and the same inputs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.string(), fc.double(), fc.constant(null))), async (values) => {
        await state.save(inputs, values);
        const again = new DemoState(storage, 'file:///ws/a.demo.json');
        expect(await again.restore(inputs)).toEqual(values.map((value) => (Object.is(value, -0) ? 0 : value)));
      }),
      { numRuns: 25 },
    );
  });

  it('keep the last of several saves', async () => {
    void state.save(inputs, ['a']);
    void state.save(inputs, ['ab']);
    expect(await state.restore(inputs)).toEqual(['ab']);
  });

  it('are dropped when the inputs differ, when there are none, and when the file is broken', async () => {
    expect(await state.restore(inputs)).toBeUndefined();
    await state.save(inputs, ['a', null]);
    expect(await state.restore([{ kind: 'number', label: 'text' }])).toBeUndefined();
    expect(await new DemoState(storage, 'file:///ws/b.demo.json').restore(inputs)).toBeUndefined();
    await writeFile(path.join(path.dirname(state.mediaDir), 'inputs.json'), '{"signature":');
    expect(await state.restore(inputs)).toBeUndefined();
  });
});

describe('media', () => {
  it('are removed once no saved input needs them', async () => {
    for (const name of ['needed', 'old']) {
      await mkdir(path.join(state.mediaDir, 'uploads', name), { recursive: true });
      await writeFile(path.join(state.mediaDir, 'uploads', name, 'cat.png'), name);
    }
    await state.save(inputs, ['', fileData(path.join(state.mediaDir, 'uploads', 'needed', 'cat.png'))]);
    await state.prune();
    expect(await readdir(path.join(state.mediaDir, 'uploads'))).toEqual(['needed']);
  });
});

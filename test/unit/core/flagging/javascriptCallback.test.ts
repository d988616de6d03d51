import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createModuleCallback, type ModuleCallback } from '../../../../extension/core/flagging/javascriptCallback';
import { workerBundle } from '../demo/runners/workerBundle';
import { workbenches } from '../demo/runners/workbench';

const worker = workerBundle('javascriptWorker');
const open = workbenches(() => worker);
const callbacks: ModuleCallback[] = [];
afterEach(() => Promise.all(callbacks.splice(0).map((callback) => callback.dispose())));

async function callbackOf(text: string, name = 'Lines') {
  const bench = await open();
  const file = await bench.write('callback.mjs', text);
  const callback = createModuleCallback({ file, name }, { javascriptWorker: worker, log: bench.log });
  callbacks.push(callback);
  return { bench, callback };
}

const lines = `
import { appendFileSync } from 'node:fs';
export class Lines {
  rows = 0;
  setup(components, flaggingDir) { this.labels = components.map(({ label }) => label); this.log = flaggingDir + '/lines.txt'; }
  async flag(data, flagOption, username) {
    if (flagOption === 'crash') process.exit(3);
    if (flagOption === 'throw') throw new Error('the disk said no');
    if (flagOption === 'nothing') return;
    appendFileSync(this.log, JSON.stringify([this.labels, data, flagOption, username]) + '\\n');
    return ++this.rows;
  }
}
export const object = { setup() {}, flag: () => 42 };
export const other = { flag() {} };
`;

describe('a flagging callback of the workspace', () => {
  it('is set up once and records samples, special numbers included', async () => {
    const { bench, callback } = await callbackOf(lines);
    await callback.setup([{ kind: 'number', label: 'n' }], bench.folder);
    expect(await callback.flag([NaN], 'wrong', 'ann')).toBe(1);
    expect(await callback.flag([2])).toBe(2);
    const written = await readFile(join(bench.folder, 'lines.txt'), 'utf8');
    expect(written).toBe('[["n"],[null],"wrong","ann"]\n[["n"],[2],null,null]\n');
  });

  it('may be an object', async () => {
    const { bench, callback } = await callbackOf(lines, 'object');
    await callback.setup([], bench.folder);
    expect(await callback.flag([])).toBe(42);
  });

  it.each([
    ['throw', 'Lines threw Error: the disk said no.'],
    ['crash', 'exit code 3'],
  ])('that fails (%s) says so, and works again', async (option, what) => {
    const { bench, callback } = await callbackOf(lines);
    await callback.setup([{ kind: 'number', label: 'n' }], bench.folder);
    await expect(callback.flag([1], option)).rejects.toThrow(what);
    expect(await callback.flag([2], 'ok')).toBe(1);
  });

  it('that does not say how many rows there are has recorded the sample all the same', async () => {
    const { bench, callback } = await callbackOf(lines);
    await callback.setup([], bench.folder);
    expect(await callback.flag([1], 'nothing')).toBeNaN();
  });

  it('that is none is refused', async () => {
    const { bench, callback } = await callbackOf(lines, 'other');
    await expect(callback.setup([], bench.folder)).rejects.toThrow('other is no flagging callback.');
  });
});

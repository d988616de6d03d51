import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDemo } from '../../../../extension/core/demo/loadDemo';
import { signaturesIn } from '../../../../extension/core/demo/signature';

const folder = join(import.meta.dirname, '../../../../examples');
const definitions = readdirSync(folder).filter((file) => file.endsWith('.demo.json'));

describe('the examples', () => {
  it.each(definitions)('%s has no problem, and names a function or a dataset that exists', async (file) => {
    const { demo, problems } = await loadDemo(join(folder, file));
    expect(problems).toEqual([]);
    if (!demo || demo.fn.type === 'http') throw new Error('the example calls no file');
    const { fn } = demo;
    if (fn.type === 'classifier') return;
    const names = signaturesIn(readFileSync(fn.file, 'utf8'), fn.type).map(({ name }) => name);
    expect(names).toContain(fn.name);
  });

  it('label the calculator by its parameters', async () => {
    const { demo } = await loadDemo(join(folder, 'calculator.demo.json'));
    expect(demo?.inputs.map(({ label }) => label)).toEqual(['num1', 'operation', 'num2']);
    expect(demo?.outputs.map(({ label }) => label)).toEqual(['Output']);
    expect(demo?.flaggingOptions).toContainEqual({ label: 'Flag as wrong sign', value: 'wrong sign' });
  });
});

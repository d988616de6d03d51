import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRunner } from '../../../../../extension/core/demo/runners/createRunner';
import { bench, failure, MemoryLog, number, repository, services, temporaryFolder } from './support';

describe('a Python function', () => {
  it('is called with the inputs and gives the outputs of the calculator', async () => {
    const folder = await temporaryFolder();
    const fn = { type: 'python', file: join(repository, 'examples/calculator.py'), name: 'calculator' } as const;
    const operation = { kind: 'radio', label: 'operation', choices: [['subtract', 'subtract']] } as const;
    const components = { inputs: [number, operation, number], outputs: [number] };
    const runner = createRunner(fn, components, services(folder, new MemoryLog()));
    const status: string[] = [];
    expect(await runner.run([5, 'subtract', 7.5], { onStatus: (line) => status.push(line) })).toEqual([-2.5]);
    expect(status).toEqual([expect.stringMatching(/^Starting Python 3\.\d+…$/), 'Loading calculator.py…']);
    await runner.dispose();
    expect(await readFile(fn.file, 'utf8')).toContain('def calculator');
  });

  it('fails with the type, the message and the own frames of what it raised', async () => {
    const { runner } = await bench('model.py', 'def f(x):\n    return 1 / 0\n', 'f');
    const error = await failure(runner.run(['a']));
    expect(error.what).toBe('f raised ZeroDivisionError: division by zero');
    expect(error.details).toContain('line 2, in f');
    expect(error.details).not.toContain('flag_review_worker');
  });
});

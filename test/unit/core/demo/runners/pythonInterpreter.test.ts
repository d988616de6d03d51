import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPython, type PythonSearch } from '../../../../../extension/core/demo/runners/pythonInterpreter';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'interpreters-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** A program that answers like an interpreter of a version. */
async function interpreter(path: string, version: string): Promise<string> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho ${version}\n`);
  await chmod(file, 0o755);
  return file;
}

function search(options: Partial<PythonSearch> = {}): PythonSearch {
  return {
    baseDir: join(root, 'work', 'demos'),
    folders: [join(root, 'work')],
    environment: { PATH: [join(root, 'bin'), '/bin', '/usr/bin'].join(':') },
    ...options,
  };
}

describe.skipIf(process.platform === 'win32')('the interpreter', () => {
  it('is the setting, the choice of the Python extension, the nearest environment, or the one on PATH, in this order', async () => {
    const setting = await interpreter('chosen/python', '3.10.1');
    const pythonExtension = await interpreter('extension/python', '3.10.2');
    const outside = await interpreter('.venv/bin/python', '3.10.3');
    const upper = await interpreter('work/venv/bin/python', '3.10.4');
    const nearest = await interpreter('work/demos/.venv/bin/python', '3.10.5');
    const onPath = await interpreter('bin/python3', '3.10.6');
    const found = async (options?: Partial<PythonSearch>): Promise<string> => (await findPython(search(options))).path;
    expect(await found({ setting, pythonExtension })).toBe(setting);
    expect(await found({ pythonExtension })).toBe(pythonExtension);
    expect(await found()).toBe(nearest);
    await rm(nearest);
    expect(await found()).toBe(upper);
    await rm(upper);
    expect(await found()).toBe(onPath);
    expect(await found({ folders: [root] })).toBe(outside);
  });

  it('may be named in the setting as a command', async () => {
    await interpreter('bin/python3.13', '3.13.0');
    expect(await findPython(search({ setting: 'python3.13' }))).toMatchObject({ version: '3.13.0', origin: 'setting' });
  });

  it.each([
    ['is too old', '3.8.19', /is version 3\.8\.19; 3\.9 or newer is needed/],
    ['is Python 2', '2.7.18', /is version 2\.7\.18/],
    ['is no Python', 'hello', /does not behave like Python/],
  ])('that was chosen and %s is an error', async (_, version, message) => {
    const setting = await interpreter('old/python', version);
    await expect(findPython(search({ setting }))).rejects.toThrow(message);
  });

  it('that was chosen and does not exist is an error', async () => {
    await interpreter('bin/python3', '3.12.0');
    const setting = join(root, 'none');
    await expect(findPython(search({ setting }))).rejects.toThrow(/none cannot be used: there is no such file/);
  });

  it('that does not work is passed over unless it was chosen', async () => {
    await mkdir(join(root, 'work/demos/.venv/bin'), { recursive: true });
    await symlink(join(root, 'gone'), join(root, 'work/demos/.venv/bin/python'));
    await interpreter('work/venv/bin/python', '3.8.0');
    const onPath = await interpreter('bin/python3', '3.12.0');
    expect(await findPython(search())).toEqual({ path: onPath, version: '3.12.0', origin: 'PATH' });
  });

  it('that is nowhere is told so', async () => {
    const environment = { PATH: `bin:${join(root, 'bin')}` };
    await expect(findPython(search({ environment }))).rejects.toThrow(/No Python 3\.9 or newer was found/);
  });
});

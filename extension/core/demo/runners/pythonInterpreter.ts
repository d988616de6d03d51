import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join, relative } from 'node:path';
import { ExpectedError } from '../../errors';

/** Below this, Python lacks syntax and types that the worker uses. */
const oldest = { major: 3, minor: 9 };
/** Python starts in milliseconds; on a cold network drive it takes seconds. */
const probeMs = 15_000;
const probe = "import sys; print('.'.join(map(str, sys.version_info[:3])))";

export interface Interpreter {
  /** Absolute path, or a name that is found on PATH. */
  readonly path: string;
  /** "3.11.7" */
  readonly version: string;
  readonly origin: 'setting' | 'python extension' | 'virtual environment' | 'PATH';
}

export interface PythonSearch {
  /** What the person chose: a path, or a name on PATH. */
  readonly setting?: string | undefined;
  /** The choice of VS Code's Python extension, if there is one. */
  readonly pythonExtension?: string | undefined;
  /** The demo's folder; virtual environments are looked for here and upwards. */
  readonly baseDir: string;
  /** Where looking upwards ends: the workspace's folders. */
  readonly folders: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Candidate {
  readonly path: string;
  readonly origin: Interpreter['origin'];
}

type Probe = { readonly version: string } | { readonly problem: string };

/**
 * The Python that runs a demo's function. An explicit choice that does not work is an error; what is merely found is
 * passed over when it does not.
 */
export async function findPython(search: PythonSearch): Promise<Interpreter> {
  const { setting, environment } = search;
  if (setting) return chosen({ path: setting, origin: 'setting' }, environment);
  const tried: string[] = [];
  for await (const candidate of candidates(search)) {
    const found = await probed(candidate.path, environment);
    if ('version' in found) return { ...candidate, version: found.version };
    tried.push(`${candidate.path} (${candidate.origin}): ${found.problem}`);
  }
  throw new ExpectedError(
    `No Python ${oldest.major}.${oldest.minor} or newer was found.`,
    'Install Python, or name the interpreter in the setting flagReview.python.interpreter.',
    tried.join('\n'),
  );
}

async function chosen(candidate: Candidate, environment: PythonSearch['environment']): Promise<Interpreter> {
  const found = await probed(candidate.path, environment);
  if ('version' in found) return { ...candidate, version: found.version };
  throw new ExpectedError(
    `The Python interpreter ${candidate.path} cannot be used: ${found.problem}.`,
    'Name another one in the setting flagReview.python.interpreter (--python in a terminal), or none to have one found.',
  );
}

async function* candidates(search: PythonSearch): AsyncGenerator<Candidate> {
  if (search.pythonExtension) yield { path: search.pythonExtension, origin: 'python extension' };
  for (const folder of foldersUpwards(search)) {
    for (const name of ['.venv', 'venv']) {
      const path = join(folder, name, ...interpreterInEnvironment());
      if (await exists(path)) yield { path, origin: 'virtual environment' };
    }
  }
  const windows = process.platform === 'win32';
  for (const name of windows ? ['py', 'python', 'python3'] : ['python3', 'python']) {
    const path = await onPath(name, search.environment);
    if (path !== undefined) yield { path, origin: 'PATH' };
  }
}

/** From the demo's folder up to the workspace folder that holds it; the demo's folder alone when none does. */
function foldersUpwards({ baseDir, folders }: PythonSearch): string[] {
  const root = folders.find((folder) => contains(folder, baseDir));
  const upwards = [baseDir];
  for (let folder = baseDir; root !== undefined && folder !== root;) {
    folder = dirname(folder);
    upwards.push(folder);
  }
  return upwards;
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function interpreterInEnvironment(): string[] {
  return process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
}

/** Folders of PATH that are not absolute are skipped: they would name a file of the workspace. */
async function onPath(name: string, environment: PythonSearch['environment']): Promise<string | undefined> {
  const folders = (environment.PATH ?? environment.Path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of folders) {
    const path = join(folder, file);
    if (await exists(path)) return path;
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function probed(path: string, environment: PythonSearch['environment']): Promise<Probe> {
  const isName = !/[\\/]/.test(path);
  const file = isName ? await onPath(path, environment) : path;
  if (file === undefined) return { problem: 'it is not on PATH' };
  if (!isName && !(await exists(file))) return { problem: 'there is no such file' };
  const { output, problem } = await printed(file);
  const [, major, minor] = /^(\d+)\.(\d+)\.\d+$/.exec(output) ?? [];
  if (major === undefined || minor === undefined) return { problem: problem ?? 'it does not behave like Python' };
  const isNew = Number(major) > oldest.major || (Number(major) === oldest.major && Number(minor) >= oldest.minor);
  return isNew ? { version: output } : { problem: `it is version ${output}; 3.9 or newer is needed` };
}

function printed(file: string): Promise<{ readonly output: string; readonly problem?: string }> {
  return new Promise((resolve) => {
    execFile(file, ['-I', '-c', probe], { timeout: probeMs, windowsHide: true }, (error, stdout) => {
      const output = stdout.trim();
      if (!error) resolve({ output });
      else resolve({ output, problem: error.killed ? 'it did not answer' : (error.message.split('\n')[0] ?? '') });
    });
  });
}

import { stat } from 'node:fs/promises';
import { createRequire, register } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { ExpectedError } from '../../errors';
import { isRecord } from '../../json';
import { stampOf, type HookData, type LoadedFile } from './moduleHooks';
import { withPlace } from './syntax';
import { isInstalled, withVersion } from './version';

type Exports = Readonly<Record<string, unknown>>;

/** An export, and the object it is a method of. */
export interface Found {
  readonly value: unknown;
  readonly owner: unknown;
}

/** Loads one module, and loads it anew when its file or one that it imported has changed. */
export class ModuleLoader {
  private version = 0;
  private current: { readonly file: string; readonly exports: Exports } | undefined;
  /** Path and stamp of each file of the current module, those of installed packages not counted. */
  private readonly stamps = new Map<string, string>();
  private readonly loads: MessagePort;

  /** @param hooks path of the bundle that exports the loader's hooks */
  constructor(private readonly hooks: string) {
    const { port1, port2 } = new MessageChannel();
    this.loads = port1;
    port1.unref();
    const data: HookData = { port: port2, host: process.ppid };
    register(pathToFileURL(hooks).href, { data, transferList: [port2] });
  }

  async isCurrent(file: string): Promise<boolean> {
    if (this.current?.file !== file) return false;
    const changed = await Promise.all([...this.stamps].map(async ([path, stamp]) => (await stampOf(path)) !== stamp));
    return !changed.includes(true);
  }

  async load(file: string): Promise<void> {
    this.current = undefined;
    const status = await stat(file).catch(() => undefined);
    if (!status?.isFile())
      throw new ExpectedError(
        `There is no file ${file}.`,
        'Correct the path in the demo definition, or make the file.',
      );
    this.forget(file);
    const url = withVersion(pathToFileURL(file).href, String(++this.version));
    try {
      const exports = (await import(url)) as Exports;
      this.current = { file, exports };
    } catch (error) {
      await this.remember(file);
      if (error instanceof SyntaxError && !/line \d+\)$/.test(error.message))
        throw await withPlace(error, [...this.stamps.keys()]);
      throw error;
    }
    await this.remember(file);
  }

  /**
   * An export of the current module.
   *
   * @param name `export`, `default`, or `export.method`
   */
  find(name: string): Found {
    if (!this.current) throw new Error('No module is loaded.');
    const { file, exports } = this.current;
    const [first = '', ...rest] = name.split('.');
    let found: Found = { value: member(exports, first) ?? member(exports.default, first), owner: undefined };
    for (const key of rest) found = { value: member(found.value, key), owner: found.value };
    if (found.value !== undefined) return found;
    const names = namesIn(exports);
    const next = names.length === 0 ? 'It exports nothing.' : `It exports ${names.join(', ')}.`;
    throw new ExpectedError(`${basename(file)} has no export named ${name}.`, next);
  }

  /** CommonJS modules are kept by path alone. */
  private forget(file: string): void {
    this.stamps.clear();
    while (receiveMessageOnPort(this.loads));
    const { cache } = createRequire(file);
    for (const path of Object.keys(cache)) if (this.isOfPerson(path)) Reflect.deleteProperty(cache, path);
  }

  private async remember(file: string): Promise<void> {
    for (let load = receiveMessageOnPort(this.loads); load; load = receiveMessageOnPort(this.loads)) {
      const { path, stamp } = load.message as LoadedFile;
      this.stamps.set(path, stamp);
    }
    const required = Object.keys(createRequire(file).cache).filter((path) => this.isOfPerson(path));
    for (const path of required) if (!this.stamps.has(path)) this.stamps.set(path, await stampOf(path));
  }

  private isOfPerson(path: string): boolean {
    return path !== this.hooks && !isInstalled(path);
  }
}

function member(value: unknown, key: string): unknown {
  const hasMembers = typeof value === 'function' || (typeof value === 'object' && value !== null);
  return hasMembers ? (Reflect.get(value, key) as unknown) : undefined;
}

function namesIn(exports: Exports): string[] {
  const names = Object.keys(exports).filter((name) => name !== 'module.exports');
  return isRecord(exports.default) ? [...new Set([...names, ...Object.keys(exports.default)])] : names;
}

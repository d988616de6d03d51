import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Component } from '../core/demo/components';
import { filesIn } from '../core/demo/fileData';
import { nothingThere } from '../core/errors';
import { isRecord, jsonOrUndefined } from '../core/json';
import { decodeSpecialFloats, encodeSpecialFloats } from '../protocol/json';

/**
 * What a demo panel keeps over a window reload: the inputs, and the media that belong to them. Kept in a file, since an
 * input may be too large for the editor's own state.
 */
export class DemoState {
  /** Of this panel alone: uploads, copies for the page, and what the function returns. */
  readonly mediaDir: string;
  private readonly directory: string;
  private saving: Promise<void> = Promise.resolve();

  /** @param key of the demo, such as its address */
  constructor(storage: string, key: string) {
    this.directory = path.join(storage, 'demos', createHash('sha256').update(key).digest('hex').slice(0, 24));
    this.mediaDir = path.join(this.directory, 'media');
  }

  async prepare(): Promise<void> {
    await mkdir(this.mediaDir, { recursive: true });
  }

  /** Saves in order, the latest last; a file is replaced whole. */
  save(inputs: readonly Component[], values: readonly unknown[]): Promise<void> {
    const text = JSON.stringify({ signature: signatureOf(inputs), values: encodeSpecialFloats(values) });
    this.saving = this.saving.catch(() => undefined).then(() => this.write(text));
    return this.saving;
  }

  /** The saved values, or undefined when there are none for these inputs. */
  async restore(inputs: readonly Component[]): Promise<readonly unknown[] | undefined> {
    await this.saving.catch(() => undefined);
    const saved = await this.read();
    if (!isRecord(saved) || saved.signature !== signatureOf(inputs) || !Array.isArray(saved.values)) return undefined;
    const values = decodeSpecialFloats(saved.values);
    return Array.isArray(values) ? values : undefined;
  }

  /** Removes media that the saved inputs do not need. To be called before a panel of this demo opens. */
  async prune(): Promise<void> {
    const saved = await this.read();
    const needed = filesIn(saved).map((file) => path.relative(this.mediaDir, file.path));
    for (const kind of await readdir(this.mediaDir)) {
      const folder = path.join(this.mediaDir, kind);
      const entries = await readdir(folder).catch(() => []);
      for (const entry of entries) {
        const inside = path.join(kind, entry);
        if (needed.some((file) => file === inside || file.startsWith(inside + path.sep))) continue;
        await rm(path.join(folder, entry), { recursive: true, force: true });
      }
    }
  }

  private async read(): Promise<unknown> {
    const text = await readFile(path.join(this.directory, 'inputs.json'), 'utf8').catch(nothingThere);
    return text === undefined ? undefined : jsonOrUndefined(text);
  }

  private async write(text: string): Promise<void> {
    const file = path.join(this.directory, 'inputs.json');
    await mkdir(this.directory, { recursive: true });
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }
}

/** Saved values fit only the same kinds under the same labels. */
function signatureOf(inputs: readonly Component[]): string {
  return JSON.stringify(inputs.map(({ kind, label }) => [kind, label]));
}

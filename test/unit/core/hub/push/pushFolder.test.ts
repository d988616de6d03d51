import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inPushFolder } from '../../../../../extension/core/hub/push/pushFolder';

let parent: string;
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'flag-review-'))));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('the folder of a push', () => {
  it('is used by one after the other, each of which may find that the last one clears it away', async () => {
    const folder = join(parent, 'push');
    let inside = 0;
    const work = async (): Promise<number> => {
      inside++;
      await Promise.resolve();
      return inside--;
    };
    const pushes = Array.from({ length: 300 }, () => inPushFolder(folder, work));
    expect(new Set(await Promise.all(pushes))).toEqual(new Set([1]));
    expect(readdirSync(parent)).toEqual([]);
  });
});

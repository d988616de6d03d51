import { describe, expect, it } from 'vitest';
import type { HubClient, HubFile } from '../../../../../extension/core/hub/client/types';
import { HubError } from '../../../../../extension/core/hub/hubError';
import { readRemote } from '../../../../../extension/core/hub/plan/readRemote';

const card = '\uFEFF# Größe\r\n';

/** A Hub with one repository, whose only branch is `main`. */
function hub(readme: Buffer, failsForBranches = false): HubClient {
  const file = (path: string, size: number): HubFile => ({ path, size, oid: 'a'.repeat(40), sha256: undefined });
  const refused = (): never => {
    throw new Error('not of this test');
  };
  return {
    endpoint: 'https://hub.lan',
    repository: (id, revision = 'main') => {
      const exists = id === 'ada/sms' && revision === 'main';
      if (!exists && failsForBranches) return Promise.reject(new HubError('missing', 'no such revision'));
      return Promise.resolve(exists ? { id, visibility: 'public', commit: 'c'.repeat(40) } : undefined);
    },
    async *files(_, revision) {
      expect(revision).toBe('c'.repeat(40));
      yield* await Promise.resolve([file('README.md', readme.length), file('data/a.csv', 3)]);
    },
    async *download(_, revision, path) {
      expect([revision, path]).toEqual(['c'.repeat(40), 'README.md']);
      yield* await Promise.resolve(Array.from(readme, (byte) => Uint8Array.of(byte)));
    },
    whoAmI: refused,
    createRepository: refused,
    createBranch: refused,
    commits: refused,
    pullRequests: refused,
    commit: refused,
    cardErrors: refused,
  };
}

describe('what stands in a repository', () => {
  it('is its head, its files and its card, byte for byte', async () => {
    const state = await readRemote(hub(Buffer.from(card)), { repo: 'ada/sms', branch: undefined });
    expect(state).toMatchObject({
      endpoint: 'https://hub.lan',
      exists: true,
      branchExists: true,
      visibility: 'public',
    });
    expect(state.commit).toBe('c'.repeat(40));
    expect([...state.files.keys()]).toEqual(['README.md', 'data/a.csv']);
    expect(state.card).toBe(card);
  });

  it.each([false, true])('is that of main for a branch that is not there', async (fails) => {
    const state = await readRemote(hub(Buffer.from(card), fails), { repo: 'ada/sms', branch: 'dev' });
    expect(state).toMatchObject({ exists: true, branchExists: false, commit: 'c'.repeat(40), card });
  });

  it('is nothing without a repository', async () => {
    const state = await readRemote(hub(Buffer.from(card)), { repo: 'ada/other', branch: 'dev' });
    expect(state).toMatchObject({ exists: false, branchExists: false, files: new Map() });
  });

  it('needs a card that is a text', async () => {
    const broken = hub(Buffer.from([0xff, 0xfe, 0x41]));
    await expect(readRemote(broken, { repo: 'ada/sms', branch: undefined })).rejects.toThrow('no UTF-8');
  });
});

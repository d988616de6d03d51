import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gitConfigOf, ledgerName, reviewerName } from '../../../../../extension/core/review/ledger/reviewer';

const config =
  (values: Readonly<Record<string, string>>) =>
  (key: string): Promise<string | undefined> =>
    Promise.resolve(values[key]);

describe('the name of a reviewer', () => {
  it('is that of the settings, else that of git, else that of the user of the machine', async () => {
    const git = config({ 'user.name': 'Ada Lovelace\n', 'user.email': 'ada@example.com\n' });
    expect(await reviewerName(' Countess ', git, 'ada')).toBe('Countess');
    expect(await reviewerName('', git, 'ada')).toBe('Ada Lovelace');
    expect(await reviewerName(undefined, config({ 'user.email': 'ada@example.com' }), 'ada')).toBe('ada@example.com');
    expect(await reviewerName(undefined, config({ 'user.name': '\n' }), 'ada')).toBe('ada');
    expect(await reviewerName(undefined, config({}), ' ')).toBe('reviewer');
  });

  it('is one line, and the same from every keyboard', async () => {
    expect(await reviewerName('Jose\u0301\n\u0000 Ruiz', config({}), '')).toBe('José Ruiz');
  });

  const hasGit = spawnSync('git', ['--version']).status === 0;
  it.runIf(hasGit)(
    `is read from the configuration of a folder${hasGit ? '' : ' (skipped: no git on PATH)'}`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'flag-review-git-'));
      spawnSync('git', ['init'], { cwd: folder });
      writeFileSync(join(folder, '.git', 'config'), '[user]\n\tname = "Grace ü Hopper"\n');
      expect(await reviewerName(undefined, gitConfigOf(folder), 'user')).toBe('Grace ü Hopper');
      expect(await gitConfigOf(folder)('user.nothing')).toBeUndefined();
      expect(await gitConfigOf(join(folder, 'nowhere'))('user.name')).toBeUndefined();
      rmSync(folder, { recursive: true });
    },
  );
});

describe('the file of a reviewer', () => {
  it('can be read by people', () => {
    expect(ledgerName('ada')).toBe('ada.jsonl');
    expect(ledgerName('Ada Lovelace')).toMatch(/^ada-lovelace~[\da-f]{8}\.jsonl$/);
    expect(ledgerName('李雷')).toMatch(/^李雷~[\da-f]{8}\.jsonl$/);
  });

  it('is a safe name on every system, and belongs to one reviewer where capitals make no difference', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('con', 'NUL', 'aux.x', '..', '.', '/', '../../etc/passwd', 'a\\b', 'Ada', 'ada', 'ADA', 'äda'),
    );
    fc.assert(
      fc.property(name, name, (one, other) => {
        const file = ledgerName(one);
        expect(file).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cs}]|^\.|^(?:con|prn|aux|nul|com\d|lpt\d)\./iu);
        expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255);
        const fold = (text: string): string => text.normalize('NFKD').toLowerCase();
        expect(fold(file) === fold(ledgerName(other))).toBe(one === other);
      }),
      { numRuns: 500 },
    );
  });
});

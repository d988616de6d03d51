import { describe, expect, it } from 'vitest';
import { checkBranch, parseRepositoryId } from '../../../../extension/core/hub/repository';

describe('the name of a repository', () => {
  it.each(['ada/sms', ' ada/sms-spam ', 'A_1.b/0', `ada/${'x'.repeat(96)}`, 'ada/git', 'ada/a.gitx'])(
    'may be %j',
    (text) => {
      expect(parseRepositoryId(text)).toBe(text.trim());
    },
  );

  it.each([
    ['', 'Write it as namespace/name'],
    ['sms', 'Write it as namespace/name'],
    ['/sms', 'Write it as namespace/name'],
    ['ada/', 'Write it as namespace/name'],
    ['datasets/ada/sms', 'Write it as namespace/name'],
    ['https://huggingface.co/ada/sms', 'Write it as namespace/name'],
    ['ada/sms spam', 'only letters'],
    ['ada/é', 'only letters'],
    ['ada/a#b', 'only letters'],
    ['ada/a%20b', 'only letters'],
    ['ada/🎉', 'only letters'],
    [`ada/${'x'.repeat(97)}`, 'is longer than 96 characters'],
    ['a--b/sms', 'neither "--" nor ".."'],
    ['ada/a..b', 'neither "--" nor ".."'],
    ['../sms', 'neither "--" nor ".."'],
    ['ada/-sms', 'neither begins nor ends'],
    ['ada./sms', 'neither begins nor ends'],
    ['ada/sms.git', 'ends in ".git"'],
  ])('is not %j', (text, reason) => {
    expect(() => parseRepositoryId(text)).toThrow(reason);
  });
});

describe('the name of a branch', () => {
  it.each(['main', 'dev/a b', 'v1.0', 'é#%'])('may be %j', (name) => {
    expect(() => checkBranch(name)).not.toThrow();
  });

  it.each([
    '',
    '@',
    ' main',
    '-x',
    '/x',
    'x/',
    'x.',
    'a..b',
    'a//b',
    'a.lock',
    'a.lock/b',
    '.a',
    'a/.b',
    'a~1',
    'a:b',
    'a\nb',
  ])('is not %j', (name) => {
    expect(() => checkBranch(name)).toThrow('is no name of a branch. Choose another one, such as main.');
  });
});

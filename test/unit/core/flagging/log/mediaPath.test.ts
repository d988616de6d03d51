import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveMedia, type ResolvedMedia } from '../../../../../extension/core/flagging/log/mediaPath';
import { hex } from './written';

let root: string;
let workspace: string;
let log: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flag-review-media-')));
  workspace = join(root, 'workspace');
  log = join(workspace, 'app', '.gradio', 'flagged', 'dataset1.csv');
  mkdirSync(dirname(log), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

function file(...path: string[]): string {
  const absolute = join(...path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, 'x');
  return absolute;
}

const find = (text: string, folders = [workspace]): Promise<ResolvedMedia> => resolveMedia(text, { log, folders });

describe('a path in a cell', () => {
  it('is found beside the log, by either separator and from wherever the app ran', async () => {
    const image = file(dirname(log), 'im', hex(20), 'my cat (1).png');
    for (const text of [
      `im/${hex(20)}/my cat (1).png`,
      `.gradio/flagged/im/${hex(20)}/my cat (1).png`,
      `.gradio\\flagged\\im\\${hex(20)}\\my cat (1).png`,
      `app/.gradio/flagged/im/${hex(20)}/my cat (1).png`,
      `/home/somebody/app/.gradio/flagged/im/${hex(20)}/my cat (1).png`,
      `C:\\project\\flagged\\im\\${hex(20)}\\my cat (1).png`,
      `old name/im/${hex(20)}/my cat (1).png`,
      image,
    ]) {
      expect(await find(text)).toEqual({ file: image });
    }
  });

  it('is found in the workspace, but the log comes first', async () => {
    const shared = file(workspace, 'shared', 'a.png');
    expect(await find('shared/a.png')).toEqual({ file: shared });
    expect(await find(shared)).toEqual({ file: shared });
    const beside = file(dirname(log), 'shared', 'a.png');
    expect(await find('shared/a.png')).toEqual({ file: beside });
  });

  it('is never opened outside of the folders', async () => {
    const secret = file(root, 'secret.png');
    symlinkSync(secret, join(dirname(log), 'link.png'));
    symlinkSync(root, join(dirname(log), 'im'));
    for (const text of [secret, '../../../../secret.png', 'link.png', 'im/secret.png', `x/../../../../../secret.png`]) {
      expect(await find(text)).toHaveProperty('problem');
    }
    expect(await find(secret)).toEqual({ problem: expect.stringMatching(/outside of the workspace/) as string });
    expect(await find('link.png')).toEqual({ problem: expect.stringMatching(/leads out/) as string });
  });

  it('is found in folders that are reached by a link', async () => {
    const image = file(dirname(log), 'im', '0.png');
    const link = join(root, 'linked');
    symlinkSync(workspace, link);
    const linkedLog = join(link, 'app', '.gradio', 'flagged', 'dataset1.csv');
    expect(await resolveMedia('im/0.png', { log: linkedLog, folders: [link] })).toEqual({ file: image });
    expect(await resolveMedia(image, { log: linkedLog, folders: [link] })).toEqual({ file: image });
  });

  it.each([
    '',
    'im/0.png',
    'a\0b.png',
    'https://example.org/a.png',
    'data:image/png;base64,AA',
    '..',
    '/',
    '\\\\host\\a',
  ])('tells why %j is not there', async (text) => {
    const found = await find(text);
    expect(found).toEqual({ problem: expect.stringMatching(/\.$/) as string });
  });

  it('is no folder', async () => {
    mkdirSync(join(dirname(log), 'im', 'gallery'), { recursive: true });
    expect(await find('im/gallery')).toEqual({ problem: '“im/gallery” is a folder.' });
  });
});

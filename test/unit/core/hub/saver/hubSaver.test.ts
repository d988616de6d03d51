import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../../../extension/core/errors';
import { testTokens } from '../../../../hub/accounts';
import { start } from '../../../../hub/harness';
import { killedAfterCommit } from './killing';
import { machine, repo, rowsOnHub } from './saving';

const commits = (paths: readonly string[]): string[] => paths.filter((path) => path.includes('/commit/main'));

describe('HuggingFaceDatasetSaver', () => {
  it('records on this disk first, and sends later what the Hub shows as images and labels', async () => {
    const hub = await start();
    const ada = machine(hub);
    const { log, rows } = await ada.flag('hello');
    expect(rows).toBe(1);
    expect(readFileSync(log, 'utf8')).toContain('hello,picture/0.png,');
    expect(hub.log).toEqual([]);
    expect(await ada.send()).toEqual({ kind: 'idle' });
    const repository = hub.repository(repo);
    expect(repository.visibility).toBe('private');
    expect(repository.paths()).toEqual([
      '.gitattributes',
      'README.md',
      expect.stringMatching(/^data\/flags-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-[\da-f-]{36}\.parquet$/),
    ]);
    const card = (await repository.read('README.md')).toString();
    expect(card).toContain('path: data/flags-*');
    expect(card).toContain('- name: picture\n    dtype: image');
    expect(await rowsOnHub(hub)).toEqual([
      {
        text: 'hello',
        picture: { bytes: new Uint8Array(Buffer.from('a cat')), path: 'cat.png' },
        class: 'cat',
        'class confidences': [{ label: 'cat', confidence: 0.75 }],
        flag: 'wrong',
        username: null,
        timestamp: expect.stringMatching(/^\d{4}-/) as string,
      },
    ]);
    expect(existsSync(ada.queue.path)).toBe(false);
    expect(readdirSync(ada.queue.folder)).toEqual([]);
  });

  it('queues while there is no Hub, and makes one commit of all in their order once it is up', async () => {
    const hub = await start();
    const ada = machine(hub);
    hub.fault({ path: /^\/api\/datasets/, status: 503, times: 12 });
    for (const text of ['one', 'two', 'three']) await ada.flag(text);
    expect(await ada.send()).toEqual({ kind: 'idle' });
    expect(ada.states.some(({ kind }) => kind === 'waiting')).toBe(true);
    expect((await rowsOnHub(hub)).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(hub.repository(repo).history()).toHaveLength(2);
    expect(hub.repository(repo).at().title).toBe('Add 3 flags');
  });

  it('survives a restart: another process sends what was queued, with the files as they were flagged', async () => {
    const hub = await start();
    const ada = machine(hub);
    await ada.flag('first', 'as it was');
    await ada.flag('second', 'as it became');
    const again = machine(hub, { folder: ada.folder });
    await again.send();
    const pictures = (await rowsOnHub(hub)).map(({ picture }) => picture as { bytes: Uint8Array });
    expect(pictures.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['as it was', 'as it became']);
  });

  it('adds shards and leaves the card alone that somebody edited', async () => {
    const hub = await start();
    const ada = machine(hub);
    await ada.flag('one');
    await ada.send();
    const card = (await hub.repository(repo).read('README.md')).toString();
    await hub.repository(repo).commit({ 'README.md': `${card}\nA line of mine.\n` });
    await ada.flag('two');
    await ada.send();
    expect((await hub.repository(repo).read('README.md')).toString()).toContain('A line of mine.');
    expect((await rowsOnHub(hub)).map(({ text }) => text).sort()).toEqual(['one', 'two']);
    expect(hub.repository(repo).paths()).toHaveLength(4);
  });

  it('never mixes the columns of two demos', async () => {
    const hub = await start();
    const ada = machine(hub);
    await ada.flag('with a picture');
    void ada.saver.setup([{ kind: 'number', label: 'a' }], ada.folder);
    await ada.saver.record({ data: [1.5], option: null, username: 'ada' });
    await ada.send();
    const folder = hub
      .repository(repo)
      .paths()
      .find((path) => path.startsWith('flags-'))
      ?.split('/')[0];
    expect(await rowsOnHub(hub)).toMatchObject([{ text: 'with a picture' }]);
    expect(await rowsOnHub(hub, folder)).toMatchObject([{ a: 1.5, username: 'ada' }]);
    const card = (await hub.repository(repo).read('README.md')).toString();
    expect(card).toContain('config_name: default');
    expect(card).toContain(`config_name: ${folder ?? ''}`);
  });

  it('keeps every row when two machines send at once', async () => {
    const hub = await start({ commitTakes: 20 });
    const machines = [machine(hub), machine(hub, { token: testTokens.write })];
    for (const [index, one] of machines.entries()) {
      for (let flag = 0; flag < 5; flag++) await one.flag(`${index}-${flag}`);
    }
    await Promise.all(machines.map((one) => one.send()));
    const texts = (await rowsOnHub(hub)).map(({ text }) => String(text));
    expect(texts.sort()).toEqual([0, 1].flatMap((one) => [0, 1, 2, 3, 4].map((flag) => `${one}-${flag}`)));
  });

  it('takes back what was not sent, and says so of what was', async () => {
    const hub = await start();
    const ada = machine(hub);
    const first = await ada.flag('sent');
    await ada.send();
    const second = await ada.flag('taken back');
    await ada.saver.undo(second);
    expect((await ada.queue.read()).waiting).toEqual([]);
    await ada.saver.undo(first);
    expect(ada.log.at(-1)).toBe(
      'The flag is taken back here, but ada/flags on the Hub has it already: it stays there.',
    );
    await ada.send();
    expect((await rowsOnHub(hub)).map(({ text }) => text)).toEqual(['sent']);
    expect(existsSync(first.log)).toBe(false);
  });

  it('does not record what it cannot queue, so that the recorder keeps it', async () => {
    const hub = await start();
    const ada = machine(hub);
    await ada.flag('one');
    const missing = { path: join(ada.folder, 'gone.png'), meta: { _type: 'gradio.FileData' } };
    await expect(ada.saver.record({ data: ['two', missing], option: null, username: null })).rejects.toThrow();
    expect((await ada.queue.read()).waiting).toHaveLength(1);
  });
});

describe('what keeps flags from being sent', () => {
  it.each([
    ['a token that nobody knows', 'hf_Unknown', 'does not accept your token'],
    ['a token that may only read', testTokens.read, 'does not allow it'],
  ])('stops for %s, and keeps the flags', async (_, token, reason) => {
    const hub = await start();
    hub.addRepository(repo);
    const ada = machine(hub, { token });
    await ada.flag('one');
    const state = await ada.send();
    expect(state).toMatchObject({ kind: 'stopped', reason: expect.stringContaining(reason) as string });
    const { waiting, open } = await ada.queue.read();
    expect(waiting).toHaveLength(1);
    expect(open).toBeUndefined();
    const before = hub.log.length;
    await ada.flag('two');
    ada.sender.wake();
    await ada.sender.settled();
    expect(hub.log).toHaveLength(before);
    await machine(hub, { folder: ada.folder }).send();
    expect((await rowsOnHub(hub)).map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('stops when it may not be sent, and asks the Hub nothing', async () => {
    const hub = await start();
    const refuse = new ExpectedError('Nothing was sent: you did not agree.');
    const ada = machine(hub, { connect: () => Promise.reject(refuse) });
    await ada.flag('one');
    expect(await ada.send()).toEqual({ kind: 'stopped', reason: 'Nothing was sent: you did not agree.' });
    expect(hub.log).toEqual([]);
  });

  it('waits as long as the Hub says, and goes on by itself', async () => {
    const hub = await start();
    const ada = machine(hub);
    hub.fault({ path: /^\/api\/datasets/, status: 429, headers: { RateLimit: '"api";r=0;t=4000' } });
    await ada.flag('one');
    const sending = ada.send();
    await expect.poll(() => ada.sender.state).toMatchObject({ kind: 'waiting' });
    const { state } = ada.sender;
    expect(state.kind === 'waiting' && state.retryAt - Date.now()).toBeGreaterThan(3_900_000);
    ada.sender.sendNow();
    expect(await sending).toEqual({ kind: 'idle' });
    expect(await rowsOnHub(hub)).toHaveLength(1);
  });

  it('takes no flags from a file that were agreed to go to another repository', async () => {
    const hub = await start();
    const ada = machine(hub);
    await ada.flag('one');
    const other = machine(hub, { folder: ada.folder, target: { repo: 'ada/other' } });
    copyFileSync(ada.queue.path, other.queue.path);
    expect((await ada.queue.read()).waiting).toHaveLength(1);
    expect(await other.queue.read()).toEqual({ waiting: [], open: undefined });
    expect(await other.send()).toEqual({ kind: 'idle' });
    expect(hub.log).toEqual([]);
  });

  it('sends nothing private to a repository that is public', async () => {
    const hub = await start();
    hub.addRepository(repo, 'public');
    const ada = machine(hub);
    await ada.flag('one');
    expect(await ada.send()).toMatchObject({
      kind: 'stopped',
      reason: expect.stringContaining('ada/flags is public') as string,
    });
    expect(commits(hub.log)).toEqual([]);
  });

  it('does not hide data that somebody else put there', async () => {
    const hub = await start();
    await hub.addRepository(repo).commit({ 'train.csv': 'a,b\n1,2\n' });
    const ada = machine(hub);
    await ada.flag('one');
    expect(await ada.send()).toMatchObject({
      kind: 'stopped',
      reason: expect.stringContaining('holds other data (train.csv)') as string,
    });
  });

  it('recognises the commit whose answer was lost', async () => {
    const hub = await start();
    const ada = machine(hub);
    hub.fault({ method: 'POST', path: /\/commit\/main/, applyThenCut: true });
    hub.fault({ path: /\/commits\/main/, status: 503, times: 6 });
    await ada.flag('one');
    await ada.send();
    expect((await rowsOnHub(hub)).map(({ text }) => text)).toEqual(['one']);
  });

  it('recognises a commit when its process was killed before it could note it', async () => {
    const hub = await start();
    const ada = machine(hub);
    await ada.flag('one');
    await ada.flag('two');
    await killedAfterCommit(hub, ada.folder);
    expect((await ada.queue.read()).open?.flags).toHaveLength(2);
    await hub.repository(repo).commit({ 'notes.md': 'Somebody else was faster.' });
    await ada.flag('three');
    await ada.send();
    expect((await rowsOnHub(hub)).map(({ text }) => text).sort()).toEqual(['one', 'three', 'two']);
    expect(
      hub
        .repository(repo)
        .history()
        .map(({ title }) => title),
    ).toEqual(['Add 1 flag', 'Change by somebody else', 'Add 2 flags', 'initial commit']);
  });

  it('writes no token to the disk', async () => {
    const hub = await start();
    const ada = machine(hub, { token: testTokens.read });
    hub.addRepository(repo);
    await ada.flag('one');
    await ada.send();
    for (const entry of readdirSync(ada.folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name), 'utf8')).not.toContain('hf_');
    }
    expect(ada.log.join('\n')).not.toContain('hf_');
  });
});

import { describe, expect, it } from 'vitest';
import { start } from '../../../../hub/harness';
import type { TestHub } from '../../../../hub/hub';
import { machine, repo } from './saving';

const read = async (hub: TestHub, path: string): Promise<string> => (await hub.repository(repo).read(path)).toString();
const classes = '{""label"": ""cat"", ""confidences"": [{""label"": ""cat"", ""confidence"": 0.75}]}';
const features =
  '{"flagged": {"features": {"text": {"dtype": "string", "_type": "Value"}, "picture": {"dtype": "string", "_type": "Value"}, ' +
  '"picture file": {"_type": "Image"}, "class": {"dtype": "string", "_type": "Value"}, ' +
  '"flag": {"dtype": "string", "_type": "Value"}, "username": {"dtype": "string", "_type": "Value"}}}}';

/** The paths of a repository, with a word for what is random. */
const paths = (hub: TestHub): string[] =>
  hub
    .repository(repo)
    .paths()
    .map((path) => path.replace(/[\da-f]{20}/, 'HEX').replace(/^[\da-f-]{36}/, 'UUID'))
    .sort();

describe('the layout of Gradio', () => {
  it('writes data.csv and dataset_info.json byte for byte', async () => {
    const hub = await start();
    const ada = machine(hub, { target: { layout: 'gradio' } });
    await ada.flag('hi, =1');
    expect(await ada.send()).toEqual({ kind: 'idle' });
    expect(paths(hub)).toEqual(['.gitattributes', 'README.md', 'data.csv', 'dataset_info.json', 'picture/HEX/cat.png']);
    const file = hub
      .repository(repo)
      .paths()
      .find((path) => path.endsWith('.png'));
    const url = `${hub.url}/datasets/${repo}/resolve/main/${file ?? ''}`;
    expect(await read(hub, 'data.csv')).toBe(
      `text,picture,picture file,class,flag,username\r\n"hi, =1",${file ?? ''},${url},"${classes}",wrong,\r\n`,
    );
    expect(await read(hub, 'dataset_info.json')).toBe(features);
    expect(await read(hub, 'README.md')).toBe(
      '---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: data.csv\n---\n',
    );
    expect(hub.repository(repo).at().title).toBe('Flagged sample #1');
  });

  it('adds rows below those that a running Gradio app wrote, guarded as Gradio does', async () => {
    const hub = await start();
    const theirs = 'text,picture,picture file,class,flag,username\r\ntheirs,,,,bad,bob\r\n';
    await hub.addRepository(repo).commit({ 'data.csv': theirs, 'dataset_info.json': '{"kept": true}' });
    const ada = machine(hub, { target: { layout: 'gradio' } });
    await ada.saver.record({ data: ['-3', null, null], option: 'wrong', username: 'ada' });
    await ada.saver.record({ data: ['two', null, null], option: null, username: null });
    await ada.send();
    expect(await read(hub, 'data.csv')).toBe(`${theirs}'-3,,,,wrong,ada\r\ntwo,,,,,\r\n`);
    expect(await read(hub, 'dataset_info.json')).toBe('{"kept": true}');
    expect(hub.repository(repo).at().title).toBe('Flagged samples #2 to #3');
  });

  it('names a component without a label, and writes a value that is not there, as Gradio does', async () => {
    const hub = await start();
    const ada = machine(hub, { target: { layout: 'gradio' } });
    void ada.saver.setup([{ kind: 'textbox' }, { kind: 'image', label: 'picture' }], ada.folder);
    await ada.saver.record({ data: [null, null], option: 'wrong', username: null });
    await ada.send();
    expect(await read(hub, 'data.csv')).toBe(',picture,picture file,flag,username\r\nnull,,,wrong,\r\n');
  });

  it('refuses a log with other columns', async () => {
    const hub = await start();
    await hub.addRepository(repo).commit({ 'data.csv': 'a,b\r\n1,2\r\n' });
    const ada = machine(hub, { target: { layout: 'gradio' } });
    await ada.flag('one');
    const reason = expect.stringContaining('data.csv of ada/flags has other columns than this demo') as string;
    expect(await ada.send()).toMatchObject({ kind: 'stopped', reason });
    expect(await read(hub, 'data.csv')).toBe('a,b\r\n1,2\r\n');
  });

  it.each(['gradio', 'gradioDirs'] as const)('keeps every row when two machines send at once: %s', async (layout) => {
    const hub = await start({ commitTakes: 20 });
    const machines = [machine(hub, { target: { layout } }), machine(hub, { target: { layout } })];
    for (const [index, one] of machines.entries()) {
      for (let flag = 0; flag < 4; flag++) await one.flag(`row ${index}-${flag}`);
    }
    await Promise.all(machines.map((one) => one.send()));
    const files = hub
      .repository(repo)
      .paths()
      .filter((path) => /data\.csv$|\.jsonl$/.test(path));
    const text = (await Promise.all(files.map((path) => read(hub, path)))).join('\n');
    const found = [...text.matchAll(/row \d-\d/g)].map(([row]) => row);
    expect(found.sort()).toEqual([0, 1].flatMap((one) => [0, 1, 2, 3].map((flag) => `row ${one}-${flag}`)));
  });

  it('writes a folder for each flag with separate_dirs', async () => {
    const hub = await start();
    const ada = machine(hub, { target: { layout: 'gradioDirs', infoFilename: 'features.json' } });
    await ada.flag('-3 é');
    await ada.send();
    expect(paths(hub)).toEqual([
      '.gitattributes',
      ...['README.md', 'UUID/metadata.jsonl', 'UUID/picture/HEX/cat.png', 'features.json'],
    ]);
    const files = hub.repository(repo).paths();
    const [metadata = '', file = ''] = ['.jsonl', '.png'].map((end) => files.find((path) => path.endsWith(end)));
    const url = `${hub.url}/datasets/${repo}/resolve/main/${file}`;
    const inJson = classes.replaceAll('""', '\\"');
    expect(await read(hub, metadata)).toBe(
      `{"text": "-3 \\u00e9", "picture": "${file}", "picture file": "${url}", "class": "${inJson}", "flag": "wrong", "username": ""}`,
    );
    expect(await read(hub, 'README.md')).toContain("path: '**/*.jsonl'");
    expect(hub.repository(repo).at().title).toBe(`Flagged sample #${metadata.slice(0, 36)}`);
  });
});

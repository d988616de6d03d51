import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findClassNames } from '../../../../extension/core/dataset/classNames';
import { openTable } from '../../../../extension/core/dataset/openTable';

const topics = ['World', 'Sports', 'Business', 'Sci/Tech'];
const classLabel = { names: topics, _type: 'ClassLabel' };

/** As the card of ag_news on the Hub has it. */
const card = `---
language:
- en
dataset_info:
  features:
  - name: text
    dtype: string
  - name: label
    dtype:
      class_label:
        names:
          '0': World
          '1': Sports
          '2': Business
          '3': Sci/Tech
---

# AG News
`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'class-names-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

describe('findClassNames', () => {
  it.each([
    ['README.md', card],
    ['README.md', card.replaceAll('\n', '\r\n')],
    ['dataset_info.json', JSON.stringify({ features: { text: { dtype: 'string' }, label: classLabel } })],
    ['dataset_infos.json', JSON.stringify({ default: { features: { label: classLabel } } })],
    ['dataset_info.json', JSON.stringify({ features: { label: { feature: classLabel, _type: 'Sequence' } } })],
  ])('finds those of a %s', async (file, content) => {
    const source = await put(file, content);
    const path = await put('train.csv', 'text,label\n');
    expect(await findClassNames({ path }, 'label')).toEqual({ names: topics, source });
    expect(await findClassNames({ path }, 'text')).toBeUndefined();
    expect(await findClassNames({ path }, 'constructor')).toBeUndefined();
  });

  it('looks in the folders above, up to the root', async () => {
    const source = await put('README.md', card);
    const path = await put('data/train/a.csv', 'text,label\n');
    expect(await findClassNames({ path }, 'label', folder)).toEqual({ names: topics, source });
    expect(await findClassNames({ path }, 'label', join(folder, 'data'))).toBeUndefined();
    expect(await findClassNames({ path }, 'label', join(folder, 'elsewhere'))).toBeUndefined();
    expect(await findClassNames({ path }, 'label')).toBeUndefined();
  });

  it('reads lists of labels, several configurations, and names that look like other things', async () => {
    const source = await put(
      'README.md',
      `---
dataset_info:
- config_name: plain
  features: [{name: text, dtype: string}]
- config_name: multi
  features:
  - name: tags
    sequence: {class_label: {names: {'0': no, '1': 1.0, '2': 2024-01-01, '3': ~, '4': a, '5': b, '6': c, '7': d, '8': e, '9': f, '10': g}}}
---`,
    );
    const path = await put('train.csv', 'text,tags\n');
    const names = ['no', '1.0', '2024-01-01', '~', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(await findClassNames({ path }, 'tags')).toEqual({ names, source });
  });

  it('prefers what a Parquet file says of itself', async () => {
    await put('README.md', card);
    const value = JSON.stringify({ info: { features: { label: { names: ['ham', 'spam'], _type: 'ClassLabel' } } } });
    const bytes = parquetWriteBuffer({
      columnData: [{ name: 'label', data: [0, 1], type: 'INT32' }],
      kvMetadata: [{ key: 'huggingface', value }],
    });
    const path = await put('train.parquet', Buffer.from(bytes));
    expect(await findClassNames(await openTable(path), 'label')).toEqual({ names: ['ham', 'spam'], source: path });
  });

  it.each([
    ['README.md', '# No head'],
    ['README.md', '---\n: [broken\n---\n'],
    ['README.md', card.replace("'3'", "'7'")],
    ['README.md', card.replace(/names:[^-]*/, 'names: {}\n')],
    ['dataset_info.json', '{"features": '],
  ])('finds none in a %s that contains %j', async (file, content) => {
    await put(file, content);
    expect(await findClassNames({ path: await put('train.csv', 'a\n') }, 'label')).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { featuresYaml } from '../../../../../extension/core/hub/parquet/datasetsFeatures';
import { takeApart } from '../../../../../extension/core/hub/card/frontMatter';
import { mergeCard, type CardContent } from '../../../../../extension/core/hub/card/mergeCard';
import { cardSections } from '../../../../../extension/core/hub/card/sections';
import { yamlText } from '../../../../../extension/core/hub/card/yamlText';
import type { CorrectionSummary, StagedConfig } from '../../../../../extension/core/hub/staging/types';

const sms: StagedConfig = {
  name: 'default',
  splits: [{ name: 'train', paths: ['data/train-*'], rows: 3 }],
  features: [
    ['text', { kind: 'value', dtype: 'string' }],
    ['label', { kind: 'classLabel', names: ['ham', 'spam'] }],
  ],
  loader: {},
};

function content(change: Partial<CardContent> = {}): CardContent {
  return { title: 'sms', configs: [sms], fields: { license: 'mit' }, sections: '## Load', ...change };
}

function headOf(card: string): Record<string, unknown> {
  return (parse(takeApart(card).yaml) ?? {}) as Record<string, unknown>;
}

describe('a card', () => {
  it('that is new has a head, a title and our block', () => {
    expect(mergeCard(undefined, content()).text).toBe(
      `---
license: mit
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train-*
dataset_info:
  features:
  - name: text
    dtype: string
  - name: label
    dtype:
      class_label:
        names:
          '0': ham
          '1': spam
---

# sms

<!-- flag-review:begin -->

## Load

<!-- flag-review:end -->
`,
    );
  });

  it('of others keeps every line that is not ours', () => {
    const card = `---
# who wrote it
license:   apache-2.0   # asked for
configs:
# the raw one
- config_name: raw   # keep
  data_files: "raw/*.csv"
- config_name: default
  default: true
  data_files: data.csv
  sep: ;
# after it
- { config_name: other, data_files: [a, b] }
size_categories: [n<1K]
---
Text    with trailing  \n
<!-- flag-review:begin -->
old
<!-- flag-review:end -->
More text without an end`;
    expect(mergeCard(card, content()).text).toBe(`---
# who wrote it
license:   apache-2.0   # asked for
configs:
# the raw one
- config_name: raw   # keep
  data_files: "raw/*.csv"
- config_name: default
  data_files:
  - split: train
    path: data/train-*
  default: true
# after it
- { config_name: other, data_files: [a, b] }
size_categories: [n<1K]
dataset_info:
  features:
  - name: text
    dtype: string
  - name: label
    dtype:
      class_label:
        names:
          '0': ham
          '1': spam
---
Text    with trailing  \n
<!-- flag-review:begin -->

## Load

<!-- flag-review:end -->
More text without an end`);
  });

  it('loses what keeps datasets from loading: numbers of rows that were true before', () => {
    const card = `---
dataset_info:
  description: kept
  features:
  - name: text
    dtype: string
  splits:
  - name: train
    num_bytes: 10
    num_examples: 2
  download_size: 5
  dataset_size: 10
---
`;
    expect(headOf(mergeCard(card, content()).text).dataset_info).toEqual({
      features: featuresYaml(sms.features),
      description: 'kept',
    });
  });

  it('with another configuration gets a list of both', () => {
    const card = '---\ndataset_info:\n  features:\n  - name: a\n    dtype: string\n---\n';
    const raw = { ...sms, name: 'raw' };
    const first = mergeCard(card, content({ configs: [raw] })).text;
    expect(headOf(first).dataset_info).toEqual([
      { config_name: 'default', features: [{ name: 'a', dtype: 'string' }] },
      { config_name: 'raw', features: featuresYaml(sms.features) },
    ]);
    const both = mergeCard(first, content({ configs: [sms, raw] })).text;
    expect(headOf(both).dataset_info).toEqual([
      { config_name: 'default', features: featuresYaml(sms.features) },
      { config_name: 'raw', features: featuresYaml(sms.features) },
    ]);
  });

  it('tells the loader of CSV the features, and everyone else', () => {
    const loader = { features: featuresYaml(sms.features), keep_default_na: false };
    const head = headOf(mergeCard(undefined, content({ configs: [{ ...sms, loader }] })).text);
    const data_files = [{ split: 'train', path: 'data/train-*' }];
    expect(head.configs).toEqual([{ config_name: 'default', data_files, ...loader }]);
    expect(head.dataset_info).toEqual({ features: loader.features });
    const parquet = headOf(mergeCard(`---\n${yamlText(head)}---\n`, content()).text);
    expect(parquet.configs).toEqual([{ config_name: 'default', data_files }]);
  });

  it('does not keep features that datasets is to find out', () => {
    const images = { ...sms, features: [] };
    const raw = { ...sms, name: 'raw' };
    const before = mergeCard(undefined, content()).text;
    expect(headOf(mergeCard(before, content({ configs: [images] })).text).dataset_info).toBeUndefined();
    const both = mergeCard(before, content({ configs: [sms, raw] })).text;
    expect(headOf(mergeCard(both, content({ configs: [images, raw] })).text).dataset_info).toEqual([
      { config_name: 'raw', features: featuresYaml(sms.features) },
    ]);
  });

  it('warns of splits that it no longer has, and of a head that readers do not find', () => {
    const card = mergeCard(
      undefined,
      content({ configs: [{ ...sms, splits: [{ name: 'test', paths: ['t'], rows: 1 }] }] }),
    );
    expect(card.warnings).toEqual([]);
    const [lost, ...others] = mergeCard(card.text, content()).warnings;
    expect(lost?.message).toContain('no split "test" any more');
    expect(others).toEqual([]);
    const marked = mergeCard(`\uFEFF${card.text}`, content());
    expect(marked.text.startsWith('\uFEFF---')).toBe(true);
    expect(marked.warnings.map(({ message }) => message)).toContainEqual(expect.stringContaining('byte order mark'));
  });
});

describe('a broken head is refused', () => {
  it.each([
    ['a quote without end', '---\nlicense: "mit\n---\n', /line [23]/],
    ['a key twice', '---\na: 1\nlicense: mit\na: 2\n---\n', /line 4/],
    ['a tab', '---\na: 1\nb:\n\t- 2\n---\n', /line 4/],
    ['two values', '---\nb: 1\na: b: c\n---\n', /line 3/],
    ['no keys', '---\nsome text\n---\n', /line 2/],
    ['an alias of nothing', '---\na: *b\n---\n', /front matter/],
    ['no end', '\n---\nlicense: mit\n', /begins on line 2 and never ends/],
    ['an anchor that others need', '---\nconfigs: &a\n- config_name: default\nx: *a\n---\n', /cannot be changed|line/],
    ['a block without end', '# x\n<!-- flag-review:begin -->\n', /flag-review:end/],
  ])('%s', (_, card, message) => {
    expect(() => mergeCard(card, content())).toThrow(message);
  });
});

const line = fc.oneof(
  fc.constantFrom('', '# Title', '---', '| a | b |', '```', '<!-- flag-review:end -->', '<!-- other -->', '  indented'),
  fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\r\n\u2028\u2029]/.test(text)),
);
const key = fc.constantFrom('license', 'tags', 'pretty_name', 'extra', 'a b', '"quoted"', 'viewer');
const foreign = fc.oneof(
  fc.tuple(
    key,
    fc.constantFrom('1', 'yes', '[a, b]', '"x: y"', '{a: 1}', '|\n  one\n\n  two', '\n- a\n- b # c', '', '~'),
  ),
);
const head = fc
  .uniqueArray(foreign, { selector: ([name]) => name, maxLength: 5 })
  .map((pairs) => pairs.map(([name, value]) => `${name}: ${value}\n# about ${name}\n`));
const ourKeys = fc.constantFrom(
  '',
  'configs:\n- config_name: default\n  data_files: x.csv\n',
  'configs:\n  - config_name: raw\n    data_files: x.csv\n  # c\n  - config_name: default\n    data_files: x.csv\n',
  'configs: [{config_name: raw, data_files: y}]\n',
  'configs:\n',
  'dataset_info:\n  features: []\n  splits: [{name: train}]\n',
  'dataset_info:\n- config_name: raw\n  features: []\n- config_name: default\n  splits: []\n',
  'configs:\n- config_name: raw\n  data_files: z\ndataset_info:\n  config_name: raw\n  features: []\n',
);
const lineEnd = fc.constantFrom('\n', '\r\n');
const readme = fc
  .record({
    mark: fc.constantFrom('', '\uFEFF'),
    head,
    ours: ourKeys,
    at: fc.nat(5),
    body: fc.array(line),
    lineEnd,
    last: fc.boolean(),
  })
  .map(({ mark, head, ours, at, body, lineEnd, last }) => {
    const yaml = head.toSpliced(at, 0, ours).join('');
    const text = `${mark}---\n${yaml}---\n${body.join('\n')}${last && body.length > 0 ? '\n' : ''}`;
    return { text: text.replaceAll('\n', lineEnd), head, body, lineEnd };
  });
const label = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'no',
    'y',
    'NULL',
    '1:30',
    '0x1F',
    '=',
    '<<',
    '1_000',
    '2024-01-01',
    '- a',
    '# b',
    "it's",
    ' x ',
    '~',
    '',
  ),
);
const configs = fc.uniqueArray(fc.constantFrom('default', 'raw', 'new'), { minLength: 1 }).chain((names) =>
  fc.tuple(
    ...names.map((name) =>
      fc.record({ labels: fc.uniqueArray(label, { maxLength: 4 }), csv: fc.boolean() }).map(({ labels, csv }) => {
        const features = [['label', { kind: 'classLabel', names: labels }]] as const;
        return { ...sms, name, features, loader: csv ? { features: featuresYaml(features) } : {} };
      }),
    ),
  ),
);

describe('over random cards', () => {
  it('merging again changes nothing', () => {
    fc.assert(
      fc.property(readme, configs, ({ text }, configs) => {
        const once = mergeCard(text, content({ configs })).text;
        expect(mergeCard(once, content({ configs })).text).toBe(once);
      }),
    );
  });

  it('the body of others, their keys and the line ends stay byte for byte', () => {
    fc.assert(
      fc.property(readme, configs, ({ text, head, lineEnd }, configs) => {
        const merged = mergeCard(text, content({ configs })).text;
        const [before, after] = [takeApart(text), takeApart(merged)];
        expect(after.opening).toBe(before.opening);
        expect(after.body.startsWith(before.body)).toBe(true);
        for (const lines of head) expect(after.yaml).toContain(lines.replaceAll('\n', lineEnd));
        if (lineEnd === '\r\n') expect(merged.replaceAll('\r\n', '')).not.toContain('\n');
      }),
    );
  });

  it('the head says what we mean', () => {
    fc.assert(
      fc.property(readme, configs, ({ text }, configs) => {
        const before = headOf(text);
        const merged = headOf(mergeCard(text, content({ configs })).text);
        const { configs: entries, dataset_info, ...others } = merged;
        for (const { name, loader, features } of configs) {
          const entry = (entries as { config_name: string }[]).find(({ config_name }) => config_name === name);
          expect(entry).toEqual({
            config_name: name,
            data_files: [{ split: 'train', path: 'data/train-*' }],
            ...loader,
          });
          const infos = [dataset_info ?? []].flat() as { config_name?: string; features: unknown }[];
          const info = infos.find(({ config_name = 'default' }) => config_name === name);
          expect(info?.features).toEqual(featuresYaml(features));
        }
        expect({ ...others, configs: 0, dataset_info: 0 }).toEqual({
          license: 'mit',
          ...before,
          configs: 0,
          dataset_info: 0,
        });
      }),
    );
  });

  it('any text comes back from YAML as it was', () => {
    fc.assert(
      fc.property(label, (text) => {
        const yaml = yamlText({ names: { '0': text }, list: [text] });
        expect(parse(yaml)).toEqual({ names: { '0': text }, list: [text] });
        expect(parse(yaml, { version: '1.1' })).toEqual({ names: { '0': text }, list: [text] });
      }),
    );
  });
});

describe('the block', () => {
  const corrections: CorrectionSummary = {
    reviewers: ['ada', '<script>'],
    candidates: 40,
    decided: { keep: 20, change: 2, ambiguous: 1, discard: 0 },
    pairs: [{ given: 'a|b`c', label: '<!-- flag-review:end -->\n|', count: 2 }],
    model: 'built-in, 5 folds',
    unapplied: 1,
  };

  it('tells of the corrections, whatever labels are', () => {
    expect(cardSections(corrections, 'load()')).toBe(`## Corrections

23 records reviewed by \`ada\`, \`<script>\`: 2 labels changed, 20 labels kept, 1 record ambiguous, 0 records discarded. 40 label-error candidates found by \`built-in, 5 folds\`.

1 decision not yet applied to these files.

| given label | corrected label | records |
| --- | --- | ---: |
| \`\`a\\|b\`c\`\` | \`<!-- flag-review:end --> \\|\` | 2 |

## Load

\`\`\`python
load()
\`\`\``);
  });

  it('with a hostile label is found again', () => {
    const sections = cardSections(corrections, 'load()');
    const once = mergeCard(undefined, content({ sections })).text;
    expect(mergeCard(once, content({ sections: 'new' })).text).not.toContain('Corrections');
    expect(mergeCard(once, content({ sections })).text).toBe(once);
  });
});

import { describe, expect, it } from 'vitest';
import { featuresYaml } from '../../../../../extension/core/hub/parquet/datasetsFeatures';
import type { Feature, Features } from '../../../../../extension/core/hub/staging/types';

const text: Feature = { kind: 'value', dtype: 'string' };

/** What `Features(…)._to_yaml_list()` of datasets 5.0.1 gives. */
const cases: readonly (readonly [what: string, features: Features, yaml: readonly object[]])[] = [
  [
    'values, classes and media',
    [
      ['t', text],
      ['l', { kind: 'classLabel', names: ['ham', 'no', '='] }],
      ['i', { kind: 'image' }],
      ['a', { kind: 'audio' }],
      ['v', { kind: 'video' }],
    ],
    [
      { name: 't', dtype: 'string' },
      { name: 'l', dtype: { class_label: { names: { '0': 'ham', '1': 'no', '2': '=' } } } },
      { name: 'i', dtype: 'image' },
      { name: 'a', dtype: 'audio' },
      { name: 'v', dtype: 'video' },
    ],
  ],
  [
    'lists',
    [
      ['x', { kind: 'list', of: text }],
      ['y', { kind: 'list', of: { kind: 'classLabel', names: ['a', 'b'] } }],
      ['z', { kind: 'list', of: { kind: 'list', of: { kind: 'value', dtype: 'int64' } } }],
      ['im', { kind: 'list', of: { kind: 'image' } }],
    ],
    [
      { name: 'x', list: 'string' },
      { name: 'y', list: { class_label: { names: { '0': 'a', '1': 'b' } } } },
      { name: 'z', list: { list: 'int64' } },
      { name: 'im', list: 'image' },
    ],
  ],
  [
    'structs, and lists of them',
    [
      [
        's',
        {
          kind: 'struct',
          fields: [
            ['a', { kind: 'value', dtype: 'int32' }],
            [
              'b',
              {
                kind: 'struct',
                fields: [
                  ['c', { kind: 'image' }],
                  ['l', { kind: 'list', of: text }],
                ],
              },
            ],
          ],
        },
      ],
      [
        'ls',
        {
          kind: 'list',
          of: {
            kind: 'struct',
            fields: [
              ['a', text],
              ['k', { kind: 'classLabel', names: ['q'] }],
            ],
          },
        },
      ],
    ],
    [
      {
        name: 's',
        struct: [
          { name: 'a', dtype: 'int32' },
          {
            name: 'b',
            struct: [
              { name: 'c', dtype: 'image' },
              { name: 'l', list: 'string' },
            ],
          },
        ],
      },
      {
        name: 'ls',
        list: [
          { name: 'a', dtype: 'string' },
          { name: 'k', dtype: { class_label: { names: { '0': 'q' } } } },
        ],
      },
    ],
  ],
  [
    'JSON and times',
    [
      ['j', { kind: 'json' }],
      ['lj', { kind: 'list', of: { kind: 'json' } }],
      ['ts', { kind: 'value', dtype: 'timestamp[us, tz=UTC]' }],
    ],
    [
      { name: 'j', dtype: 'json' },
      { name: 'lj', list: 'json' },
      { name: 'ts', dtype: 'timestamp[us, tz=UTC]' },
    ],
  ],
];

describe('features are written as datasets writes them', () => {
  it.each(cases)('%s', (_, features, yaml) => {
    expect(featuresYaml(features)).toEqual(yaml);
  });
});

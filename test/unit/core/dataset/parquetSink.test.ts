import type { SchemaElement } from 'hyparquet';
import { expect, it } from 'vitest';
import { writableSchema } from '../../../../extension/core/dataset/parquetSink';

it('tells small integers by the word that all readers know', () => {
  const small: SchemaElement = {
    name: 'a',
    type: 'INT32',
    logical_type: { type: 'INTEGER', bitWidth: 8, isSigned: false },
  };
  const text: SchemaElement = { name: 'b', type: 'BYTE_ARRAY', logical_type: { type: 'STRING' } };
  expect(writableSchema([small, text])).toEqual([{ name: 'a', type: 'INT32', converted_type: 'UINT_8' }, text]);
});

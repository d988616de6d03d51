import { format } from 'prettier';
import { expect, it } from 'vitest';
import { demoSchema } from '../../../../extension/core/demo/demoSchema';

it('is the schema that the editor is given; -u writes it anew', async () => {
  const text = await format(JSON.stringify(demoSchema()), { parser: 'json', printWidth: 120 });
  await expect(text).toMatchFileSnapshot('../../../../schemas/demo.schema.json');
});

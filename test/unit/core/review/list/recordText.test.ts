import { describe, expect, it } from 'vitest';
import { recordText } from '../../../../../extension/core/review/list/recordText';
import type { FoundSummary } from '../../../../../extension/core/review/review';

const columns = ['id', 'text', 'label'];
const found = (text: string | null): FoundSummary => ({ settings: { text, label: 'label' } }) as FoundSummary;

describe('what a record is recognised by', () => {
  it('is its text', () => {
    expect(recordText({ columns, found: found('text') }, [1, 'good film', 'p'])).toBe('good film');
  });

  it('is everything but its label where no column holds texts', () => {
    expect(recordText({ columns, found: found(null) }, [1, { a: [2] }, 'p'])).toBe('1, {"a":[2]}');
  });

  it('is nothing where the cell is empty or gone', () => {
    expect(recordText({ columns, found: found('text') }, [1, null, 'p'])).toBe('');
    expect(recordText({ columns, found: found('text') }, [])).toBe('');
  });
});

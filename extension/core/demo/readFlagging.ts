import type { Node } from 'jsonc-parser';
import type { FlaggingMode, FlaggingOption } from './definition';
import type { Problems } from './problems';
import type { Json } from '../json';
import { describeValue } from './propSchema';
import { valueOf } from './readNodes';

const mixed = '"flagging_options" must be all strings, or all ["caption", "value"] pairs.';

/** The buttons when the definition names no options. */
export const loneFlagButton: readonly FlaggingOption[] = [{ label: 'Flag', value: null }];

/** Gradio up to 4 takes true for "manual" and false for "never". */
export function flaggingModeOf(value: Json): FlaggingMode {
  if (value === false || value === 'never') return 'never';
  return value === 'auto' ? 'auto' : 'manual';
}

/** Reads `flagging_options` as `gr.Interface` does: strings become *Flag as …*, pairs are caption and value. */
export function readFlaggingOptions(node: Node, problems: Problems): readonly FlaggingOption[] {
  const items = node.children ?? [];
  const arePairs = items[0]?.type === 'array';
  const seen = new Set<string | null>();
  return items.flatMap((item) => {
    if ((item.type === 'array') !== arePairs && (item.type === 'array' || item.type === 'string')) {
      problems.error(item, mixed);
      return [];
    }
    const option = arePairs ? pairOption(item, problems) : stringOption(item, problems);
    if (!option) return [];
    if (seen.has(option.value)) problems.error(item, `The flagging option "${option.value ?? ''}" is given twice.`);
    seen.add(option.value);
    return option;
  });
}

function stringOption(item: Node, problems: Problems): FlaggingOption | undefined {
  const value = valueOf(item);
  if (typeof value === 'string' && value !== '') return { label: `Flag as ${value}`, value };
  problems.error(item, `A flagging option must be a string that is not empty, not ${describeValue(value)}.`);
  return undefined;
}

function pairOption(item: Node, problems: Problems): FlaggingOption | undefined {
  const pair = valueOf(item);
  const [label, value, ...more] = Array.isArray(pair) ? (pair as Json[]) : [];
  if (typeof label === 'string' && label !== '' && typeof value === 'string' && more.length === 0)
    return { label, value };
  problems.error(item, 'A flagging option pair is ["caption", "value"]: two strings, the caption not empty.');
  return undefined;
}

import { builtInLoggers } from '../flagging/types';
import { datasetSaver } from '../hub/saver/types';
import type { PropSpec } from './kinds/kindSpec';
import type { PropSchema } from './propSchema';

const string: PropSchema = { type: 'string' };
const flaggingMode: PropSchema = { enum: ['manual', 'auto', 'never', true, false] };
const flaggingModeDescription =
  'When samples are recorded: `"manual"` by the Flag buttons, `"auto"` after each successful run, `"never"`.';

/** A key of `*.demo.json`, with `gr.Interface`'s names. `schema` is loose for keys that have a reader of their own. */
export interface KeySpec extends PropSpec {
  readonly required?: true | 'unless-classifier';
  /** Known to the product, without effect in this version. */
  readonly inert?: boolean;
}

export const definitionKeys = {
  title: { schema: string, description: 'Heading of the demo. Default: the name of the file.' },
  description: { schema: string, default: '', description: 'Markdown above the inputs.' },
  article: { schema: string, default: '', description: 'Markdown below the outputs.' },
  fn: {
    schema: { type: 'string', minLength: 1 },
    required: true,
    description:
      'The function that the demo calls: `"file.py:function"`, `"file.mjs:export"` (also `.js`, `.cjs`, `.ts`), or the ' +
      '`"https://…"` address of a service that takes `{"data": […]}` and answers the same. ' +
      '`"classifier:dataset.csv"` is the built-in text classifier, trained on that dataset; its columns are guessed, or ' +
      'named: `"classifier:dataset.csv?text=message&label=class"`. `"classifier:model.json"` is one that ' +
      '`flag-review train` wrote. Paths are relative to this file.',
  },
  inputs: {
    schema: {},
    required: 'unless-classifier',
    description:
      'Components that give the function its arguments, in order: names such as `"number"`, or objects. Default for a classifier: a textbox.',
  },
  outputs: {
    schema: {},
    required: 'unless-classifier',
    description:
      'Components that show what the function returns, in order: names such as `"label"`, or objects. Default for a classifier: a label.',
  },
  additional_inputs: { schema: {}, description: 'More inputs, folded below the others.' },
  examples: {
    schema: { type: 'array' },
    description:
      'Rows of input values that can be clicked. With one input, a plain list of values. Files by path, relative to this file.',
  },
  live: { schema: { type: 'boolean' }, default: false, description: 'Whether the function runs on every change.' },
  allow_flagging: { schema: flaggingMode, default: 'manual', description: flaggingModeDescription },
  flagging_mode: { schema: flaggingMode, description: `${flaggingModeDescription} The same as \`allow_flagging\`.` },
  flagging_options: {
    schema: { type: 'array' },
    description:
      'One button for each: reasons such as `"wrong sign"`, whose button is *Flag as wrong sign*, or pairs `["caption", "value"]`. ' +
      'Default: one button *Flag*. An empty list shows none.',
  },
  flagging_dir: {
    schema: { type: 'string', minLength: 1 },
    description: 'Folder of the flag log, relative to this file. Default: `"flagged"`.',
  },
  flagging_callback: {
    schema: { anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }] },
    default: 'CSVLogger',
    description: `What records samples: ${builtInLoggers.map((name) => `\`"${name}"\``).join(', ')}, or your own \`"file.mjs:Export"\`. As an object, \`${datasetSaver}\`: flags also go to the Hugging Face Hub.`,
  },
  log_format: {
    schema: { type: 'string', enum: ['guide', 'gradio-4', 'gradio-6'] },
    default: 'guide',
    description:
      'Layout of the flag log: that of Gradio’s guides, or byte for byte what Gradio 4 or 6 writes. A folder that already holds a log keeps its layout.',
  },
  interpretation: { schema: {}, inert: true, description: 'How predictions are explained. No effect in this version.' },
  num_shap: { schema: {}, inert: true, description: 'Samples for Shapley values. No effect in this version.' },
  blocks: { schema: {}, inert: true, description: 'A layout of its own. No effect in this version.' },
  events: { schema: {}, inert: true, description: 'Events of a layout. No effect in this version.' },
} as const satisfies Record<string, KeySpec>;

export type DefinitionKey = keyof typeof definitionKeys;

export function isDefinitionKey(key: string): key is DefinitionKey {
  return Object.hasOwn(definitionKeys, key);
}

export function keySpec(key: DefinitionKey): KeySpec {
  return definitionKeys[key];
}

import { notString, oneOf, positiveInteger, shouldBe, string } from './common';
import type { SpecOf } from './kindSpec';

const textValue = { schema: string, description: 'The text at first.' };

export const textbox: SpecOf<'textbox'> = {
  title: 'Textbox',
  description: 'Text, of one line or many. The function receives a string.',
  place: 'both',
  props: {
    value: textValue,
    lines: { schema: positiveInteger, default: 1, description: 'Lines shown at least.' },
    max_lines: { schema: positiveInteger, description: 'Lines shown at most before the text scrolls.' },
    max_length: { schema: positiveInteger, description: 'Characters that can be typed at most.' },
    placeholder: { schema: string, description: 'Hint shown while the text is empty.' },
    type: { schema: oneOf('text', 'password', 'email'), default: 'text', description: 'How the text is typed.' },
  },
  initial: ({ value }) => value ?? '',
  problem: ({ max_length }, payload) => {
    if (typeof payload !== 'string') return shouldBe('a string', payload);
    // Counted in code points as Python does.
    const tooLong = max_length !== undefined && payload.length > max_length && Array.from(payload).length > max_length;
    return tooLong ? `The text is longer than ${max_length} characters.` : undefined;
  },
};

export const code: SpecOf<'code'> = {
  title: 'Code',
  description: 'Source code. The function receives a string.',
  place: 'both',
  props: {
    value: textValue,
    language: { schema: string, description: 'Language of the code: `"python"`, `"json"`, `"html"`…' },
    lines: { schema: positiveInteger, default: 5, description: 'Lines shown at least.' },
  },
  initial: ({ value }) => value ?? '',
  problem: (_, payload) => notString(payload),
};

const hiddenLabel = {
  schema: { type: 'boolean' },
  default: false,
  description: 'Whether the label is shown. Default: `false`.',
} as const;

export const markdown: SpecOf<'markdown'> = {
  title: 'Markdown',
  description: 'Formatted text. The function returns Markdown.',
  place: 'both',
  props: { value: { schema: string, description: 'The Markdown at first.' }, show_label: hiddenLabel },
  initial: ({ value }) => value ?? '',
  problem: (_, payload) => notString(payload),
};

export const html: SpecOf<'html'> = {
  title: 'HTML',
  description: 'HTML, shown without scripts. The function returns a string.',
  place: 'both',
  props: { value: { schema: string, description: 'The HTML at first.' }, show_label: hiddenLabel },
  initial: ({ value }) => value ?? '',
  problem: (_, payload) => notString(payload),
};

const color = /^(#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|(rgb|hsl)a?\([\d\s.,%/+-]+\))$/i;

export const colorpicker: SpecOf<'colorpicker'> = {
  title: 'Color picker',
  description: 'A color. The function receives a string such as `"#1f6feb"`.',
  place: 'both',
  props: { value: { schema: string, description: 'The color at first. Default: `"#000000"`.' } },
  initial: ({ value }) => value ?? '#000000',
  problem: (_, payload) =>
    typeof payload === 'string' && (payload === '' || color.test(payload))
      ? undefined
      : shouldBe('a color such as "#1f6feb"', payload),
};

// Gradio also takes "now" and "now - 5m".
const moment = /^(\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?|now(\s*-\s*\d+\s*[dhms])?|)$/;

export const datetime: SpecOf<'datetime'> = {
  title: 'Date and time',
  description: 'A date, or a date and a time of day. Its text is `YYYY-MM-DD HH:MM:SS`, local.',
  place: 'both',
  props: {
    value: { schema: string, description: 'The date at first, `YYYY-MM-DD HH:MM:SS` or `YYYY-MM-DD`.' },
    include_time: { schema: { type: 'boolean' }, default: true, description: 'Whether there is a time of day.' },
    type: {
      schema: oneOf('timestamp', 'datetime', 'string'),
      default: 'timestamp',
      description: 'What the function receives: seconds since 1970, a Python `datetime`, or the text.',
    },
  },
  initial: ({ value }) => value ?? '',
  problem: ({ include_time }, payload) =>
    typeof payload === 'string' && moment.test(payload.trim())
      ? undefined
      : shouldBe(include_time === false ? 'a date, YYYY-MM-DD' : 'a date and time, YYYY-MM-DD HH:MM:SS', payload),
};

import type { Code } from '../../../extension/core/demo/components';
import { CopyButton } from './CopyButton';
import { strings } from './strings';

interface TextProps {
  readonly text: string;
}

export function TextOutput({ text }: TextProps) {
  return (
    <div class="output-text">
      <PlainText text={text} />
      <CopyButton text={() => text} />
    </div>
  );
}

/** A text of fewer characters and lines is seen without scrolling, whatever the width. */
const seenCharacters = 400;
const seenLines = 8;

/** Selectable, wrapped, its direction taken from its first strong character. One that may scroll takes the focus. */
export function PlainText({ text }: TextProps) {
  const scrolls = text.length > seenCharacters || text.split('\n', seenLines + 1).length > seenLines;
  return (
    <div class="output-plain" dir="auto" {...(scrolls ? { tabIndex: 0 } : {})}>
      {text}
    </div>
  );
}

/** Source code. Direction is fixed, so that a right-to-left character does not reorder a line. */
export function CodeOutput({ text, component }: TextProps & { readonly component: Code }) {
  const language = component.language ?? strings.plainText;
  return (
    <div class="output-text">
      <pre class="output-code" dir="ltr" tabIndex={0} role="region" aria-label={strings.code(language)}>
        <code>{text}</code>
      </pre>
      <div class="output-bar">
        <span class="output-note">{language}</span>
        <CopyButton text={() => text} />
      </div>
    </div>
  );
}

/** A colour as text, and as itself. */
export function ColorOutput({ text }: TextProps) {
  return (
    <div class="output-row">
      <span class="output-swatch" aria-hidden="true" style={{ backgroundColor: text }} />
      <code>{text}</code>
      <CopyButton text={() => text} />
    </div>
  );
}

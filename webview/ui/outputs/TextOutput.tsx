import type { Code } from '../../../extension/core/demo/components';
import { CopyButton } from './CopyButton';
import { strings } from './strings';

interface TextProps {
  readonly text: string;
}

/** Plain text: selectable, wrapped, its direction taken from its first strong character. */
export function TextOutput({ text }: TextProps) {
  return (
    <div class="output-text">
      <div class="output-plain" dir="auto">
        {text}
      </div>
      <CopyButton text={() => text} />
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

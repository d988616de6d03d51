import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { flagWrongSign, openCalculator } from './harness/calculator';
import { openVscode } from './harness/journey';
import { themes } from './harness/themes';

const view = 'Flag & Review';
const mapping = 'Promote to numbers.csv';
const line = '5, subtract, 7.5 → -2.5';

describe('Promote to Dataset', () => {
  const journey = openVscode();

  journey('asks once what each column takes, and shows what would be written', async ({ workbench, server }) => {
    writeFileSync(path.join(server.workspace, 'numbers.csv'), 'output,num1,num2,operation,split\n8,1,7,add,train\n');
    const page = await openCalculator(workbench);
    await flagWrongSign(page);
    await workbench.openView(view);
    await workbench.contextMenu(line, 'Promote to Dataset…');
    await workbench.input('Dataset to add the samples to', 'numbers.csv');
    const row = workbench.page.locator('.quick-input-list .monaco-list-row');
    await row.filter({ hasText: 'Add 1 Sample' }).waitFor();
    await row.filter({ hasText: 'stays empty' }).waitFor();
    await row.filter({ hasText: '← Output' }).waitFor();
    await row.filter({ hasText: 'stays empty' }).click();
    await workbench.input('What “split” takes', 'The same text in each row');
    await workbench.input('Text of “split” in each row', 'test');
    await row.filter({ hasText: '← “test”' }).waitFor();
  });

  for (const [theme, { workbench: kind }] of themes) {
    journey(`looks right in ${theme}`, async ({ workbench }) => {
      await workbench.theme(theme);
      await workbench.screenshot(`promote-${kind}`);
    });
  }

  journey('adds the corrected output as the label, and marks the sample', async ({ workbench, server }) => {
    const dataset = path.join(server.workspace, 'numbers.csv');
    await workbench.input(mapping, 'Add 1 Sample');
    await workbench.statusBarItem('Added 1 sample to numbers.csv').waitFor();
    expect(readFileSync(dataset, 'utf8')).toBe(
      'output,num1,num2,operation,split\n8,1,7,add,train\n2.5,5,7.5,subtract,test\n',
    );
    await workbench.treeRow(line).filter({ hasText: 'promoted' }).waitFor();
    await workbench.screenshot('promote-done');
  });

  journey('takes exactly that back', async ({ workbench, server }) => {
    await workbench.statusBarItem('Added 1 sample to numbers.csv').click();
    await workbench.statusBarItem('Took 1 sample out of the dataset').waitFor();
    expect(readFileSync(path.join(server.workspace, 'numbers.csv'), 'utf8')).toBe(
      'output,num1,num2,operation,split\n8,1,7,add,train\n',
    );
    await workbench.treeRow(line).filter({ hasNotText: 'promoted' }).waitFor();
  });

  journey('remembers what each column takes', async ({ workbench, server }) => {
    await workbench.contextMenu(line, 'Promote to Dataset…');
    await workbench.input('Dataset to add the samples to', 'numbers.csv');
    await workbench.input(mapping, 'Add 1 Sample');
    await workbench.statusBarItem('Added 1 sample to numbers.csv').waitFor();
    expect(readFileSync(path.join(server.workspace, 'numbers.csv'), 'utf8')).toContain('\n2.5,5,7.5,subtract,test\n');
  });

  journey(
    'copies the files of samples beside the dataset, whose image the view shows',
    async ({ workbench, server }) => {
      const folder = path.join(server.workspace, 'pictures', 'flagged');
      const image = readFileSync(path.join(server.workspace, 'images', 'sunset.png'));
      mkdirSync(path.join(folder, 'image'), { recursive: true });
      mkdirSync(path.join(server.workspace, 'labels'));
      writeFileSync(path.join(folder, 'image', '0.png'), image);
      writeFileSync(
        path.join(folder, 'logs.csv'),
        'image,label,flag,timestamp\r\nimage/0.png,cat,wrong,2026-01-02 03:04:05.678901\r\n',
      );
      writeFileSync(path.join(server.workspace, 'labels', 'photos.csv'), 'image,label\n');
      await workbench.treeRow('0.png → cat').hover();
      await workbench.page.locator('.monaco-hover:visible img').first().waitFor();
      await workbench.screenshot('flagged-samples-thumbnail');
      await workbench.contextMenu('0.png → cat', 'Promote to Dataset…');
      await workbench.input('Dataset to add the samples to', 'photos.csv');
      await workbench.input('Promote to labels/photos.csv', 'Add 1 Sample');
      await workbench.statusBarItem('Added 1 sample to labels/photos.csv').waitFor();
      const [, row = ''] = readFileSync(path.join(server.workspace, 'labels', 'photos.csv'), 'utf8').split('\n');
      const [copy = '', label] = row.split(',');
      expect(label).toBe('cat');
      expect(readFileSync(path.join(server.workspace, 'labels', copy))).toEqual(image);
      await workbench.statusBarItem('Added 1 sample to labels/photos.csv').click();
      await workbench.statusBarItem('Took 1 sample out of the dataset').waitFor();
      expect(existsSync(path.join(server.workspace, 'labels', copy))).toBe(false);
      expect(readdirSync(folder)).toContain('image');
    },
  );
});

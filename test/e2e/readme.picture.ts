import path from 'node:path';
import { describe } from 'vitest';
import { openCalculator, subtract } from './harness/calculator';
import { openVscode } from './harness/journey';

const file = path.resolve(import.meta.dirname, '../../media/screenshot.png');

describe('the picture of the README', () => {
  const journey = openVscode({ settings: { 'editor.minimap.enabled': false } });

  journey('shows a flagged calculation beside its definition', async ({ workbench }) => {
    const { page: window } = workbench;
    await window.setViewportSize({ width: 1400, height: 680 });
    const page = await openCalculator(workbench);
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await subtract(page, '5', '7.5');
    await page.getByText('-2.5', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Flag as wrong sign' }).click();
    await page.getByText('Flagged as “wrong sign”').first().waitFor();
    await window.mouse.move(0, 0);
    await window.screenshot({ path: file });
  });
});

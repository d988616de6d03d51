import type { FrameLocator } from 'playwright-core';
import type { Workbench } from './workbench';

/** Opens the calculator by the button in its definition's title bar. */
export async function openCalculator(workbench: Workbench): Promise<FrameLocator> {
  await workbench.openFile('calculator.demo.json');
  await workbench.titleAction('Open Demo').click();
  const page = workbench.webview();
  await page.getByRole('button', { name: 'Submit' }).waitFor();
  return page;
}

export async function subtract(page: FrameLocator, num1: string, num2: string): Promise<void> {
  await page.getByLabel('num1').fill(num1);
  await page.getByRole('radio', { name: 'subtract' }).check();
  await page.getByLabel('num2').fill(num2);
  await page.getByRole('button', { name: 'Submit' }).click();
}

/** Calculates 5 - 7.5 and flags the output with the one that it should have been, 2.5. */
export async function flagWrongSign(page: FrameLocator): Promise<void> {
  await subtract(page, '5', '7.5');
  await page.getByText('-2.5', { exact: true }).waitFor();
  await page.getByText('Add a note or a correction').click();
  await page.locator('#correction-0').fill('2.5');
  await page.getByRole('button', { name: 'Flag as wrong sign' }).click();
  await page.getByText('Flagged as “wrong sign”').first().waitFor();
}

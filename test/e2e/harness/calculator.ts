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

import { describe, expect } from 'vitest';
import { loggedErrors, openVscode } from './harness/journey';

describe('the packaged extension', () => {
  const journey = openVscode();

  journey('starts by its command and logs no error', async ({ workbench, server }) => {
    await workbench.command('Flag & Review: Show Log');
    await workbench.page.locator('.panel .output-view, .panel .output').first().waitFor();
    expect(Object.keys(server.logs()).filter((file) => file.includes('flag-review.flag-review'))).not.toEqual([]);
    expect(loggedErrors(server)).toEqual([]);
    await workbench.screenshot('workbench');
  });
});

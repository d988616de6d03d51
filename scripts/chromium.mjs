// Debian's Chromium, driven by Playwright: it opens the workbench of the VS Code server.
import { chromium } from 'playwright-core';
import { findProgram } from './programs.mjs';

const switches = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
  // No name is ever looked up. Routing requests in Playwright would do it too, but switches off the HTTP cache.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * The path of Chromium, when there is one.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  return process.env.CHROMIUM || findProgram('chromium') || findProgram('chromium-browser');
}

/** @returns {Promise<import('playwright-core').Browser>} */
export async function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Chromium is missing. Install it with: apt-get install -y chromium');
  return chromium.launch({ executablePath, args: switches });
}

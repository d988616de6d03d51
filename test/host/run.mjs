// Runs the suites of this folder inside the extension host of the VS Code server, on an empty workspace, with the
// extension as it is built in this repository.
//
//   node test/host/run.mjs [--grep TEXT]
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchChromium } from '../../scripts/chromium.mjs';
import { quietSettings } from '../../scripts/quietSettings.mjs';
import { startServer } from '../../scripts/startServer.mjs';

const limit = 420_000;
const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const { values: options } = parseArgs({ options: { grep: { type: 'string', default: '' } } });
const work = mkdtempSync(join(tmpdir(), 'flag-review-host-'));
const resultFile = join(work, 'result.json');

let ending;
let server;
let browser;
try {
  server = await startHost();
  browser = await launchChromium();
  ending = await runInWindow();
} catch (error) {
  ending = { why: error.stack, messages: [] };
} finally {
  await browser?.close();
  const logs = server?.logs() ?? {};
  await server?.stop();
  keepLogs(logs);
  report();
  rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function startHost() {
  const folder = (name) => {
    const created = join(work, name);
    mkdirSync(created);
    return created;
  };
  return startServer({
    workspace: folder('workspace'),
    settings: { ...quietSettings, 'files.hotExit': 'off', 'git.enabled': false },
    // Without it a built VS Code ignores which extension and tests the address asks for.
    args: ['--enable-smoke-test-driver'],
    env: {
      PATH: process.env.PATH,
      HOME: folder('home'),
      LANG: 'C.UTF-8',
      TMPDIR: folder('tmp'),
      HOST_TEST_RESULT: resultFile,
      HOST_TEST_GREP: options.grep,
    },
    log: (line) => console.error(line),
  });
}

/** Opens the window that runs the tests, and waits for the end that it reports. */
async function runInWindow() {
  const messages = [];
  const page = await (await browser.newContext()).newPage();
  const why = new Promise((resolve) => {
    const timer = setTimeout(() => resolve(`No end after ${limit / 1000} s.`), limit);
    const exit = (code) => {
      clearTimeout(timer);
      resolve(`The extension host ended with ${code}.`);
    };
    void page.exposeFunction('codeAutomationExit', exit);
  });
  await page.exposeFunction('codeAutomationLog', (type, args) => messages.push(`${type} ${args.join(' ')}`));
  const remote = (file) => `vscode-remote://${new URL(server.origin).host}${file}`;
  const payload = [
    ['extensionDevelopmentPath', remote(root)],
    ['extensionTestsPath', remote(join(root, 'dist/test/host.cjs'))],
  ];
  const query = new URLSearchParams({ folder: server.workspace, payload: JSON.stringify(payload) });
  await page.goto(`${server.origin}/?${query}`);
  return { why: await why, messages };
}

function keepLogs(logs) {
  mkdirSync(join(root, 'test-results'), { recursive: true });
  const texts = Object.entries(logs).map(([file, text]) => `--- ${file}\n${text}`);
  writeFileSync(join(root, 'test-results', 'host.log'), [...ending.messages, ...texts, ending.why].join('\n'));
}

/** Only a written result counts: an extension host that dies ends with 0. */
function report() {
  if (!existsSync(resultFile)) {
    console.log([...ending.messages.slice(-30), `No result. ${ending.why} See test-results/host.log.`].join('\n'));
  }
  const outcomes = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : [];
  for (const { title, state, milliseconds, error } of outcomes) {
    console.log(`${state} ${title} (${milliseconds} ms)${error ? `\n${error}` : ''}`);
  }
  const count = (state) => outcomes.filter((outcome) => outcome.state === state).length;
  const failed = outcomes.length === 0 ? 1 : count('failed');
  console.log(
    [`${count('passed')} passed, ${failed} failed`, count('skipped') && `${count('skipped')} skipped`]
      .filter(Boolean)
      .join(', '),
  );
  process.exitCode = failed > 0 || count('passed') === 0 ? 1 : 0;
}

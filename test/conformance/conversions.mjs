// Compares how our Python worker converts inputs and outputs with how Gradio's components do (`node test/conformance/conversions.mjs`).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gradioEnvironment } from './environments.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** @returns `{ passed, failures }`, or `{ reason }`: a sentence why nothing could be compared */
export function compareConversions() {
  const { python, reason } = gradioEnvironment('6.25.0');
  if (!python) return { reason };
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'matplotlib'];
  const installed = spawnSync(python, pip, { encoding: 'utf8' });
  if (installed.status !== 0) return { reason: `pip cannot install Matplotlib: ${installed.stderr.trim()}` };
  const folder = mkdtempSync(join(tmpdir(), 'flag-review-conversions-'));
  try {
    const run = spawnSync(python, [join(here, 'conversions.py'), join(here, '../../python'), folder], {
      encoding: 'utf8',
      env: { ...process.env, GRADIO_ANALYTICS_ENABLED: 'False', GRADIO_TEMP_DIR: join(folder, 'gradio') },
    });
    if (run.status !== 0) return { passed: 0, failures: [run.stderr || String(run.error)] };
    return JSON.parse(run.stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failures, reason } = compareConversions();
  for (const failure of failures ?? []) console.log(`FAILED  ${failure}`);
  console.log(reason ? `skipped: ${reason}` : `conversions: ${passed} passed, ${failures.length} failed`);
  process.exitCode = failures?.length ? 1 : 0;
}

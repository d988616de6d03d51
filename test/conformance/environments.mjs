// Virtual environments with released versions of the peers, kept outside the repository and made once.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What pip installs; the second pins are the newest releases with which that version of Gradio can be imported. */
const requirements = {
  'gradio-4.44.1': ['gradio==4.44.1', 'huggingface_hub<1', 'pydantic<2.11'],
  'gradio-6.25.0': ['gradio==6.25.0'],
  'datasets-5.0.1': ['datasets==5.0.1', 'huggingface_hub==1.33.0', 'pillow'],
  'cleanlab-2.9.0': ['cleanlab==2.9.0', 'scikit-learn>=1.2'],
};

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'flag-review', 'conformance');
const bin = process.platform === 'win32' ? 'Scripts' : 'bin';

/** The first Python that can be run. Gradio 4.44 needs a release for which its dependencies have wheels. */
function findPython() {
  const names = ['python3.11', 'python3.12', 'python3.10', 'python3'];
  return names.find((name) => spawnSync(name, ['-c', 'import venv, ensurepip']).status === 0);
}

export function gradioEnvironment(version) {
  return environment(`gradio-${version}`);
}

/**
 * The interpreter of an environment that has this release of a peer.
 *
 * @param {keyof typeof requirements} name
 * @returns `{ python }`, or `{ reason }`: a sentence why there is none
 */
export function environment(name) {
  const directory = join(cache, name);
  const python = join(directory, bin, 'python');
  const ready = join(directory, 'ready');
  if (existsSync(ready)) return { python };

  const system = findPython();
  if (!system) return { reason: 'python3 with its venv module is not installed.' };
  console.log(`Installing ${name} into ${directory} (once, some minutes)…`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const made = spawnSync(system, ['-m', 'venv', directory], { encoding: 'utf8' });
  if (made.status !== 0) return { reason: `python3 cannot make a virtual environment: ${lastLine(made)}` };
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements[name]];
  const installed = spawnSync(python, pip, { encoding: 'utf8' });
  if (installed.status !== 0) return { reason: `pip cannot install ${name}: ${lastLine(installed)}` };
  writeFileSync(ready, '');
  return { python };
}

function lastLine({ stderr, stdout, error }) {
  return (stderr || stdout || String(error)).trim().split('\n').at(-1);
}

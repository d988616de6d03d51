// The real `huggingface_hub` and `datasets` of Python, talking to a Hub on this machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('hub_peer.py', import.meta.url));

/**
 * @param python its interpreter
 * @param url of the Hub
 * @param home an empty folder for what Python keeps
 * @returns `ask`, which answers one question of `hub_peer.py`, and `stop`
 */
export function startPeer(options) {
  const child = spawn(options.python, ['-W', 'ignore', script], { env: peerEnvironment(options) });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let complaints = '';
  child.stderr.on('data', (chunk) => (complaints += chunk));
  const ask = async (question) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`hub_peer.py failed: ${complaints}`);
    return JSON.parse(value);
  };
  const stop = async () => {
    child.stdin.end();
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { ask, stop };
}

/** The variables of a Python process that knows this Hub alone. */
export function peerEnvironment({ url, token, home }) {
  return {
    ...process.env,
    ...{ HF_ENDPOINT: url, HF_TOKEN: token, HF_HOME: home, HF_HUB_DISABLE_XET: '1' },
    ...{ HF_HUB_DISABLE_TELEMETRY: '1', HF_HUB_DISABLE_PROGRESS_BARS: '1', DO_NOT_TRACK: '1', NO_PROXY: '*' },
  };
}

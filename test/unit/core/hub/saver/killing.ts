import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';
import { testTokens } from '../../../../hub/accounts';
import type { TestHub } from '../../../../hub/hub';
import { newFolder } from './saving';

/** Lets another process send the flags of a folder, and kills it between the commit and the note of it. */
export async function killedAfterCommit({ url }: TestHub, folder: string): Promise<void> {
  const outfile = join(newFolder(), 'sender.cjs');
  const entryPoints = [join(import.meta.dirname, 'sender.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20' });
  const child = spawn(process.execPath, [outfile, folder, url], {
    env: { ...process.env, HF_TOKEN: testTokens.write },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

import { resolve } from 'node:path';
import type { HubClient } from '../hub/client/types';
import type { PullPlan } from '../hub/pull/types';
import type { PullUpdate } from '../hub/pull/update';
import { parseRepositoryId } from '../hub/repository';
import { interrupted, type Terminal } from './context';
import { hubClientOf } from './hubClient';
import { printable } from './printable';
import type { PullArguments } from './pullArguments';

/**
 * `flag-review pull`: downloads a dataset of the Hub, or takes what changed there since.
 *
 * @returns the exit status
 */
export async function pullCommand(terminal: Terminal, options: PullArguments): Promise<number> {
  const client = await hubClientOf(terminal, { endpoint: options.endpoint, onlyReads: true });
  try {
    if (options.update === undefined) await pull(terminal, client, options);
    else await update(terminal, client, resolve(terminal.cwd, options.update), options);
    return 0;
  } catch (error) {
    terminal.progress?.('');
    if (!terminal.interrupt?.aborted) throw error;
    terminal.log.warn('Interrupted. Run the same command again to go on where it stopped.');
    return interrupted;
  }
}

async function pull(terminal: Terminal, client: HubClient, options: PullArguments): Promise<void> {
  const { repo = '', revision, config, split, to, dryRun, json } = options;
  const id = parseRepositoryId(repo);
  const { findRemoteDataset, planPull, chooseSplits } = await import('../hub/pull/pulling');
  const dataset = await findRemoteDataset(client, id, revision, signalOf(terminal));
  const splits = chooseSplits(dataset, config, split);
  const folder = resolve(terminal.cwd, to ?? id.split('/')[1] ?? '');
  const plan = planPull(client.endpoint, dataset, splits, folder);
  if (!dryRun) await download(terminal, client, plan);
  if (json) terminal.print(JSON.stringify({ ...plan, from: dataset.from, written: !dryRun }));
  else for (const { path, size } of plan.files) terminal.print(printable(`${path}  ${size} bytes`));
}

async function update(
  terminal: Terminal,
  client: HubClient,
  folder: string,
  { dryRun, json }: PullArguments,
): Promise<void> {
  const { findUpdate } = await import('../hub/pull/pulling');
  const found = await findUpdate(client, folder, signalOf(terminal));
  if (!dryRun) await download(terminal, client, found.plan);
  if (json) terminal.print(JSON.stringify({ ...found, written: !dryRun }));
  else for (const line of updateLines(found)) terminal.print(printable(line));
}

function updateLines({ files, record }: PullUpdate): string[] {
  if (files.length === 0) return [`${record.repo} has nothing new.`];
  const texts = {
    changed: 'changed',
    added: 'new',
    removed: 'gone on the Hub, kept here',
    both: 'changed on the Hub and here, kept as it is here',
  } as const;
  return files.map((file) => `${file.path}: ${texts[file.update]}`);
}

async function download(terminal: Terminal, client: HubClient, plan: PullPlan): Promise<void> {
  const { runPull } = await import('../hub/pull/pulling');
  const { progress, log } = terminal;
  await runPull(plan, client, {
    ...signalOf(terminal),
    onWait: (message) => log.info(message),
    ...(progress && {
      onProgress: (done, bytes) => progress(`Downloading… ${bytes === 0 ? 100 : Math.floor((100 * done) / bytes)} %`),
    }),
  });
  progress?.('');
}

function signalOf({ interrupt: signal }: Terminal) {
  return signal ? { signal } : {};
}

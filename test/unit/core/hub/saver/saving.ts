import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { onTestFinished } from 'vitest';
import { fileData } from '../../../../../extension/core/demo/fileData';
import { createLogger } from '../../../../../extension/core/flagging/loggers';
import type { LoggedComponent } from '../../../../../extension/core/flagging/types';
import { createHubClient } from '../../../../../extension/core/hub/client/hubClient';
import type { HubClient } from '../../../../../extension/core/hub/client/types';
import { FlagQueue } from '../../../../../extension/core/hub/saver/flagQueue';
import { FlagSender, type SenderOptions } from '../../../../../extension/core/hub/saver/flagSender';
import { HubSaver, type HubSaverOptions } from '../../../../../extension/core/hub/saver/hubSaver';
import type { SenderState, SaverTarget } from '../../../../../extension/core/hub/saver/types';
import { silentLog, type Log } from '../../../../../extension/core/log';
import { testTokens } from '../../../../hub/accounts';
import type { TestHub } from '../../../../hub/hub';

export const repo = 'ada/flags';

/** Settings of a saver as a definition without keys of its own has them. */
export const target: SaverTarget = {
  repo,
  visibility: 'private',
  layout: 'parquet',
  infoFilename: 'dataset_info.json',
};

export const components: readonly LoggedComponent[] = [
  { kind: 'textbox', label: 'text' },
  { kind: 'image', label: 'picture' },
  { kind: 'label', label: 'class' },
];

/** A machine of somebody who flags: a flagging directory with its queue, and a sender that is not awake. */
export interface Machine {
  readonly folder: string;
  readonly saver: HubSaver;
  readonly queue: FlagQueue;
  readonly sender: FlagSender;
  readonly states: SenderState[];
  readonly log: string[];
  /** Flags a text with a picture. */
  flag(text: string, picture?: string): ReturnType<HubSaver['record']>;
  /** Sends what waits. */
  send(): Promise<SenderState>;
}

export interface MachineOptions extends Partial<SenderOptions>, Partial<Pick<HubSaverOptions, 'onQueued'>> {
  readonly token?: string;
  readonly target?: Partial<SaverTarget>;
  readonly folder?: string;
  /** Those of above, in an order of their own. */
  readonly columns?: readonly LoggedComponent[];
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flag-review-saver-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function machine(hub: TestHub, options: MachineOptions = {}): Machine {
  const folder = options.folder ?? newFolder();
  const {
    token = testTokens.write,
    target: own,
    onQueued = () => undefined,
    columns = components,
    ...others
  } = options;
  const log: string[] = [];
  const write = (line: string | Error): void => void log.push(String(line));
  const recording: Log = { trace: write, debug: write, info: write, warn: write, error: write };
  const aim = { ...target, ...own };
  const saver = new HubSaver(
    createLogger('CSVLogger', { format: 'guide', flaggingDirAsGiven: folder, hasOptions: true }),
    { target: aim, log: recording, onQueued },
  );
  void saver.setup(columns, folder);
  const queue = new FlagQueue(folder, aim.repo);
  const states: SenderState[] = [];
  const sender = new FlagSender(queue, {
    connect: () => Promise.resolve(clientOf(hub, token, recording)),
    log: recording,
    onChange: (state) => states.push(state),
    gather: 0,
    spacing: 0,
    backoff: 1,
    ...others,
  });
  onTestFinished(() => sender.dispose());
  const picture = join(folder, 'cat.png');
  return {
    ...{ folder, saver, queue, sender, states, log },
    flag: (text, content = 'a cat') => {
      writeFileSync(picture, content);
      const classes = { label: 'cat', confidences: [{ label: 'cat', confidence: 0.75 }] };
      const payloads = new Map<string | undefined, unknown>();
      payloads.set('text', text).set('picture', fileData(picture)).set('class', classes);
      const data = columns.map(({ label }) => payloads.get(label));
      return saver.record({ data, option: 'wrong', username: null });
    },
    send: async () => {
      sender.sendNow();
      await sender.settled();
      return sender.state;
    },
  };
}

/** A client that waits for nothing. */
export function clientOf({ url }: TestHub, token: string = testTokens.write, log: Log = silentLog): HubClient {
  return createHubClient({ endpoint: url, token, log, userAgent: 'test/1', wait: () => Promise.resolve() });
}

/** The rows of all shards of a configuration, in the order of their names. */
export async function rowsOnHub(hub: TestHub, folder = 'data', id: string = repo): Promise<Record<string, unknown>[]> {
  const repository = hub.repository(id);
  const rows: Record<string, unknown>[] = [];
  for (const path of repository.paths().filter((one) => one.startsWith(`${folder}/`))) {
    const file = new Uint8Array(await repository.read(path)).buffer;
    rows.push(...(await parquetReadObjects({ file, compressors, utf8: false })));
  }
  return rows;
}

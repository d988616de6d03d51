/** A process of ours that flags: prints the id of each sample once it is recorded. Arguments: directory, first id, count. */
import { createLogger } from '../../../../extension/core/flagging/loggers';

async function main([directory = '', first = '0', count = '0']: readonly string[]): Promise<void> {
  const logger = createLogger('CSVLogger', { format: 'guide', flaggingDirAsGiven: 'flagged', hasOptions: false });
  await logger.setup(
    [
      { kind: 'textbox', label: 'id' },
      { kind: 'textbox', label: 'text' },
    ],
    directory,
  );
  for (let id = Number(first); id < Number(first) + Number(count); id++) {
    await logger.record({ data: [String(id), 'x'.repeat(id % 5000)], option: null, username: null });
    process.stdout.write(`${id}\n`);
  }
}

void main(process.argv.slice(2));

/** A window of its own that decides: `node appender.cjs <dataset> <reviewer> <first row> <lines>`. */
import { LedgerFile } from '../../../../../extension/core/review/ledger/ledgerFile';
import { draft } from './entries';

async function main([dataset = '', reviewer = '', first = '0', count = '0']: readonly string[]): Promise<void> {
  const ledger = new LedgerFile(dataset, reviewer);
  for (let row = Number(first); row < Number(first) + Number(count); row++) {
    await ledger.append([draft(row, 'keep')]);
    process.stdout.write(`${row}\n`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

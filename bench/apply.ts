/** Makes what is measured of applying corrections: `apply <path> <MiB> <corrections>` writes a CSV and a ledger on it. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { LedgerFile, type EntryDraft } from '../extension/core/review/ledger/ledgerFile';
import { hashOfRecord } from '../extension/core/review/recordHash';

const words = 'some text of an article with a "quoted" word, a comma, and what else there is in news of the day ';

function textOf(row: number): string {
  return `${row} ${words.repeat(1 + (row % 3))}`;
}

function write(path: string, size: number): number {
  const file = openSync(path, 'w');
  let [rows, written] = [0, writeSync(file, 'id,text,label\n')];
  while (written < size) {
    const lines: string[] = [];
    for (let line = 0; line < 10_000; line++, rows++)
      lines.push(`${rows},"${textOf(rows).replaceAll('"', '""')}",${rows % 2 ? 'news' : 'sport'}\n`);
    written += writeSync(file, lines.join(''));
  }
  closeSync(file);
  return rows;
}

async function main(path: string, size: number, corrections: number): Promise<void> {
  const rows = write(path, size);
  const chosen = Array.from({ length: corrections }, (_, at) => Math.floor((at * rows) / corrections));
  const drafts = chosen.map((row): EntryDraft => {
    const hash = hashOfRecord({ text: 'text', columns: ['text'] }, [textOf(row)]);
    const given = row % 2 ? 'news' : 'sport';
    return { row, hash, text: 'text', column: 'label', given, decision: 'change', label: 'world' };
  });
  await new LedgerFile(path, 'bench').append(drafts);
  writeFileSync(`${path}.rows.json`, JSON.stringify(chosen));
  console.log(JSON.stringify({ rows }));
}

const [, , path = '', mebibytes = '0', corrections = '0'] = process.argv;
void main(path, Number(mebibytes) * 2 ** 20, Number(corrections));

/** The CSV part of the bench in a plain Node.js process; prints one JSON object, as csv_peer.py does for Python. */
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse';
import { excel } from '../extension/core/csv/dialect';
import { applyEdits, setCell } from '../extension/core/csv/editCells';
import { FileIndex } from '../extension/core/csv/fileIndex';
import { readRecord } from '../extension/core/csv/parse';
import { TextIndex } from '../extension/core/csv/textIndex';

const header = 'num1,operation,num2,output,flag,timestamp\r\n';

/** A log whose rows have one cell of JSON each. */
function write(path: string, rows: number): object {
  const row = (index: number): string =>
    `${index},subtract,7.5,"{""label"": ""a"", ""confidence"": 0.5}",wrong sign,2024-01-02 03:04:05.678901\r\n`;
  writeFileSync(path, header + Array.from({ length: rows }, (_, index) => row(index)).join(''));
  return { rows };
}

async function indexFile(path: string): Promise<object> {
  return perSecond(async () => (await FileIndex.read(path, excel)).count);
}

async function indexText(path: string): Promise<object> {
  const text = readFileSync(path, 'utf8');
  return perSecond(() => new TextIndex(text, excel).count);
}

/** Every cell, as the peers give them. */
async function readCells(path: string): Promise<object> {
  return perSecond(() => {
    const text = readFileSync(path, 'utf8');
    let records = 0;
    for (let at = 0; at < text.length; records++) at = readRecord(text, at, excel).end;
    return records;
  });
}

async function csvParse(path: string): Promise<object> {
  return perSecond(async () => {
    let records = 0;
    for await (const record of createReadStream(path).pipe(parse())) {
      if (Array.isArray(record)) records++;
    }
    return records;
  });
}

/** Milliseconds from a new text for one cell to the changed text with its records found again; the median of several. */
function editCell(path: string): object {
  let text = readFileSync(path, 'utf8');
  const index = new TextIndex(text, excel);
  const times = Array.from({ length: 9 }, (_, turn) => {
    const record = Math.floor(index.count / 2) + turn;
    const started = performance.now();
    const edit = setCell(text, index.span(record), 1, `changed, ${turn}`, excel);
    text = applyEdits(text, [edit]);
    index.update(text, [edit]);
    const { cells } = readRecord(text, index.start(record), excel);
    if (cells[1] !== `changed, ${turn}`) throw new Error(`The cell is ${String(cells[1])}.`);
    return performance.now() - started;
  });
  return { edit_ms: times.sort((a, b) => a - b)[times.length >> 1] };
}

async function perSecond(read: () => number | Promise<number>): Promise<object> {
  const started = performance.now();
  const records = await read();
  return { records, per_second: records / ((performance.now() - started) / 1000) };
}

const parts = { indexFile, indexText, readCells, csvParse, editCell };

async function main([what = '', path = '', rows = '']: readonly string[]): Promise<void> {
  const part = parts[what as keyof typeof parts] as ((path: string) => object | Promise<object>) | undefined;
  console.log(JSON.stringify(part ? await part(path) : write(path, Number(rows))));
}

void main(process.argv.slice(2));

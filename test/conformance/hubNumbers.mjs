// Whole numbers of any size in JSON Lines, as `load_dataset` gives them back.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const huge = '123456789012345678901234567890';
const [smallest, largest] = ['-9223372036854775808', '9223372036854775807'];
const [tooSmall, tooLarge] = ['-9223372036854775809', '9223372036854775808'];

/** Values of columns, as JSON; `digits` are those of them that have to come back. */
const datasets = {
  'of 64 bits': { columns: { n: [smallest, largest] }, digits: [smallest, largest], isWarned: false },
  longer: { columns: { n: [tooSmall, tooLarge, '1'] }, digits: [tooSmall, tooLarge], isWarned: true },
  'in lists': { columns: { n: [`[1, ${huge}]`, '[2]'] }, digits: [huge], isWarned: true },
  'in objects': { columns: { n: [`{"a": ${huge}}`, '{"a": 2}'] }, digits: [huge], isWarned: true },
  'beside floats': { columns: { n: ['1.5', huge] }, digits: [huge], isWarned: true },
  'among other values': { columns: { n: ['"x"', `[${huge}]`, tooSmall] }, digits: [huge, tooSmall], isWarned: true },
  'late among other values': {
    columns: { n: ['"x"', '[1]', '2', '3', '4', '5', '6', huge] },
    digits: [huge],
    isWarned: true,
  },
  'beside mixed values': { columns: { n: ['"x"', '[1]'], m: [huge, '1'] }, digits: [huge], isWarned: true },
};

/** As Parquet every digit comes back; as they are those come back that nothing is warned of. What is pulled is the file. */
export async function numbersLoad({ ask, check, push, pull, work }) {
  for (const [at, [title, { columns, digits, isWarned }]] of Object.entries(datasets).entries()) {
    const source = join(work, `numbers-${at}.jsonl`);
    const lines = Object.values(columns)[0].map((_, row) => {
      const members = Object.entries(columns).map(([name, values]) => `"${name}": ${values[row]}`);
      return `{"text": "row ${row}", ${members.join(', ')}}\n`;
    });
    writeFileSync(source, lines.join(''));
    for (const format of ['asIs', 'parquet']) {
      const repo = `ada/numbers-${at}-${format.toLowerCase()}`;
      const { warnings } = await push({ source, repo, format });
      const isTold = warnings.some(({ message }) => message.includes('beyond 64 bits'));
      check(`numbers ${title}, ${format}: warned`, isTold, isWarned && format === 'asIs');
      const { train, error } = await ask({ ask: 'load', repo });
      const found = JSON.stringify(train?.rows ?? error);
      const kept = digits.filter((one) => found.includes(`"${one}"`));
      check(`numbers ${title}, ${format}: kept`, kept, isTold ? [] : digits);
      if (format === 'parquet') check(`numbers ${title}: rows`, train?.rows.length, lines.length);
    }
    const folder = join(work, `numbers-${at}`);
    await pull(folder, `ada/numbers-${at}-asis`);
    check(`numbers ${title}: pulled`, readFileSync(join(folder, 'data/train.jsonl'), 'utf8'), lines.join(''));
  }
}

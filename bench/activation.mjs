// What it costs to load the extension: in Node.js, and by what VS Code tells of its windows.
import { statSync } from 'node:fs';

const rounds = 9;

/** Size and processor time of the bundle alone, which say the same on a busy machine. */
export function loading({ measure, row }) {
  const times = Array.from({ length: rounds }, () => measure(process.execPath, ['bench/loading.cjs']).cpu_ms);
  console.log(`\nLoading extension.js, ${(statSync('dist/extension.js').size / 1024).toFixed(0)} KiB, in Node.js`);
  row('processor time, ms', times);
}

/** @param windows what `activation.measure.ts` wrote */
export function activated({ row, windows }) {
  console.log('\nActivation in VS Code, ms');
  row(
    'load',
    windows.map(({ load }) => load),
  );
  row(
    'call',
    windows.map(({ call }) => call),
  );
}

/** Our side of the bench in a plain Node.js process; prints one JSON object, as gradio_peer.py does for Gradio. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogFormat } from '../extension/core/demo/definition';
import { createRunner } from '../extension/core/demo/runners/createRunner';
import { findPython } from '../extension/core/demo/runners/pythonInterpreter';
import { createLogger } from '../extension/core/flagging/loggers';
import type { LoggedComponent } from '../extension/core/flagging/types';
import { silentLog } from '../extension/core/log';

const components: readonly LoggedComponent[] = [
  { kind: 'number', label: 'num1' },
  { kind: 'radio', label: 'operation' },
  { kind: 'number', label: 'num2' },
  { kind: 'number', label: 'output' },
];

const logs: Readonly<Partial<Record<LogFormat, string>>> = { guide: 'logs.csv', 'gradio-6': 'dataset1.csv' };

/** Flags per second into a log of so many rows; the first flag, which counts them, is told apart. */
async function flags(directory: string, format: LogFormat, rows: number, count: number): Promise<object> {
  mkdirSync(directory, { recursive: true });
  const header = 'num1,operation,num2,output,flag,timestamp\r\n';
  const row = `5,subtract,7.5,${format === 'guide' ? '' : "'"}-2.5,wrong sign,2024-01-02 03:04:05.678901\r\n`;
  writeFileSync(join(directory, logs[format] ?? ''), header + row.repeat(rows));
  const logger = createLogger('CSVLogger', { format, flaggingDirAsGiven: 'flagged', hasOptions: true });
  await logger.setup(components, directory);
  const data = [5, 'subtract', 7.5, -2.5];
  const started = performance.now();
  if ((await logger.flag(data, 'wrong sign')) !== rows + 1) throw new Error('The rows were not counted.');
  const first = performance.now();
  for (let flag = 0; flag < count; flag++) await logger.flag(data, 'wrong sign');
  return { flags_per_second: count / ((performance.now() - first) / 1000), first_ms: first - started };
}

/** Milliseconds of one calculator call through the warm Python worker. */
async function calls(root: string, count: number): Promise<object> {
  const examples = join(root, 'examples');
  const inputs = [
    { kind: 'number' },
    { kind: 'radio', choices: ['add', 'subtract'].map((name) => [name, name] as const) },
    { kind: 'number' },
  ] as const;
  const runner = createRunner(
    { type: 'python', file: join(examples, 'calculator.py'), name: 'calculator' },
    { inputs, outputs: [{ kind: 'number' }] },
    {
      mediaDir: join(root, 'test-results', 'bench-media'),
      log: silentLog,
      cwd: examples,
      workers: { pythonWorker: join(root, 'python', 'worker.py'), javascriptWorker: '', classifierWorker: '' },
      python: () => findPython({ baseDir: examples, folders: [examples], environment: process.env }),
      consent: () => Promise.resolve(false),
    },
  );
  const times: number[] = [];
  for (let call = 0; call < count + 5; call++) {
    const started = performance.now();
    const [output] = await runner.run([5, 'subtract', 7.5]);
    if (output !== -2.5) throw new Error(`The calculator gave ${String(output)}.`);
    if (call >= 5) times.push(performance.now() - started);
  }
  await runner.dispose();
  return { median_ms: times.sort((a, b) => a - b)[times.length >> 1] };
}

async function main([what, ...rest]: readonly string[]): Promise<void> {
  const [first = '', second = '', rows = '', count = ''] = rest;
  const result =
    what === 'flags'
      ? await flags(first, second as LogFormat, Number(rows), Number(count))
      : await calls(first, Number(second));
  console.log(JSON.stringify(result));
}

void main(process.argv.slice(2));

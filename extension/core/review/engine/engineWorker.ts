/** The thread of the engine. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Interpreter } from '../../demo/runners/pythonInterpreter';
import type { Log } from '../../log';
import { LocalEngine } from './localEngine';
import {
  answerOf,
  interpreterOf,
  type Answer,
  type EngineCall,
  type LogLevel,
  type ThreadSettings,
  type ToHost,
  type ToThread,
} from './threadMessages';

const { cwd, workers } = workerData as ThreadSettings;
const say = (message: ToHost, moved: readonly ArrayBuffer[] = []): void => parentPort?.postMessage(message, moved);

/** Ends calls that can be ended. */
const running = new Map<number, AbortController>();
const waitingForPython = new Map<number, (answer: Answer) => void>();

const logAt =
  (level: LogLevel) =>
  (text: string | Error): void =>
    say({ kind: 'log', level, text: text instanceof Error ? (text.stack ?? text.message) : text });
const log: Log = {
  trace: logAt('trace'),
  debug: logAt('debug'),
  info: logAt('info'),
  warn: logAt('warn'),
  error: logAt('error'),
};

let questions = 0;
async function python(): Promise<Interpreter> {
  const id = ++questions;
  const answer = new Promise<Answer>((resolve) => waitingForPython.set(id, resolve));
  say({ kind: 'python', id });
  return interpreterOf(await answer);
}

const engine = new LocalEngine({ log, cwd, workers, python });

function perform(call: EngineCall, id: number, signal: AbortSignal): Promise<unknown> {
  switch (call.method) {
    case 'find': {
      const onProgress = (what: string, done: number): void => say({ kind: 'progress', id, what, done });
      return engine.find(call.settings, call.labels, { signal, onProgress });
    }
    case 'change':
      return engine.change(call.changes);
    case 'probabilities':
      return engine.probabilities(call.row);
    case 'reason':
      return engine.reason(call.row, call.given, call.suggested);
    case 'similar':
      return engine.similar(call.row, call.count);
  }
}

async function answer(id: number, call: EngineCall): Promise<void> {
  const stop = new AbortController();
  running.set(id, stop);
  const given = await answerOf(() => perform(call, id, stop.signal));
  running.delete(id);
  say({ kind: 'answer', id, answer: given }, 'result' in given ? arraysOf(given.result) : []);
}

/** The memory of the columns of candidates, which is moved to the host instead of copied. */
function arraysOf(result: unknown): ArrayBuffer[] {
  const candidates: unknown = (result as { readonly candidates?: unknown } | null)?.candidates;
  const columns = typeof candidates === 'object' && candidates !== null ? Object.values(candidates) : [];
  return columns.flatMap((column: unknown) =>
    ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer ? [column.buffer] : [],
  );
}

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'call') void answer(message.id, message.call);
  else if (message.kind === 'cancel') running.get(message.id)?.abort();
  else waitingForPython.get(message.id)?.(message.answer);
});

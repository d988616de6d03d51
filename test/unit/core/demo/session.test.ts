import { describe, expect, it } from 'vitest';
import type { Component } from '../../../../extension/core/demo/components';
import type { Demo } from '../../../../extension/core/demo/definition';
import type { RunEvents, Runner } from '../../../../extension/core/demo/runner';
import { DemoSession } from '../../../../extension/core/demo/session';
import type { FlagNote, FlagRecord, FlagRecorder, FlagSample } from '../../../../extension/core/flagging/types';

const demoOf = (changes: Partial<Demo> = {}): Demo => ({
  source: '/ws/calculator.demo.json',
  baseDir: '/ws',
  title: 'Calculator',
  description: '',
  article: '',
  fn: { type: 'python', file: '/ws/calculator.py', name: 'calculator' },
  inputs: [{ kind: 'number', label: 'a' }],
  additionalInputs: 0,
  outputs: [{ kind: 'number', label: 'Output' }],
  examples: [],
  live: false,
  flaggingMode: 'manual',
  flaggingOptions: [{ label: 'Flag', value: null }],
  flaggingDir: 'flagged',
  flaggingCallback: 'CSVLogger',
  logFormat: 'guide',
  ...changes,
});

/** A runner of one TypeScript function, and a recorder that keeps samples in a list. */
function sessionOf(demo: Demo, fn: (inputs: readonly unknown[], events: RunEvents) => unknown[] | Promise<unknown[]>) {
  const recorded: { sample: FlagSample; note: FlagNote | undefined }[] = [];
  const records = new Map<string, FlagRecord>();
  const runner: Runner = {
    describe: () => Promise.reject(new Error('not asked for')),
    run: async (inputs, events = {}) => fn(inputs, events),
    dispose: () => Promise.resolve(),
  };
  const recorder: FlagRecorder = {
    flag: (sample, note) => {
      recorded.push({ sample, note });
      const id = String(recorded.length);
      const record: FlagRecord = {
        id,
        option: sample.option,
        state: 'flagged',
        log: '/ws/flagged/logs.csv',
        rows: recorded.length,
        canUndo: true,
        error: undefined,
      };
      records.set(id, record);
      return Promise.resolve(record);
    },
    undo: (id) => {
      const record = records.get(id);
      return record ? Promise.resolve({ ...record, state: 'undone' }) : Promise.reject(new Error(`no flag ${id}`));
    },
    spooled: () => Promise.resolve(0),
    retrySpooled: () => Promise.resolve(0),
    dispose: () => Promise.resolve(),
  };
  return { recorded, session: new DemoSession(demo, { runner, recorder, username: () => null }) };
}

const double = ([a]: readonly unknown[]): unknown[] => [Number(a) * 2];

describe('runs', () => {
  it('counts them, and gives the outputs', async () => {
    const { session } = sessionOf(demoOf(), double);
    expect(await session.run([2])).toMatchObject({ id: 1, inputs: [2], outputs: [4], outcome: 'finished' });
    expect(await session.run([3])).toMatchObject({ id: 2, outputs: [6] });
  });

  it('keeps a failure in the record, with the last partial outputs', async () => {
    const { session } = sessionOf(demoOf(), (_, { onPartial }) => {
      onPartial?.([1]);
      throw new Error('out of memory');
    });
    const run = await session.run([2]);
    expect(run).toMatchObject({ outcome: 'failed', outputs: [1] });
    expect(run.error?.message).toBe('out of memory');
  });

  it('stops a run when a newer one begins, and the newer one is the last', async () => {
    const { session } = sessionOf(demoOf(), ([a], { signal }) => {
      if (a !== 1) return [a];
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('interrupted'))));
    });
    const first = session.run([1]);
    const second = session.run([2]);
    expect((await first).outcome).toBe('stopped');
    expect((await second).outputs).toEqual([2]);
    expect(session.lastRun?.id).toBe(2);
    expect(session.running).toBe(false);
  });

  it('keeps state components between runs, and forgets them on clear', async () => {
    const state: Component = { kind: 'state', label: 'count', value: 10 };
    const demo = demoOf({
      inputs: [{ kind: 'number', label: 'a' }, state],
      outputs: [{ kind: 'number' }, { kind: 'state' }],
    });
    const { session } = sessionOf(demo, ([a, count]) => [a, Number(count) + 1]);
    expect((await session.run([0, 'from the page'])).inputs).toEqual([0, 10]);
    expect((await session.run([0, null])).inputs).toEqual([0, 11]);
    session.clear();
    expect((await session.run([0, null])).inputs).toEqual([0, 10]);
  });
});

describe('flags', () => {
  it('records the sample that was run, once per option', async () => {
    const { session, recorded } = sessionOf(demoOf(), double);
    const run = await session.run([2]);
    const twice = await Promise.all([
      session.flag({ runId: run.id, option: null }),
      session.flag({ runId: run.id, option: null }),
    ]);
    expect(twice[0]).toEqual(twice[1]);
    expect(recorded.map(({ sample }) => sample.data)).toEqual([[2, 4]]);
    await session.flag({ runId: run.id, option: 'odd' });
    expect(recorded).toHaveLength(2);
  });

  it('can be undone and given again', async () => {
    const { session, recorded } = sessionOf(demoOf(), double);
    const run = await session.run([2]);
    const flag = await session.flag({ runId: run.id, option: null });
    expect((await session.undo(flag.id)).state).toBe('undone');
    await session.flag({ runId: run.id, option: null });
    expect(recorded).toHaveLength(2);
  });

  it('refuses what has no output, and a run that is no longer the last', async () => {
    const { session } = sessionOf(demoOf(), ([a]) => {
      if (a === 0) throw new Error('division by zero');
      return [a];
    });
    await expect(session.flag({ runId: 1, option: null })).rejects.toThrow('no output');
    const failed = await session.run([0]);
    await expect(session.flag({ runId: failed.id, option: null })).rejects.toThrow('no output');
    const old = await session.run([1]);
    await session.run([2]);
    await expect(session.flag({ runId: old.id, option: null })).rejects.toThrow('no output');
  });
});

describe('auto mode', () => {
  it('records inputs and outputs of every successful run, and stops when told to', async () => {
    const { session, recorded } = sessionOf(demoOf({ flaggingMode: 'auto' }), ([a]) => {
      if (a === 0) throw new Error('division by zero');
      return [a];
    });
    expect((await session.run([1])).autoFlag).toMatchObject({ state: 'flagged' });
    expect((await session.run([0])).autoFlag).toBeUndefined();
    session.autoFlag = false;
    await session.run([3]);
    expect(recorded.map(({ sample }) => sample.data)).toEqual([[1, 1]]);
  });
});

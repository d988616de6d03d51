/**
 * The steps of a generator, plain or asynchronous, or of a stream; undefined for any other value, arrays included. Of a
 * plain generator too the steps are apart in time, so that the wire is read and written between them.
 */
export function stepsOf(value: unknown): AsyncIterable<unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Symbol.asyncIterator in value) return value as AsyncIterable<unknown>;
  const isGenerator = Symbol.iterator in value && 'next' in value && typeof value.next === 'function';
  return isGenerator ? apart((value as Iterable<unknown>)[Symbol.iterator]()) : undefined;
}

async function* apart(iterator: Iterator<unknown>): AsyncGenerator {
  try {
    for (let step = iterator.next(); ; step = iterator.next()) {
      if (step.done) return step.value as unknown;
      yield step.value;
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    iterator.return?.();
  }
}

interface Head<T> {
  readonly iterator: AsyncIterator<T>;
  item: T;
  time: string;
}

/** Behind every time. */
const never = '\uffff';

/**
 * The items of several logs as one stream, by their times, which are written so that their texts sort. Those of one log
 * stay in their order: one without a time, or earlier than the one before, follows it. At equal times the earlier log
 * goes first. Of each log one item is held.
 */
export async function* inOrderOfTime<T>(
  logs: readonly AsyncIterable<T>[],
  timeOf: (item: T) => string | null,
): AsyncGenerator<T> {
  const iterators = logs.map((log) => log[Symbol.asyncIterator]());
  try {
    const heads = (await Promise.all(iterators.map((iterator) => firstOf(iterator, timeOf)))).flat();
    while (heads.length > 0) {
      let [head] = heads;
      for (const other of heads) if (head && other.time < head.time) head = other;
      if (!head) return;
      yield head.item;
      const next = await head.iterator.next();
      if (next.done) heads.splice(heads.indexOf(head), 1);
      else Object.assign(head, { item: next.value, time: laterOf(head.time, timeOf(next.value)) });
    }
  } finally {
    for (const iterator of iterators) await iterator.return?.();
  }
}

async function firstOf<T>(iterator: AsyncIterator<T>, timeOf: (item: T) => string | null): Promise<Head<T>[]> {
  const first = await iterator.next();
  return first.done ? [] : [{ iterator, item: first.value, time: timeOf(first.value) ?? never }];
}

/** A time that goes back counts as the one before: what was written later stays behind it. */
function laterOf(before: string, time: string | null): string {
  if (time === null) return before;
  return before === never || time > before ? time : before;
}

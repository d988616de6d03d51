import { PythonFloat } from '../../flagging/format/pythonValue';
import type { Feature } from '../staging/types';
import { isRecord } from '../../json';

/** Objects with more keys than this are no records of one shape; they stay JSON. */
const mostFields = 256;
/** Lists and objects that lie deeper than this inside each other stay JSON: readers of Parquet give up on such types. */
const mostLevels = 32;

const smallestInteger = -(2n ** 63n);
const largestInteger = 2n ** 63n - 1n;

type Seen = 'bool' | 'integer' | 'float' | 'string' | 'list' | 'struct';

/** Finds the narrowest type that keeps all values of a column of JSON as they are. */
export class JsonType {
  private readonly seen = new Set<Seen>();
  /** Whether each integer is one of 64 bits, and one that a float keeps. */
  private areLong = true;
  private areSafe = true;
  private items: JsonType | undefined;
  private readonly members = new Map<string, JsonType>();

  constructor(private readonly levels = mostLevels) {}

  add(value: unknown): void {
    if (typeof value === 'boolean') this.seen.add('bool');
    else if (typeof value === 'string') this.seen.add('string');
    else if (typeof value === 'number') this.seen.add(Number.isInteger(value) ? 'integer' : 'float');
    else if (typeof value === 'bigint') this.addLong(value);
    else if (value !== null) this.addObject(value);
  }

  /** A column without a value is one of texts. */
  feature(): Feature {
    const [only, ...others] = this.seen;
    if (only === undefined) return { kind: 'value', dtype: 'string' };
    if (others.length === 0) return this.only(only);
    const areNumbers = this.seen.size === 2 && this.seen.has('integer') && this.seen.has('float');
    return areNumbers && this.areSafe ? { kind: 'value', dtype: 'float64' } : { kind: 'json' };
  }

  /** Whether it has a whole number that 64 bits do not hold, at any depth. */
  get hasHuge(): boolean {
    const parts = this.items ? [this.items, ...this.members.values()] : [...this.members.values()];
    return !this.areLong || parts.some((part) => part.hasHuge);
  }

  private only(seen: Seen): Feature {
    switch (seen) {
      case 'bool':
      case 'string':
        return { kind: 'value', dtype: seen };
      case 'float':
        return { kind: 'value', dtype: 'float64' };
      case 'integer':
        // Neither a column nor the JSON of `datasets` holds larger ones.
        return { kind: 'value', dtype: this.areLong ? 'int64' : 'string' };
      case 'list':
        return { kind: 'list', of: this.items?.feature() ?? { kind: 'value', dtype: 'string' } };
      case 'struct': {
        if (this.members.size === 0 || this.members.size > mostFields) return { kind: 'json' };
        return { kind: 'struct', fields: [...this.members].map(([key, type]) => [key, type.feature()] as const) };
      }
    }
  }

  private addLong(value: bigint): void {
    this.areSafe = false;
    this.areLong &&= value >= smallestInteger && value <= largestInteger;
    this.seen.add('integer');
  }

  private addObject(value: unknown): void {
    if (value instanceof PythonFloat) {
      this.seen.add('float');
    } else if (this.levels === 0) {
      this.seen.add('struct'); // of members that nobody looks at
    } else if (Array.isArray(value)) {
      this.seen.add('list');
      this.items ??= new JsonType(this.levels - 1);
      for (const item of value) this.items.add(item);
    } else if (isRecord(value)) {
      this.seen.add('struct');
      for (const [key, item] of Object.entries(value)) this.addMember(key, item);
    }
  }

  private addMember(key: string, value: unknown): void {
    let member = this.members.get(key);
    if (!member) {
      // One more than is wanted tells that there are too many.
      if (this.members.size > mostFields) return;
      this.members.set(key, (member = new JsonType(this.levels - 1)));
    }
    member.add(value);
  }
}

import type { FlaggingCallbackFactory, Registration } from '../api';
import { builtInLoggers } from '../core/flagging/types';

/** Whether another extension may register a flagging callback of this name. */
export function isRegistrable(name: string): boolean {
  return /^[\w-]+$/u.test(name) && !isBuiltIn(name);
}

function isBuiltIn(name: string): boolean {
  return (builtInLoggers as readonly string[]).includes(name);
}

/** The flagging callbacks that other extensions registered, by name. */
export class CallbackRegistry {
  private readonly entries = new Map<string, { readonly factory: FlaggingCallbackFactory }>();

  register(name: string, factory: FlaggingCallbackFactory): Registration {
    if (isBuiltIn(name)) throw new Error(`"${name}" is a built-in logger.`);
    if (!isRegistrable(name)) {
      throw new Error(`"${name}" is no name of a flagging callback: use letters, digits, - and _.`);
    }
    if (this.entries.has(name)) throw new Error(`A flagging callback named "${name}" is registered already.`);
    const entry = { factory };
    this.entries.set(name, entry);
    return {
      dispose: () => {
        if (this.entries.get(name) === entry) this.entries.delete(name);
      },
    };
  }

  get(name: string): FlaggingCallbackFactory | undefined {
    return this.entries.get(name)?.factory;
  }
}

import type { FlaggingCallbackFactory, Registration } from '../api';
import { builtInLoggers } from '../core/flagging/types';

/** The flagging callbacks that other extensions registered, by name. */
export class CallbackRegistry {
  private readonly factories = new Map<string, FlaggingCallbackFactory>();

  register(name: string, factory: FlaggingCallbackFactory): Registration {
    if (!/^[\w-]+$/u.test(name))
      throw new Error(`"${name}" is no name of a flagging callback: use letters, digits, - and _.`);
    if ((builtInLoggers as readonly string[]).includes(name)) throw new Error(`"${name}" is a built-in logger.`);
    if (this.factories.has(name)) throw new Error(`A flagging callback named "${name}" is registered already.`);
    this.factories.set(name, factory);
    return {
      dispose: () => {
        if (this.factories.get(name) === factory) this.factories.delete(name);
      },
    };
  }

  get(name: string): FlaggingCallbackFactory | undefined {
    return this.factories.get(name);
  }

  get names(): readonly string[] {
    return [...this.factories.keys()];
  }
}

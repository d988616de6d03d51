import { ExpectedError } from '../../errors';
import type { LoggedComponent } from '../../flagging/types';
import { isRecord } from '../../json';

type Method = (...values: readonly unknown[]) => unknown;

/** A flagging callback that a module exports: an object, or a class that is made without arguments. */
export class Callback {
  private readonly instance: object;
  private readonly methods: { readonly setup: Method; readonly flag: Method };

  /** @throws ExpectedError when the export has not the methods of a callback */
  constructor(name: string, exported: unknown) {
    const instance: unknown = typeof exported === 'function' ? Reflect.construct(exported, []) : exported;
    if (!isRecord(instance) || typeof instance.setup !== 'function' || typeof instance.flag !== 'function')
      throw new ExpectedError(
        `${name} is no flagging callback.`,
        'Export a class or an object with setup(components, flaggingDir) and flag(data, flagOption, username).',
      );
    this.instance = instance;
    this.methods = { setup: instance.setup as Method, flag: instance.flag as Method };
  }

  async setup(components: readonly LoggedComponent[], flaggingDir: string): Promise<void> {
    await Reflect.apply(this.methods.setup, this.instance, [components, flaggingDir]);
  }

  /** @returns the number of rows in the log; NaN when the callback does not say, for the sample is recorded all the same */
  async flag(data: readonly unknown[], flagOption: string | null, username: string | null): Promise<number> {
    const rows: unknown = await Reflect.apply(this.methods.flag, this.instance, [data, flagOption, username]);
    return typeof rows === 'number' && Number.isSafeInteger(rows) && rows >= 0 ? rows : NaN;
  }
}

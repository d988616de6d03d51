/**
 * The public API of Flag & Review. Another extension gets it by
 *
 * ```ts
 * const extension = vscode.extensions.getExtension<FlagReviewApi>('flag-review.flag-review');
 * const api = await extension?.activate();
 * context.subscriptions.push(api.registerFlaggingCallback('warehouse', ({ demo }) => new WarehouseCallback(demo.title)));
 * ```
 *
 * A demo definition then names it: `"flagging_callback": "warehouse"`. Types only: nothing here needs `vscode`.
 */
import type { Demo } from './core/demo/definition';
import type { FlaggingCallback } from './core/flagging/types';

/** What a factory is told of the demo that will flag through the callback. */
export interface FlaggingCallbackContext {
  /** The definition with every default applied. */
  readonly demo: Demo;
  /** Absolute path of the flagging directory; it need not exist yet. */
  readonly flaggingDir: string;
}

/** Makes one callback for one demo panel. It may throw: the samples are then kept and offered again. */
export type FlaggingCallbackFactory = (context: FlaggingCallbackContext) => FlaggingCallback;

/** The same shape as `vscode.Disposable`. */
export interface Registration {
  dispose(): void;
}

export interface FlagReviewApi {
  /** Grows when something is added; what is there is never changed or removed within a major version of the product. */
  readonly version: 1;
  /**
   * Makes a flagging callback available under a name.
   *
   * @param name what `flagging_callback` of a definition gives; letters, digits, `-` and `_`
   * @throws Error when the name is malformed, built in, or taken
   */
  registerFlaggingCallback(name: string, factory: FlaggingCallbackFactory): Registration;
}

export type { Demo, FlaggingCallback };

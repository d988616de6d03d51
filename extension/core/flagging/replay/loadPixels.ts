import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PixelDifference } from './sameOutput';

/**
 * Compares images by the bundle `pixels.cjs`, whose decoders are loaded with the first pair that differs in its bytes.
 *
 * @param installation the folder of the bundles, absolute
 */
export function pixelDifferenceIn(installation: string): PixelDifference {
  let loaded: { readonly pixelDifference: PixelDifference } | undefined;
  return (one, other) => {
    loaded ??= createRequire(join(installation, 'pixels.cjs'))('./pixels.cjs') as typeof loaded;
    return loaded?.pixelDifference(one, other) ?? Promise.resolve(undefined);
  };
}

import { readFile } from 'node:fs/promises';
import { convertIndexedToRgb, decode as decodePng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four channels a pixel, 0 to 255. */
  readonly rgba: ArrayLike<number>;
}

/**
 * The mean difference of two PNG or JPEG files per channel, 0 to 255.
 *
 * @returns undefined when either is of another format or damaged; Infinity when they differ in size
 */
export async function pixelDifference(one: string, other: string): Promise<number | undefined> {
  const [first, second] = await Promise.all([pixelsOf(one), pixelsOf(other)]);
  if (!first || !second) return undefined;
  if (first.width !== second.width || first.height !== second.height) return Infinity;
  let sum = 0;
  const { length } = first.rgba;
  for (let index = 0; index < length; index++) sum += Math.abs((first.rgba[index] ?? 0) - (second.rgba[index] ?? 0));
  return length === 0 ? 0 : sum / length;
}

async function pixelsOf(path: string): Promise<Pixels | undefined> {
  const bytes = await readFile(path);
  try {
    if (bytes.subarray(0, 8).equals(pngSignature)) return pngPixels(bytes);
    if (bytes[0] === 0xff && bytes[1] === 0xd8) {
      const { width, height, data } = decodeJpeg(bytes, { useTArray: true, maxMemoryUsageInMB: 1024 });
      return { width, height, rgba: data };
    }
  } catch {
    return undefined; // a damaged image differs from any other; the caller compared the bytes already
  }
  return undefined;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Packed grey images of less than eight bits a pixel are left to the comparison of bytes. */
function pngPixels(bytes: Buffer): Pixels | undefined {
  const image = decodePng(bytes);
  const { width, height, depth } = image;
  if (!image.palette && depth < 8) return undefined;
  const data = image.palette ? convertIndexedToRgb(image) : image.data;
  const channels = data.length / (width * height);
  const scale = depth === 16 && !image.palette ? 255 / 65535 : 1;
  const rgba = new Float32Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) rgba.set(pixelOf(data, pixel, channels, scale), pixel * 4);
  return { width, height, rgba };
}

function pixelOf(data: ArrayLike<number>, pixel: number, channels: number, scale: number): number[] {
  const at = (channel: number): number => (data[pixel * channels + channel] ?? 0) * scale;
  const [grey, alpha] = [at(0), at(channels - 1)];
  if (channels === 1) return [grey, grey, grey, 255];
  if (channels === 2) return [grey, grey, grey, alpha];
  return channels === 3 ? [at(0), at(1), at(2), 255] : [at(0), at(1), at(2), alpha];
}

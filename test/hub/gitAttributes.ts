/** What a new dataset repository says about LFS. */
const extensions = [
  ...['7z', 'arrow', 'avro', 'bin', 'bz2', 'ckpt', 'ftz', 'gz', 'h5', 'joblib', 'lz4', 'mds', 'mlmodel', 'model'],
  ...['msgpack', 'npy', 'npz', 'onnx', 'ot', 'parquet', 'pb', 'pickle', 'pkl', 'pt', 'pth', 'rar', 'safetensors'],
  ...['tar', 'tflite', 'tgz', 'wasm', 'xz', 'zip', 'zst'],
  ...['pcm', 'sam', 'raw', 'aac', 'flac', 'mp3', 'ogg', 'wav'],
  ...['bmp', 'gif', 'png', 'tiff', 'jpg', 'jpeg', 'webp'],
  ...['mp4', 'webm', 'mkv'],
];
const patterns = [...extensions.map((name) => `*.${name}`), '*.lfs.*', 'saved_model/**/*', '*.tar.*', '*tfevents*'];

export const defaultGitAttributes = patterns
  .map((pattern) => `${pattern} filter=lfs diff=lfs merge=lfs -text\n`)
  .join('');

/** A regular file is at most this large. */
export const maxRegularBytes = 10 * 2 ** 20;

export type UploadMode = 'regular' | 'lfs';

/**
 * How the Hub wants a file: in LFS by name, by size, or because its first bytes hold a NUL. An empty file is never in LFS.
 *
 * @param attributes text of `.gitattributes`
 */
export function uploadModeOf(path: string, size: number, sample: Uint8Array, attributes: string): UploadMode {
  if (size === 0) return 'regular';
  return byName(path, attributes) || size > maxRegularBytes || sample.includes(0) ? 'lfs' : 'regular';
}

/** The last line that matches and says something about the filter decides. */
function byName(path: string, attributes: string): boolean {
  let inLfs = false;
  for (const line of attributes.split('\n')) {
    const [pattern = '', ...settings] = line.trim().split(/\s+/);
    const filter = settings.find((setting) => /^[-!]?filter\b/.test(setting));
    if (filter === undefined || pattern.startsWith('#') || !matches(pattern, path)) continue;
    inLfs = filter === 'filter=lfs';
  }
  return inLfs;
}

/** A pattern without a slash is one of names, in whatever folder. */
function matches(pattern: string, path: string): boolean {
  const subject = pattern.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1);
  const expression = pattern
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('**/', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('\0', '(?:.*/)?');
  return new RegExp(`^${expression}$`).test(subject);
}

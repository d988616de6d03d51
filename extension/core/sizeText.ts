const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes for a person, in powers of 1000: `512 bytes`, `1.2 MB`. */
export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 999.95 && unit < units.length - 1; unit++) size /= 1000;
  return unit === 0 ? `${size} ${size === 1 ? 'byte' : 'bytes'}` : `${size.toFixed(1)} ${units[unit] ?? ''}`;
}

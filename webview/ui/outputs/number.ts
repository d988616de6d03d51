/** A number as a person reads it and as JavaScript reads it back; the infinities by their sign. */
export function formatNumber(value: number): string {
  if (value === Infinity) return '∞';
  if (value === -Infinity) return '−∞';
  return Object.is(value, -0) ? '-0' : String(value);
}

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** A share of one as a percentage with at most one decimal; what is no share stays a number. */
export function formatPercent(share: number): string {
  return Number.isFinite(share) ? percent.format(share) : formatNumber(share);
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size in bytes, in decimal units, with three digits. */
export function formatBytes(bytes: number): string {
  if (bytes === 1) return '1 byte';
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : Number(size.toPrecision(3))} ${units[unit] ?? ''}`;
}

/** Where a layout of floats changes to the form with an exponent, and how that looks. */
interface FloatLayout {
  /** Smallest and largest decimal exponent (of the first digit) written without an exponent. */
  readonly plain: readonly [smallest: number, largest: number];
  readonly exponent: (exponent: number) => string;
}

const python: FloatLayout = {
  plain: [-4, 15],
  exponent: (exponent) => `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`,
};

const ryu: FloatLayout = { plain: [-5, 15], exponent: (exponent) => `e${exponent}` };

/** Python's `repr(float)`; the special values as `json.dumps` names them. */
export function pythonFloat(value: number): string {
  return Number.isFinite(value) ? layOut(value, python) : String(value);
}

/** A finite float as pydantic's `model_dump_json` writes it: the "pretty" layout of the Rust crate `ryu`. */
export function ryuFloat(value: number): string {
  return layOut(value, ryu);
}

/** Both use the fewest digits that read back as the same float, which are JavaScript's digits too. */
function layOut(value: number, { plain: [smallest, largest], exponent: suffix }: FloatLayout): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', power = ''] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(power);
  const sign = value < 0 ? '-' : '';
  if (exponent < smallest || exponent > largest) {
    return sign + (digits.length > 1 ? `${digits.charAt(0)}.${digits.slice(1)}` : digits) + suffix(exponent);
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

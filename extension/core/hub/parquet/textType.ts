import { pythonFloat } from '../../flagging/format/pythonFloat';
import type { Feature } from '../staging/types';

const integer = /^(?:0|-?[1-9]\d{0,18})$/;
const smallestInteger = -(2n ** 63n);
const largestInteger = 2n ** 63n - 1n;
/** Integers of no more characters are exact as floats. */
const safeLength = 15;
const decimal = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;

/**
 * Finds the type of a column of texts. It is a number or a truth value only where every cell that is not empty comes back
 * as it was written: `001`, `+5`, `1e5` and `NA` make a column one of texts.
 */
export class TextType {
  private areIntegers = true;
  private areFloats = true;
  private areBooleans = true;
  private hasPoint = false;
  private hasCells = false;
  /** Whether a float keeps all integers. */
  private areSafe = true;
  hasEmpty = false;

  add(cell: string | null): void {
    if (cell === null || cell === '') {
      this.hasEmpty = true;
      return;
    }
    this.hasCells = true;
    if (this.areBooleans) this.areBooleans = /^(?:true|false|True|False)$/.test(cell);
    if (this.areFloats) this.addNumber(cell);
  }

  feature(): Feature {
    return { kind: 'value', dtype: this.dtype };
  }

  /** Whether a float keeps the numbers: it is what readers without a missing integer make of a column that has one. */
  get fitsFloat(): boolean {
    return this.areFloats && this.areSafe;
  }

  private get dtype(): string {
    if (!this.hasCells) return 'string';
    if (this.areBooleans) return 'bool';
    if (this.areIntegers) return 'int64';
    return this.areFloats && this.hasPoint && this.areSafe ? 'float64' : 'string';
  }

  private addNumber(cell: string): void {
    if (integer.test(cell)) {
      if (cell.length > safeLength) this.addLong(cell);
      return;
    }
    this.areIntegers = false;
    this.hasPoint = true;
    const number = decimal.test(cell) ? Number(cell) : NaN;
    this.areFloats = Number.isFinite(number) && (String(number) === cell || pythonFloat(number) === cell);
  }

  private addLong(cell: string): void {
    const value = BigInt(cell);
    this.areSafe &&= Number.isSafeInteger(Number(cell));
    if (value < smallestInteger || value > largestInteger) this.areIntegers = this.areFloats = false;
  }
}

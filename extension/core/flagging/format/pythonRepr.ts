import { pythonFloat } from './pythonFloat';
import { isList, isMap, PythonFloat, toPythonValue, type PythonValue } from './pythonValue';

/** Python's `repr` of a value, which is also its `str` unless it is a string. */
export function pythonRepr(value: unknown): string {
  return write(toPythonValue(value));
}

function write(value: PythonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return writeString(value);
  if (value instanceof PythonFloat) return writeFloat(value.value);
  if (isList(value)) return `[${value.map(write).join(', ')}]`;
  if (!isMap(value)) return String(value);
  return `{${[...value].map(([key, item]) => `${writeString(key)}: ${write(item)}`).join(', ')}}`;
}

function writeFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return pythonFloat(value).replace('Infinity', 'inf');
}

function writeString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'"]|(?! )[\p{C}\p{Z}]/gu, (character) => {
    if (character === "'" || character === '"') return character === quote ? `\\${character}` : character;
    return named[character] ?? numbered(character.codePointAt(0) ?? 0);
  });
  return quote + escaped + quote;
}

const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function numbered(codePoint: number): string {
  const hex = codePoint.toString(16);
  if (codePoint <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return codePoint <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

import { characterCount, lengthRules, stringRules, valueRules, type Rule } from './constraint.ts';
import { copyDocument, notConvertible } from './json-type.ts';
import { shapeNamed } from './shape-named.ts';

/** How a value without members of its own is read, measured and printed. */
export interface Scalar {
  /** Turns the JSON value into the code's form; throws `UnexpectedJsonType`. */
  readonly read: (value: unknown) => unknown;
  readonly rules: readonly Rule<never>[];
  readonly size: (value: never) => number;
  readonly text: (value: unknown) => string;
}

/** The scalar of a shape; undefined for structures, lists and maps. */
export function scalarOf(name: string): Scalar | undefined {
  const shape = shapeNamed(name);
  switch (shape.type) {
    case 'string':
      return {
        read: readString,
        rules: stringRules(name, shape),
        size: characterCount,
        text: String,
      };
    case 'integer':
    case 'long': {
      const read = shape.type === 'integer' ? readInteger : readLong;
      return { read, rules: valueRules(shape), size: Number, text: String };
    }
    case 'blob':
      return { read: readBase64, rules: lengthRules(shape), size: base64Bytes, text: bufferText };
    case 'boolean':
      return { read: readBoolean, rules: [], size: Number, text: String };
    case 'timestamp':
      return { read: readTimestamp, rules: [], size: Number, text: String };
    case 'document':
      return { read: (value) => copyDocument(value), rules: [], size: Number, text: String };
    default:
      return undefined;
  }
}

/** Tells whether a value that was read, and measured, keeps a rule. Measure once: texts may be long. */
export function keeps(rule: Rule<never>, value: unknown, size: number): boolean {
  return rule.holds(value as never, size);
}

const largestInteger = 2 ** 31 - 1;
const largestTimestampMs = 8.64e15;
const base64 = /^[A-Za-z0-9+/]*={0,2}$/u;

function readString(value: unknown): string {
  if (typeof value !== 'string') throw notConvertible(value, 'String');
  return value;
}

function readBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw notConvertible(value, 'Boolean');
  return value;
}

function readInteger(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (value >= -largestInteger - 1 && value <= largestInteger) return value;
  }
  throw notConvertible(value, 'Integer');
}

function readLong(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw notConvertible(value, 'Long');
}

// Epoch seconds on the wire, epoch milliseconds in the code.
function readTimestamp(value: unknown): number {
  const valueMs = typeof value === 'number' ? Math.round(value * 1000) : Number.NaN;
  if (Math.abs(valueMs) <= largestTimestampMs) return valueMs;
  throw notConvertible(value, 'Date');
}

function readBase64(value: unknown): string {
  if (typeof value === 'string' && value.length % 4 === 0 && base64.test(value)) return value;
  throw notConvertible(value, 'ByteBuffer');
}

function base64Bytes(value: string): number {
  const padding = value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0;
  return (value.length / 4) * 3 - padding;
}

function bufferText(value: unknown): string {
  const bytes = base64Bytes(String(value));
  return `java.nio.HeapByteBuffer[pos=0 lim=${bytes} cap=${bytes}]`;
}

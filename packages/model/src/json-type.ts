/**
 * Thrown when a member has another JSON type than the API says. The message is public. Its forms are known from other
 * services of AWS, not measured on this one. Source: behaviour.md 1.4.
 */
export class UnexpectedJsonType extends Error {}

/** Where a list, a map or a structure meets anything else. */
export function unexpectedField(): UnexpectedJsonType {
  return new UnexpectedJsonType('Unexpected field type');
}

/** Where a simple value of one type stands in place of another. */
export function notConvertible(
  value: unknown,
  target: 'String' | 'Integer' | 'Long' | 'Boolean' | 'Date' | 'ByteBuffer',
): UnexpectedJsonType {
  const source = javaClass(value);
  if (source === undefined) return unexpectedField();
  return new UnexpectedJsonType(`class java.lang.${source} can not be converted to an ${target}`);
}

/** Tells whether a JSON value is an object, not a list or null. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Copies a JSON value of any form into objects without a prototype. */
export function copyDocument(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  // Deeper documents are no settings that anybody writes, and each level costs stack wherever they are read.
  if (depth >= deepestDocument) throw unexpectedField();
  if (Array.isArray(value)) return value.map((item) => copyDocument(item, depth + 1));
  const copy = emptyRecord();
  for (const [key, item] of Object.entries(value)) {
    if (key !== '__proto__') copy[key] = copyDocument(item, depth + 1);
  }
  return copy;
}

/** An object without a prototype: no name that a caller chooses reaches anything inherited (security.md X01). */
export function emptyRecord(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

const deepestDocument = 64;
const largestInteger = 2 ** 31 - 1;

function javaClass(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return 'String';
    case 'boolean':
      return 'Boolean';
    case 'number':
      if (!Number.isInteger(value)) return 'Double';
      return Math.abs(value) <= largestInteger ? 'Integer' : 'Long';
    default:
      return undefined;
  }
}

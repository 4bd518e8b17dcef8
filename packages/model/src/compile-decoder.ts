import { lengthRules, mustNotBeNull } from './constraint.ts';
import { countedItems, nameInPath } from './departures.ts';
import { javaText } from './java-text.ts';
import { emptyRecord, isJsonObject, unexpectedField } from './json-type.ts';
import { keeps, scalarOf, type Scalar } from './scalar.ts';
import { holdsSensitive } from './sensitive-members.ts';
import { shapeNamed } from './shape-named.ts';
import type { ListShape, MapShape, StructureShape } from './shape/shape.ts';
import type { Violations } from './violations.ts';

/**
 * Copies a JSON value into the form that the code works with, and adds the constraints that it breaks to `violations`.
 * Throws `UnexpectedJsonType`. `path` is the member's in the service's notation; an empty path is the input itself.
 */
export type Decoder = (value: unknown, path: string, violations: Violations) => unknown;

const visible = new Map<string, Decoder>();
const concealed = new Map<string, Decoder>();

/** The decoder of a shape, compiled at its first use. A concealed one prints no values: it is inside something sensitive. */
export function decoderOf(name: string, isConcealed = false): Decoder {
  const conceal = isConcealed || shapeNamed(name).sensitive === true;
  const known = conceal ? concealed : visible;
  const found = known.get(name);
  if (found !== undefined) return found;
  const decoder = compile(name, conceal);
  known.set(name, decoder);
  return decoder;
}

function compile(name: string, conceal: boolean): Decoder {
  const scalar = scalarOf(name);
  if (scalar !== undefined) return compileScalar(scalar, conceal);
  const shape = shapeNamed(name);
  if (shape.type === 'structure') return compileStructure(name, shape, conceal);
  const print: Print =
    conceal || holdsSensitive(name) ? undefined : (value) => javaText(name, value);
  if (shape.type === 'list') return compileList(name, shape, conceal, print);
  if (shape.type === 'map') return compileMap(shape, conceal, print);
  throw new Error(`The shape ${name} has no decoder.`);
}

type Print = ((value: unknown) => string) | undefined;

function compileScalar(scalar: Scalar, conceal: boolean): Decoder {
  return (value, path, violations) => {
    const read = scalar.read(value);
    if (scalar.rules.length === 0) return read;
    const size = scalar.size(read as never);
    for (const rule of scalar.rules) {
      if (violations.full) break;
      if (!keeps(rule, read, size)) {
        violations.add(path, conceal ? undefined : scalar.text(read), rule.text);
      }
    }
    return read;
  };
}

function compileStructure(structure: string, shape: StructureShape, conceal: boolean): Decoder {
  const members = Object.entries(shape.members).map(([name, target]) => ({
    name,
    pathName: nameInPath(structure, name),
    required: shape.required?.includes(name) === true,
    sensitive: conceal || shapeNamed(target).sensitive === true,
    decode: decoderOf(target, conceal),
  }));
  return (value, path, violations) => {
    if (!isJsonObject(value)) throw unexpectedField();
    const copy = emptyRecord();
    for (const { name, pathName, required, sensitive, decode } of members) {
      const member = value[name];
      // An explicit null is an absent member (behaviour.md 1.1).
      if (member !== undefined && member !== null) {
        copy[name] = decode(member, path === '' ? pathName : `${path}.${pathName}`, violations);
      } else if (required) {
        const memberPath = path === '' ? pathName : `${path}.${pathName}`;
        violations.addNull(memberPath, sensitive, mustNotBeNull);
      }
    }
    return copy;
  };
}

/**
 * A list of simple values breaks its items' rules as a whole: `Value '[A, B]' at 'explicitAuthFlows' failed to satisfy
 * constraint: Member must satisfy constraint: [...]`, seen on the service in that form. Structures break theirs one by one,
 * at paths such as `userAttributes.1.member.name`.
 */
function compileList(name: string, shape: ListShape, conceal: boolean, print: Print): Decoder {
  const item = scalarOf(shape.member);
  const decode = decoderOf(shape.member, conceal);
  const sizeRules = lengthRules(shape);
  const sensitiveItem = conceal || shapeNamed(shape.member).sensitive === true;

  const decodeItems = (values: readonly unknown[], path: string, violations: Violations) =>
    values.map((value, index) => {
      const itemPath = `${path}.${index + 1}.member`;
      if (value !== null) return decode(value, itemPath, violations);
      violations.addNull(itemPath, sensitiveItem, mustNotBeNull);
      return null;
    });

  const readScalars = (
    scalar: Scalar,
    values: readonly unknown[],
    path: string,
    violations: Violations,
  ) => {
    const read = values.map((value) => (value === null ? null : scalar.read(value)));
    const hasNull = read.includes(null);
    const texts = scalar.rules.map((rule) => rule.text);
    if (hasNull) texts.push(mustNotBeNull);
    if (hasNull || !read.every((each) => keepsAll(scalar, each, violations))) {
      violations.add(path, print?.(read), `Member must satisfy constraint: [${texts.join(', ')}]`);
    }
    return read;
  };

  return (value, path, violations) => {
    if (!Array.isArray(value)) throw unexpectedField();
    const values: readonly unknown[] = value;
    const read =
      item === undefined
        ? decodeItems(values, path, violations)
        : readScalars(item, values, path, violations);
    const size = countedItems(name, read);
    for (const rule of sizeRules) {
      if (!rule.holds(read, size)) violations.add(path, print?.(read), rule.text);
    }
    return read;
  };
}

/**
 * A map breaks the rules of its keys and values as a whole. The form `Map value must satisfy constraint: [...]` is seen on
 * other services of AWS, the one for keys is inferred from it; neither was seen on this one.
 */
function compileMap(shape: MapShape, conceal: boolean, print: Print): Decoder {
  const key = scalarOf(shape.key);
  if (key === undefined) throw new Error(`The map key ${shape.key} is not a string.`);
  const item = scalarOf(shape.value);
  const decode = decoderOf(shape.value, conceal);
  const sizeRules = lengthRules(shape);

  return (value, path, violations) => {
    if (!isJsonObject(value)) throw unexpectedField();
    const copy = emptyRecord();
    let keysHold = true;
    let valuesHold = true;
    let size = 0;
    for (const [name, raw] of Object.entries(value)) {
      // This name is no data that anybody sends in good faith, and it is dangerous in every careless copy further on.
      if (raw === null || name === '__proto__') continue;
      const read =
        item === undefined
          ? decode(raw, `${path}.${name.slice(0, longestKeyInPath)}.member`, violations)
          : item.read(raw);
      copy[name] = read;
      size += 1;
      keysHold &&= keepsAll(key, name, violations);
      if (item !== undefined) valuesHold &&= keepsAll(item, read, violations);
    }
    if (!keysHold) violations.add(path, print?.(copy), mapRule('keys', key));
    if (!valuesHold && item !== undefined)
      violations.add(path, print?.(copy), mapRule('value', item));
    for (const rule of sizeRules) {
      if (!rule.holds(copy, size)) violations.add(path, print?.(copy), rule.text);
    }
    return copy;
  };
}

// A key is the caller's own text; a message must not grow with it.
const longestKeyInPath = 128;

function mapRule(part: 'keys' | 'value', scalar: Scalar): string {
  return `Map ${part} must satisfy constraint: [${scalar.rules.map((rule) => rule.text).join(', ')}]`;
}

function keepsAll(scalar: Scalar, value: unknown, violations: Violations): boolean {
  if (violations.full) return true;
  const size = scalar.size(value as never);
  return scalar.rules.every((rule) => keeps(rule, value, size));
}

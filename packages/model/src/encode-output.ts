import { operations, type OperationName, type OutputOf } from './operations.ts';
import { shapeNamed } from './shape-named.ts';
import type { StructureShape } from './shape/shape.ts';

type Encoder = (value: never) => unknown;

const encoders = new Map<string, Encoder | undefined>();

/**
 * The JSON-ready form of an output: only the members that the API declares, without absent ones, timestamps in epoch seconds
 * with at most 3 decimals. An operation without an output shape answers an empty object. Source: behaviour.md 1.3.
 */
export function encodeOutput<N extends OperationName>(
  name: N,
  value: OutputOf<N>,
): Record<string, unknown> {
  const { output } = operations[name];
  if (output === null) return {};
  return encoderOf(output)?.(value as never) as Record<string, unknown>;
}

/** The encoder of a shape, compiled at its first use; undefined where the value goes out as it is. */
function encoderOf(name: string): Encoder | undefined {
  if (!encoders.has(name)) encoders.set(name, compile(name));
  return encoders.get(name);
}

function compile(name: string): Encoder | undefined {
  const shape = shapeNamed(name);
  switch (shape.type) {
    case 'structure':
      return compileStructure(shape);
    case 'list': {
      const encodeItem = encoderOf(shape.member);
      return encodeItem && ((values: readonly never[]) => values.map((item) => encodeItem(item)));
    }
    case 'map':
      return compileMap(encoderOf(shape.value));
    case 'timestamp':
      return (valueMs: number) => {
        if (!Number.isFinite(valueMs)) throw new TypeError(`${valueMs} is not a moment in time.`);
        return Math.round(valueMs) / 1000;
      };
    default:
      return undefined;
  }
}

function compileStructure(shape: StructureShape): Encoder {
  const members = Object.entries(shape.members).map(([name, target]) => ({
    name,
    encode: encoderOf(target),
  }));
  const copy = (value: Readonly<Record<string, never>>): Record<string, unknown> => {
    const answer: Record<string, unknown> = {};
    for (const { name, encode } of members) {
      const member: unknown = value[name];
      if (member === undefined || member === null) continue;
      answer[name] = encode === undefined ? member : encode(member as never);
    }
    return answer;
  };
  if (members.some(({ encode }) => encode !== undefined)) return copy;
  // Attributes, of which a list has hundreds, are seldom in need of a copy.
  const declared = new Set(members.map(({ name }) => name));
  return (value: Readonly<Record<string, never>>) => {
    for (const name in value) {
      const member: unknown = value[name];
      if (member === undefined || member === null || !declared.has(name)) return copy(value);
    }
    return value;
  };
}

function compileMap(encode: Encoder | undefined): Encoder {
  return (value: Readonly<Record<string, never>>) => {
    const answer = Object.create(null) as Record<string, unknown>;
    for (const [key, item] of Object.entries(value) as [string, unknown][]) {
      if (item === undefined || item === null) continue;
      answer[key] = encode === undefined ? item : encode(item as never);
    }
    return answer;
  };
}

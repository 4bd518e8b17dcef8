import { LONGEST_VALUE, type AttributeSchema } from './attribute-value.ts';

/** What is wrong with an attribute's bounds. */
export type AttributeBoundsProblem = 'not-whole' | 'too-long' | 'crossed';

/**
 * Why an attribute cannot have the bounds of its type, or `undefined`. Bounds of another type do not count. They are whole numbers from
 * 0 to 2^1023, written as text. Source: behaviour.md 3.3; API model, StringAttributeConstraintsType and NumberAttributeConstraintsType.
 */
export function attributeBoundsProblem(
  schema: AttributeSchema,
): AttributeBoundsProblem | undefined {
  const { MinLength, MaxLength } = schema.StringAttributeConstraints ?? {};
  const { MinValue, MaxValue } = schema.NumberAttributeConstraints ?? {};
  switch (schema.AttributeDataType) {
    case 'String':
      return boundsProblem(MinLength, MaxLength, BigInt(LONGEST_VALUE));
    case 'Number':
      return boundsProblem(MinValue, MaxValue);
    default:
      return undefined;
  }
}

function boundsProblem(
  least: string | undefined,
  most: string | undefined,
  longest?: bigint,
): AttributeBoundsProblem | undefined {
  const bounds = [least, most].filter((bound) => bound !== undefined);
  if (!bounds.every((bound) => /^\d{1,308}$/.test(bound))) return 'not-whole';
  if (longest !== undefined && bounds.some((bound) => BigInt(bound) > longest)) return 'too-long';
  const isCrossed = least !== undefined && most !== undefined && BigInt(least) > BigInt(most);
  return isCrossed ? 'crossed' : undefined;
}

import { isPasswordLike, passwordPattern } from './password-form.ts';
import { enumAsPrinted, patternInForce } from './departures.ts';
import { compilePattern, type Matcher } from './pattern.ts';
import type { StringShape } from './shape/shape.ts';

/** One rule of a shape: the service's own text for it, and the test. Source: behaviour.md 1.5. */
export interface Rule<T> {
  readonly text: string;
  /** Receives the value and its size: characters, bytes or entries; the value itself for numbers. */
  readonly holds: (value: T, size: number) => boolean;
}

/** The rule that a required member breaks by its absence. */
export const mustNotBeNull = 'Member must not be null';

/** The rules for lengths: of strings, blobs, lists and maps. */
export function lengthRules(shape: {
  readonly min?: number;
  readonly max?: number;
}): Rule<unknown>[] {
  return rangeRules('length', shape);
}

/** The rules for the value of a number. */
export function valueRules(shape: {
  readonly min?: number;
  readonly max?: number;
}): Rule<unknown>[] {
  return rangeRules('value', shape);
}

/** The rules for a string, in the order in which the service lists them inside brackets. */
export function stringRules(name: string, shape: StringShape): Rule<string>[] {
  const rules: Rule<string>[] = lengthRules(shape);
  const pattern = patternInForce(name, shape);
  if (pattern !== undefined) rules.push(patternRule(name, shape, pattern));
  if (shape.enum !== undefined) {
    const values = new Set(shape.enum);
    const text = `Member must satisfy enum value set: [${enumAsPrinted(name, shape.enum).join(', ')}]`;
    rules.push({ text, holds: (value) => values.has(value) });
  }
  return rules;
}

/**
 * The length of a string in characters (code points), so that a limit means the same for every script. Whether the service
 * counts so, or counts UTF-16 units as Java does, is unknown.
 */
export function characterCount(value: string): number {
  let count = value.length;
  for (let index = 0; index < value.length - 1; index += 1) {
    const unit = value.charCodeAt(index);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = value.charCodeAt(index + 1);
    if (next < 0xdc00 || next > 0xdfff) continue;
    count -= 1;
    index += 1;
  }
  return count;
}

function rangeRules(
  measure: 'length' | 'value',
  { min, max }: { readonly min?: number; readonly max?: number },
): Rule<unknown>[] {
  const rules: Rule<unknown>[] = [];
  if (max !== undefined) {
    const text = `Member must have ${measure} less than or equal to ${max}`;
    rules.push({ text, holds: (_, size) => size <= max });
  }
  if (min !== undefined) {
    const text = `Member must have ${measure} greater than or equal to ${min}`;
    rules.push({ text, holds: (_, size) => size >= min });
  }
  return rules;
}

function patternRule(name: string, shape: StringShape, pattern: string): Rule<string> {
  let matches: Matcher | undefined;
  const max = shape.max ?? Number.POSITIVE_INFINITY;
  const isPassword = name === 'PasswordType';
  return {
    text: `Member must satisfy regular expression pattern: ${isPassword ? passwordPattern : pattern}`,
    holds: (value, size) => {
      matches ??= isPassword ? isPasswordLike : compilePattern(pattern);
      // A value beyond its length has broken a rule already; no expression runs on it.
      return size > max || matches(value);
    },
  };
}

import type { Attribute } from '../pool/wire';

/** Attributes as the pool lists them. */
export function listOf(attributes: Readonly<Record<string, string>>): Attribute[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** A code without the blanks that people copy with it. */
export function compact(code: string): string {
  return code.replaceAll(/\s/g, '');
}

/** The answer to NEW_PASSWORD_REQUIRED. Source: behaviour.md 6.8. */
export function newPasswordResponses(
  password: string,
  attributes: Readonly<Record<string, string>>,
): Record<string, string> {
  const named = Object.entries(attributes).map(([name, value]) => [
    `userAttributes.${name}`,
    value,
  ]);
  return { NEW_PASSWORD: password, ...Object.fromEntries(named) };
}

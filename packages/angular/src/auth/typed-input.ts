import type { Attribute } from '../pool/wire';

/** Attributes as the pool lists them. */
export function listOf(attributes: Readonly<Record<string, string>>): Attribute[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** A code without the blanks that people copy with it. */
export function compact(code: string): string {
  return code.replaceAll(/\s/g, '');
}

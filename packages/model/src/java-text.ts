import { nameInPath } from './departures.ts';
import { scalarOf } from './scalar.ts';
import { shapeNamed } from './shape-named.ts';

/**
 * A decoded value as the service, a Java program, prints it: `[a, b]` for lists, `{k=v}` for maps,
 * `RecoveryOptionType(priority=1, name=verified_email)` for structures. Source: settings.md 1.
 */
export function javaText(name: string, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const shape = shapeNamed(name);
  switch (shape.type) {
    case 'list':
      return `[${(value as readonly unknown[]).map((item) => javaText(shape.member, item)).join(', ')}]`;
    case 'map': {
      const entries = Object.entries(value).map(
        ([key, item]) => `${key}=${javaText(shape.value, item)}`,
      );
      return `{${entries.join(', ')}}`;
    }
    case 'structure': {
      const given = value as Readonly<Record<string, unknown>>;
      const members = Object.entries(shape.members).map(
        ([member, target]) => `${nameInPath(name, member)}=${javaText(target, given[member])}`,
      );
      return `${name}(${members.join(', ')})`;
    }
    default:
      return scalarOf(name)?.text(value) ?? '';
  }
}

import { shapes } from './generated/shapes.ts';
import { shapeNamed } from './shape-named.ts';

/** Tells whether the model marks a member of a structure as sensitive: its value never stands in a message or a log. */
export function isSensitive(structure: string, member: string): boolean {
  const shape = shapes[structure];
  if (shape?.type !== 'structure') return false;
  const target = Object.hasOwn(shape.members, member) ? shape.members[member] : undefined;
  return target !== undefined && shapeNamed(target).sensitive === true;
}

/** The names of all members that are sensitive in any structure, as they stand on the wire: the list for redaction in logs. */
export const sensitiveMembers: ReadonlySet<string> = new Set(
  Object.entries(shapes).flatMap(([name, shape]) =>
    shape.type === 'structure'
      ? Object.keys(shape.members).filter((member) => isSensitive(name, member))
      : [],
  ),
);

/** Tells whether a value of a shape has anything sensitive in it, at any depth. */
export function holdsSensitive(name: string): boolean {
  const shape = shapeNamed(name);
  if (shape.sensitive) return true;
  switch (shape.type) {
    case 'structure':
      return Object.values(shape.members).some(holdsSensitive);
    case 'list':
      return holdsSensitive(shape.member);
    case 'map':
      return holdsSensitive(shape.key) || holdsSensitive(shape.value);
    default:
      return false;
  }
}

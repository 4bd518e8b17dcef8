import type { Shape } from '@poolhouse/model';

/**
 * The TypeScript type of a shape. Timestamps are numbers (epoch milliseconds in the code), blobs are base64 strings;
 * lists and maps are read-only, so that a store's value can be answered without a copy.
 */
export function typeOf(name: string, shapes: ReadonlyMap<string, Shape>): string {
  const shape = shapes.get(name);
  switch (shape?.type) {
    case 'structure':
      return name;
    case 'list':
      return `readonly ${typeOf(shape.member, shapes)}[]`;
    case 'map':
      return `Readonly<Record<string, ${typeOf(shape.value, shapes)}>>`;
    case 'string':
      return shape.enum === undefined ? 'string' : name;
    case 'blob':
      return 'string';
    case 'integer':
    case 'long':
    case 'timestamp':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'document':
      return 'unknown';
    case undefined:
      throw new Error(`There is no shape ${name}.`);
  }
}

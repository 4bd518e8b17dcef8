import { shapes } from './generated/shapes.ts';
import type { Shape } from './shape/shape.ts';

/** The shape of that name; throws for a name that the model does not have. */
export function shapeNamed(name: string): Shape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`The API model has no shape ${name}.`);
  return shape;
}

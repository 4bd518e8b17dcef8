import { readFileSync } from 'node:fs';

/** A member, list item, map key or map value in the public API model: the name of the shape it holds. */
export interface ShapeReference {
  readonly shape: string;
}

/** A shape as `service-2.json` writes it; only the parts that the generator reads. */
export interface PublicShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, ShapeReference>>;
  readonly required?: readonly string[];
  readonly member?: ShapeReference;
  readonly key?: ShapeReference;
  readonly value?: ShapeReference;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly document?: boolean;
  readonly exception?: boolean;
}

/** An operation as `service-2.json` writes it; only the parts that the generator reads. */
export interface PublicOperation {
  readonly input?: ShapeReference;
  readonly output?: ShapeReference;
  readonly errors?: readonly ShapeReference[];
}

/** The public API model: the only source of ranges, patterns and the names of simple shapes. */
export interface PublicModel {
  readonly shapes: Readonly<Record<string, PublicShape>>;
  readonly operations: Readonly<Record<string, PublicOperation>>;
}

/** Reads the public API model from a file in the `service-2.json` format. */
export function readPublicModel(path: string): PublicModel {
  return JSON.parse(readFileSync(path, 'utf8')) as PublicModel;
}

/** A structure: its members and the names of their shapes, in the API model's order. */
export interface StructureShape {
  readonly type: 'structure';
  readonly members: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly sensitive?: true;
}

/** A list; `min` and `max` count its items. */
export interface ListShape {
  readonly type: 'list';
  readonly member: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

/** A map with string keys; `min` and `max` count its entries. */
export interface MapShape {
  readonly type: 'map';
  readonly key: string;
  readonly value: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

/** A string; `min` and `max` count its characters, `pattern` is the model's own text (a Java expression). */
export interface StringShape {
  readonly type: 'string';
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: true;
}

/** A whole number; `min` and `max` limit its value. */
export interface NumberShape {
  readonly type: 'integer' | 'long';
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

/** Bytes, in base64 on the wire; `min` and `max` count the bytes. */
export interface BlobShape {
  readonly type: 'blob';
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

/** A flag, a moment, or any JSON value. */
export interface PlainShape {
  readonly type: 'boolean' | 'timestamp' | 'document';
  readonly sensitive?: true;
}

/** A shape of the API model. */
export type Shape =
  StructureShape | ListShape | MapShape | StringShape | NumberShape | BlobShape | PlainShape;

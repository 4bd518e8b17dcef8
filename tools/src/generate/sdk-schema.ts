import * as sdk from '@aws-sdk/client-cognito-identity-provider';

/** What the SDK says of a member's type. `name` is absent where the SDK does not keep it (plain strings, numbers, flags). */
export interface SdkType {
  readonly kind:
    | 'string'
    | 'number'
    | 'boolean'
    | 'timestamp'
    | 'blob'
    | 'document'
    | 'structure'
    | 'list'
    | 'map';
  readonly name?: string;
  readonly sensitive?: true;
  /** The item of a list or the value of a map. */
  readonly item?: SdkType;
}

/** A structure of the SDK: its members in order, of which the first `requiredCount` are required. */
export interface SdkStructure {
  readonly name: string;
  readonly members: ReadonlyMap<string, SdkType>;
  readonly requiredCount: number;
}

/** An operation of the SDK; `output` is null where the API declares none. */
export interface SdkOperation {
  readonly name: string;
  readonly input: string;
  readonly output: string | null;
}

// The SDK's runtime schemas are arrays that begin with a number for their kind: 0 a named simple type, 1 a list, 2 a map,
// 3 a structure, -3 an error, 9 an operation. A type inside them is a number, such an array, a function that returns one, or
// a pair of one of those with its traits.
const structureKind = 3;
const errorKind = -3;
const operationKind = 9;
const simpleKinds: Readonly<Record<number, SdkType['kind']>> = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  4: 'timestamp',
  5: 'timestamp',
  6: 'timestamp',
  7: 'timestamp',
  15: 'document',
  21: 'blob',
};
const listOf = 64;
const mapOf = 128;
const sensitiveTrait = 8;

/** The operations of the installed SDK, in the order of their names. */
export function readSdkOperations(): readonly SdkOperation[] {
  return schemas(operationKind)
    .map((schema) => ({
      name: String(schema[2]),
      input: structureName(schema[4]) ?? '',
      output: structureName(schema[5]),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The structures of the installed SDK by name, without its errors. */
export function readSdkStructures(): ReadonlyMap<string, SdkStructure> {
  return new Map(schemas(structureKind).map((schema) => [String(schema[2]), toStructure(schema)]));
}

/** The names of the errors of the installed SDK, without its base class, sorted. */
export function readSdkErrors(): readonly string[] {
  return schemas(errorKind)
    .filter((schema) => String(schema[1]).startsWith('com.amazonaws.'))
    .map((schema) => String(schema[2]))
    .sort();
}

/** The values of the SDK's enums by the enum's name. */
export function readSdkEnums(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(sdk)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    const values: unknown[] = Object.values(value);
    if (values.length > 0 && values.every((each) => typeof each === 'string')) {
      found.set(name, values);
    }
  }
  return found;
}

function schemas(kind: number): readonly unknown[][] {
  return Object.entries(sdk)
    .filter(([name]) => name.endsWith('$'))
    .map(([, value]) => value as unknown)
    .filter((value): value is unknown[] => Array.isArray(value) && value[0] === kind);
}

function toStructure(schema: readonly unknown[]): SdkStructure {
  const names = schema[4] as readonly string[];
  const types = schema[5] as readonly unknown[];
  return {
    name: String(schema[2]),
    members: new Map(names.map((name, index) => [name, toType(types[index])])),
    requiredCount: typeof schema[6] === 'number' ? schema[6] : 0,
  };
}

function toType(schema: unknown): SdkType {
  if (typeof schema === 'function') return toType((schema as () => unknown)());
  if (typeof schema === 'number') return numberedType(schema);
  if (!Array.isArray(schema))
    throw new Error(`The SDK has a type of an unknown form: ${typeof schema}`);
  if (schema.length === 2) return toType(schema[0]);
  const name = String(schema[2]);
  switch (schema[0]) {
    case 0:
      return {
        ...numberedType(Number(schema[4])),
        name,
        ...(schema[3] === sensitiveTrait && { sensitive: true }),
      };
    case 1:
      return { kind: 'list', name, item: toType(schema[4]) };
    case 2:
      return { kind: 'map', name, item: toType(schema[5]) };
    case structureKind:
      return { kind: 'structure', name };
    default:
      throw new Error(`The SDK has a type of an unknown kind: ${String(schema[0])} (${name})`);
  }
}

function numberedType(code: number): SdkType {
  if (code >= mapOf) return { kind: 'map', item: numberedType(code - mapOf) };
  if (code >= listOf) return { kind: 'list', item: numberedType(code - listOf) };
  const kind = simpleKinds[code];
  if (kind === undefined) throw new Error(`The SDK has a simple type of an unknown code: ${code}`);
  return { kind };
}

function structureName(schema: unknown): string | null {
  const value: unknown = typeof schema === 'function' ? (schema as () => unknown)() : schema;
  return Array.isArray(value) ? String(value[2]) : null;
}

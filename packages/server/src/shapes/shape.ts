/** A place in an input. */
export type Path = readonly (string | number)[];

/** What is wrong: another type, unknown names, or a value out of bounds. */
type Kind = 'type' | 'names' | 'value';

/** An invalid input; names its first problem and where it is. */
export class Misshapen extends Error {
  override readonly name = 'Misshapen';
  readonly path: Path;
  readonly problem: string;
  readonly kind: Kind;
  /** Only for `names`: the unknown ones. */
  readonly unknown: readonly string[];

  constructor(path: Path, problem: string, kind: Kind, unknown: readonly string[] = []) {
    super(`${path.join('.')}: ${problem}`);
    this.path = path;
    this.problem = problem;
    this.kind = kind;
    this.unknown = unknown;
  }
}

/** Returns the input as the wanted type, or throws {@link Misshapen}. */
export type Shape<Value> = (given: unknown, path?: Path) => Value;

/** The type that a shape returns. */
export type Shaped<Of> = Of extends Shape<infer Value> ? Value : never;

/** Bounds: the number of characters or items, or the value. */
interface Bounds {
  readonly least?: number;
  readonly most?: number;
  /** The message for a value of another type. */
  readonly problem?: string;
}

/** A text. */
export function text({ least, most, problem }: Bounds = {}): Shape<string> {
  return (given, path = []) => {
    if (typeof given !== 'string') throw wrongType(path, 'string', given, problem);
    checkBounds(path, given.length, { least, most }, ['string to have', ' characters']);
    return given;
  };
}

/** A whole number. */
export function wholeNumber({ least, most, problem }: Bounds = {}): Shape<number> {
  return (given, path = []) => {
    if (typeof given !== 'number' || !Number.isFinite(given)) {
      throw wrongType(path, 'number', given, problem);
    }
    if (!Number.isInteger(given)) throw wrongType(path, 'int', given, problem);
    checkBounds(path, given, { least, most }, ['number to be', '']);
    return given;
  };
}

/** `true` or `false`. */
export function yesOrNo({ problem }: Pick<Bounds, 'problem'> = {}): Shape<boolean> {
  return (given, path = []) => {
    if (typeof given !== 'boolean') throw wrongType(path, 'boolean', given, problem);
    return given;
  };
}

/** One of several texts. */
export function oneOf<Text extends string>(options: readonly Text[]): Shape<Text> {
  return (given, path = []) => {
    const found = options.find((option) => option === given);
    if (found !== undefined) return found;
    const all = options.map((option) => `"${option}"`).join('|');
    throw new Misshapen(path, `Invalid option: expected one of ${all}`, 'value');
  };
}

/** A list. */
export function listOf<Value>(
  item: Shape<Value>,
  { least, problem }: Bounds = {},
): Shape<readonly Value[]> {
  return (given, path = []) => {
    if (!Array.isArray(given)) throw wrongType(path, 'array', given, problem);
    const items = given.map((one: unknown, at) => item(one, [...path, at]));
    checkBounds(path, items.length, { least }, ['array to have', ' items']);
    return items;
  };
}

/** An object with any names. */
export function recordOf<Value>(member: Shape<Value>): Shape<Readonly<Record<string, Value>>> {
  return (given, path = []) => {
    if (!isObject(given)) throw wrongType(path, 'record', given);
    return Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, member(value, [...path, name])]),
    );
  };
}

/** Anything. */
export const anything: Shape<unknown> = (given) => given;

type Fields = Readonly<Record<string, Shape<unknown>>>;

/** Members that may be undefined may be left out. */
type Members<Of extends Fields> = {
  readonly [Name in keyof Of as undefined extends Shaped<Of[Name]> ? never : Name]: Shaped<
    Of[Name]
  >;
} & {
  readonly [Name in keyof Of as undefined extends Shaped<Of[Name]> ? Name : never]?: Shaped<
    Of[Name]
  >;
};

/** An object with these members; other members are dropped, or refused if it is `strict`. */
export function object<Of extends Fields>(
  fields: Of,
  { strict = false }: { readonly strict?: boolean } = {},
): Shape<Members<Of>> {
  return (given, path = []) => {
    if (!isObject(given)) throw wrongType(path, 'object', given);
    const members = Object.entries(fields)
      .map(([name, shape]) => {
        const value = Object.hasOwn(given, name) ? given[name] : undefined;
        return [name, shape(value, [...path, name])] as const;
      })
      .filter(([, value]) => value !== undefined);
    const unknown = Object.keys(given).filter((name) => !Object.hasOwn(fields, name));
    if (strict && unknown.length > 0) {
      throw new Misshapen(path, `Unrecognized keys: ${unknown.join(', ')}`, 'names', unknown);
    }
    return Object.fromEntries(members) as Members<Of>;
  };
}

/** A member that may be left out. */
export function optional<Value>(shape: Shape<Value>): Shape<Value | undefined> {
  return (given, path) => (given === undefined ? undefined : shape(given, path));
}

/** A member that may be left out, and then is `otherwise`. */
export function withDefault<Value>(shape: Shape<Value>, otherwise: Value): Shape<Value> {
  return (given, path) => (given === undefined ? otherwise : shape(given, path));
}

/** A rule beyond the shape; `below` says where in the value the problem is. */
export function where<Value>(
  shape: Shape<Value>,
  holds: (value: Value) => boolean,
  problem: string,
  below: Path = [],
): Shape<Value> {
  return (given, path = []) => {
    const value = shape(given, path);
    if (holds(value)) return value;
    throw new Misshapen([...path, ...below], problem, 'value');
  };
}

/** An object as in JSON: YAML also has byte arrays. */
function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null) return false;
  const prototype: unknown = Object.getPrototypeOf(given);
  return prototype === null || prototype === Object.prototype;
}

function wrongType(path: Path, wanted: string, given: unknown, problem?: string): Misshapen {
  const text = `Invalid input: expected ${wanted}, received ${typeName(given)}`;
  return new Misshapen(path, problem ?? text, 'type');
}

function typeName(given: unknown): string {
  if (given === null) return 'null';
  if (Array.isArray(given)) return 'array';
  if (typeof given === 'object' && !isObject(given)) return given.constructor.name;
  return typeof given === 'number' && !Number.isFinite(given) ? String(given) : typeof given;
}

function checkBounds(
  path: Path,
  size: number,
  { least = -Infinity, most = Infinity }: Bounds,
  [what, unit]: readonly [what: string, unit: string],
): void {
  if (size < least) {
    throw new Misshapen(path, `Too small: expected ${what} >=${least}${unit}`, 'value');
  }
  if (size > most) {
    throw new Misshapen(path, `Too big: expected ${what} <=${most}${unit}`, 'value');
  }
}

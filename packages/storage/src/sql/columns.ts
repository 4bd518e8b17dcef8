import type { SqlValue } from './sql.ts';
import { straight } from './straight.ts';

/** How a member is stored in its column. */
export interface Form<Member, Written extends SqlValue, Read = Written> {
  readonly encode: (member: Member) => Written;
  readonly decode: (value: Read) => Member;
}

/** A boolean, stored as a number in both databases. */
export const flag: Form<boolean, number> = {
  encode: (is) => (is ? 1 : 0),
  decode: (value) => value === 1,
};

/** A list or an object, as JSON. */
export const json = <Member extends object>(): Form<Member, string> => ({
  encode: (member) => JSON.stringify(member),
  decode: (text) => JSON.parse(text) as Member,
});

/** What a record writes into a column, and how to read the members stored there: none for a column that is only searched. */
interface Column<Part, Value extends SqlValue, Decode> {
  readonly encode: (record: Part) => Value;
  readonly decode: Decode;
  /** The member that `encode` writes in this form, if the column holds exactly one. */
  readonly of?: { readonly member: string; readonly form: AnyForm; readonly mayBeAbsent: boolean };
}
interface AnyForm {
  readonly encode: (member: never) => SqlValue;
  readonly decode: (value: never) => unknown;
}
type Decode<Whole> = { readonly [Member in keyof Whole]?: (value: never) => Whole[Member] };
type Columns<Whole> = Readonly<Record<string, Column<Whole, SqlValue, Decode<Whole>>>>;
type Name<C> = keyof C & string;
type MemberOf<C> = {
  [Key in keyof C]: C[Key] extends { decode: infer D } ? keyof D : never;
}[keyof C];

/** A row as it is read, without the columns that are only written. */
type Row<C> = {
  readonly [Key in keyof C as MemberOf<Pick<C, Key>> extends never ? never : Key]: C[Key] extends {
    encode: (record: never) => infer Value;
  }
    ? Value
    : never;
};

/** Demands something that cannot be given if a member of the record has no column. */
type Complete<Whole, C> = {
  readonly [Member in Exclude<keyof Whole, MemberOf<C>> & string as `column of ${Member}`]: never;
};

/** Some of the columns, for statements that write them with `values`. */
interface Written<Whole> {
  readonly values: (record: Whole) => SqlValue[];
  /** For an UPDATE. */
  readonly set: string;
  /** For an INSERT that conflicts with an existing row. */
  readonly setInserted: string;
}

/** The columns of one kind of record, and the SQL and conversions that follow from them. */
export interface Table<Whole, C> {
  readonly columns: C;
  readonly names: readonly Name<C>[];
  /** Takes the `values` of a record as parameters. */
  readonly insert: string;
  readonly values: (record: Whole) => SqlValue[];
  only(...names: readonly Name<C>[]): Written<Whole>;
  /** The select list that `record` needs, without the columns in `found`, which the row already has. */
  select(alias?: string, found?: readonly Name<C>[]): string;
  /** Turns a row into a record. Members are absent rather than undefined, so that a record equals itself after writing and reading. */
  readonly record: (row: Row<C>) => Whole;
}

/** The row type of a {@link Table}. */
export type RowOf<T> = T extends { record: (row: infer R) => unknown } ? R : never;

/** Both rows combined; `never` if they share a column other than `Same`, since only the last one's value would survive. */
export type Joined<One, Other, Same extends keyof One & keyof Other> = [
  Exclude<keyof One & keyof Other, Same>,
] extends [never]
  ? One & Other
  : never;

type MemberColumn<Whole, M extends keyof Whole, Value extends SqlValue, Read = Value> = Column<
  Pick<Whole, M>,
  Value,
  { readonly [Name in M]: (value: Read) => Whole[Name] }
>;
type Plain<Whole> = { [M in keyof Whole]-?: Whole[M] extends SqlValue ? M : never }[keyof Whole];
type Optional<Whole> = {
  [M in keyof Whole]-?: undefined extends Whole[M] ? M : never;
}[keyof Whole];

const asItIs: AnyForm = { encode: (member) => member, decode: (value) => value };

/**
 * Declares the columns of a kind of record, one row each in its `table`: `member` for a member that always has a value, `optional` for one
 * that may be absent, `shared` for several members in one column, `written` for what is never read back into the record.
 */
export function recordsOf<Whole>() {
  function member<M extends Plain<Whole>>(name: M): MemberColumn<Whole, M, Whole[M] & SqlValue>;
  function member<M extends keyof Whole, Value extends SqlValue>(
    name: M,
    form: Form<Whole[M], Value>,
  ): MemberColumn<Whole, M, Value>;
  function member(name: keyof Whole & string, form: AnyForm = asItIs): unknown {
    const encode = (record: Whole) => form.encode(record[name] as never);
    const of = { member: name, form, mayBeAbsent: false };
    return { encode, decode: { [name]: form.decode }, of };
  }

  function optional<M extends Optional<Whole>>(
    name: M,
  ): MemberColumn<Whole, M, (Whole[M] & SqlValue) | null, Whole[M] & SqlValue>;
  function optional<M extends Optional<Whole>, Value extends SqlValue & {}>(
    name: M,
    form: Form<Whole[M] & {}, Value | null, Value>,
  ): MemberColumn<Whole, M, Value | null, Value>;
  function optional(name: keyof Whole & string, form: AnyForm = asItIs): unknown {
    const encode = (record: Whole) =>
      record[name] === undefined ? null : form.encode(record[name] as never);
    const of = { member: name, form, mayBeAbsent: true };
    return { encode, decode: { [name]: form.decode }, of };
  }

  function shared<M extends keyof Whole, Value extends SqlValue>(
    decode: { readonly [Name in M]: (value: Value) => Whole[Name] },
    encode: (record: Pick<Whole, M>) => Value,
  ): Column<Pick<Whole, M>, Value, typeof decode> {
    return { encode, decode };
  }

  function written<Part extends Partial<Whole>, Value extends SqlValue>(
    encode: (record: Part) => Value,
  ): Column<Part, Value, object> {
    return { encode, decode: {} };
  }

  function table<C extends Columns<Whole>>(
    name: string,
    columns: C & Complete<Whole, C>,
  ): Table<Whole, C> {
    const names: readonly string[] = Object.keys(columns);
    const read = names.filter((column) => Object.keys(columns[column]?.decode ?? {}).length > 0);
    return {
      columns,
      names,
      insert: `INSERT INTO ${name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      values: writer<Whole>(Object.values(columns)),
      only: (...some) => ({
        values: writer<Whole>(some.map((column) => columns[column])),
        set: some.map((column) => `${column} = ?`).join(', '),
        setInserted: some.map((column) => `${column} = excluded.${column}`).join(', '),
      }),
      select: (alias = name, found: readonly string[] = []) =>
        read
          .filter((column) => !found.includes(column))
          .map((column) => `${alias}.${column}`)
          .join(', '),
      record: reader(columns),
    };
  }

  return { member, optional, shared, written, table };
}

function writer<Whole>(columns: readonly Columns<Whole>[string][]): (record: Whole) => SqlValue[] {
  return straight('record', (call) => {
    const values = columns.map(({ encode, of }) => {
      if (of === undefined) return call(encode, 'record');
      const member = `record.${of.member}`;
      const value = of.form === asItIs ? member : call(of.form.encode, member);
      return of.mayBeAbsent ? `${member} === undefined ? null : ${value}` : value;
    });
    return `return [${values.join(', ')}];`;
  });
}

function reader<Row, Whole>(columns: Columns<Whole>): (row: Row) => Whole {
  return straight('row', (call) => {
    const always: string[] = [];
    const perhaps: string[] = [];
    for (const [column, { decode, of }] of Object.entries(columns)) {
      const value = `row.${column}`;
      for (const [member, read] of Object.entries(
        decode as Readonly<Record<string, AnyForm['decode']>>,
      )) {
        const decoded = of?.form === asItIs ? value : call(read, value);
        if (of?.mayBeAbsent) perhaps.push(`if (${value} !== null) record.${member} = ${decoded};`);
        else always.push(`${member}: ${decoded}`);
      }
    }
    return `const record = { ${always.join(', ')} }; ${perhaps.join(' ')} return record;`;
  });
}

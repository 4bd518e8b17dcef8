import type { AttributeType, SchemaAttributeType } from '@poolhouse/model';
import {
  attributeValueProblem,
  isEmailAddress,
  isPhoneNumber,
  type AttributeValueProblem,
} from '@poolhouse/rules';

/** How an attribute is entered. */
export type AttributeKind = 'text' | 'number' | 'boolean' | 'date' | 'email' | 'tel';

/** One attribute of a user as the form shows it. */
export interface AttributeRow {
  readonly name: string;
  readonly kind: AttributeKind;
  readonly value: string;
  /** Why it cannot be changed, if it cannot. */
  readonly fixed?: 'by-the-service' | 'immutable';
  readonly required: boolean;
  /** The mark that says whether an address was verified, with its value. */
  readonly verified?: { readonly name: string; readonly value: boolean };
  /** What the schema allows, for the help below the field. */
  readonly least?: string;
  readonly most?: string;
}

/** Names of attributes with their values. */
export type Values = Readonly<Record<string, string>>;

/** What saving sends: two operations at most. */
export interface AttributeChanges {
  readonly update: readonly AttributeType[];
  readonly remove: readonly string[];
}

/** Why a value does not fit the schema; the texts are the form's. */
export type AttributeProblem =
  'required' | 'not-an-email' | 'not-a-phone' | AttributeValueProblem['rule'];

const VERIFIED: Readonly<Record<string, string>> = {
  email: 'email_verified',
  phone_number: 'phone_number_verified',
};
const MARKS = new Set(Object.values(VERIFIED));
/** What only the service sets. */
const OWN = new Set(['sub', 'identities']);

/** A user's attributes as the pool's schema has them, with what was edited and not yet saved. */
export class AttributeDraft {
  readonly #schema: readonly SchemaAttributeType[];
  readonly #saved: Values;
  readonly values: Values;

  constructor(schema: readonly SchemaAttributeType[], saved: Values, values: Values = saved) {
    this.#schema = schema;
    this.#saved = saved;
    this.values = values;
  }

  static of(
    schema: readonly SchemaAttributeType[],
    attributes: readonly AttributeType[],
  ): AttributeDraft {
    return new AttributeDraft(
      schema,
      Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value ?? ''])),
    );
  }

  /** A draft with one value changed. A new address is not verified until somebody says so. */
  with(name: string, value: string): AttributeDraft {
    const mark = VERIFIED[name];
    const unproved = mark !== undefined && value !== this.values[name];
    const values = { ...this.values, [name]: value, ...(unproved ? { [mark]: 'false' } : {}) };
    return new AttributeDraft(this.#schema, this.#saved, values);
  }

  /** Rows in the schema's order: first what the user has or must have, `others` for the rest. */
  get rows(): {
    readonly shown: readonly AttributeRow[];
    readonly others: readonly AttributeRow[];
  } {
    const rows = this.#schema.flatMap((attribute) => this.#row(attribute));
    const isShown = ({ name, required }: AttributeRow) =>
      required || this.#saved[name] !== undefined || COMMON.has(name) || name.includes(':');
    return { shown: rows.filter(isShown), others: rows.filter((row) => !isShown(row)) };
  }

  /** Problems by attribute; empty when it may be saved. Only what was changed is looked at. */
  get problems(): Readonly<Record<string, AttributeProblem>> {
    const changed = this.#schema.filter(({ Name = '' }) => this.#isChanged(Name));
    return Object.fromEntries(
      changed.flatMap((attribute) => {
        const problem = problemOf(attribute, this.values[attribute.Name ?? ''] ?? '');
        return problem === undefined ? [] : [[attribute.Name ?? '', problem]];
      }),
    );
  }

  get isChanged(): boolean {
    return Object.keys(this.values).some((name) => this.#isChanged(name));
  }

  /** What is to be sent: an emptied attribute is removed. */
  get changes(): AttributeChanges {
    const names = Object.keys(this.values).filter((name) => this.#isChanged(name));
    const gone = (name: string) => this.values[name] === '';
    return {
      update: names
        // A mark without its address means nothing.
        .filter((name) => !gone(name) && !(MARKS.has(name) && gone(addressOf(name))))
        .map((Name) => ({ Name, Value: this.values[Name] ?? '' })),
      remove: names.filter((name) => gone(name) && !MARKS.has(name)),
    };
  }

  #isChanged(name: string): boolean {
    return (this.values[name] ?? '') !== (this.#saved[name] ?? '');
  }

  #row(attribute: SchemaAttributeType): readonly AttributeRow[] {
    const { Name: name = '', Mutable = true, Required = false } = attribute;
    if (MARKS.has(name)) return [];
    const mark = VERIFIED[name];
    return [
      {
        name,
        kind: kindOf(attribute),
        value: this.values[name] ?? '',
        fixed: OWN.has(name) ? 'by-the-service' : !Mutable ? 'immutable' : undefined,
        required: Required,
        verified:
          mark === undefined ? undefined : { name: mark, value: this.values[mark] === 'true' },
        least:
          attribute.StringAttributeConstraints?.MinLength ??
          attribute.NumberAttributeConstraints?.MinValue,
        most:
          attribute.StringAttributeConstraints?.MaxLength ??
          attribute.NumberAttributeConstraints?.MaxValue,
      },
    ];
  }
}

/** Shown although they are empty: most people have them. */
const COMMON = new Set(['email', 'phone_number', 'name', 'given_name', 'family_name']);

function addressOf(mark: string): string {
  return mark.replace(/_verified$/, '');
}

function kindOf({ Name, AttributeDataType }: SchemaAttributeType): AttributeKind {
  if (Name === 'email') return 'email';
  if (Name === 'phone_number') return 'tel';
  if (AttributeDataType === 'Number') return 'number';
  if (AttributeDataType === 'Boolean') return 'boolean';
  return AttributeDataType === 'DateTime' ? 'date' : 'text';
}

/** Why the value does not fit. Nothing is asked of attributes that are empty, unless they are required. */
export function problemOf(
  attribute: SchemaAttributeType,
  value: string,
): AttributeProblem | undefined {
  if (value === '') return attribute.Required === true ? 'required' : undefined;
  const kind = kindOf(attribute);
  if (kind === 'email' && !isEmailAddress(value)) return 'not-an-email';
  if (kind === 'tel' && !isPhoneNumber(value)) return 'not-a-phone';
  return attributeValueProblem(attribute, value)?.rule;
}

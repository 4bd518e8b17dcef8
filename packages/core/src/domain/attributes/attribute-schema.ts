import type { SchemaAttributeType } from '@poolhouse/model';
import {
  attributeValueProblem,
  isEmailAddress,
  isPhoneNumber,
  type AttributeValueProblem,
} from '@poolhouse/rules';
import type { Pool } from '../pools/pool.ts';
import { identities } from '../pools/standard-attributes.ts';
import { messages } from '../texts.ts';
import { nameKey } from '../users/sign-in-names.ts';
import { aliasFormOf, nameTextProblem } from '../users/username-form.ts';

/** Attribute values by full name (`custom:` included). */
export type AttributeValues = Readonly<Record<string, string>>;

/** Which wording a schema problem gets: sign-ups and updates are answered differently (behaviour.md 5.2, 5.6). */
export type AttributeOccasion = 'create' | 'update';

/** The schema's entry for an attribute, by its full name; `undefined` if the pool has none. */
export function knownAttribute(pool: Pool, name: string): SchemaAttributeType | undefined {
  if (name === identities.Name) return identities;
  return pool.settings.SchemaAttributes.find((attribute) => attribute.Name === name);
}

/** What every user of the pool must have, in the schema's order; never `sub`, which the service sets. */
export function requiredNames(pool: Pool): readonly string[] {
  return pool.settings.SchemaAttributes.filter((attribute) => attribute.Required === true)
    .map((attribute) => attribute.Name ?? '')
    .filter((name) => name !== 'sub');
}

/** Whether a request may change the value once it is set. Unknown attributes are not mutable. */
export function isMutable(pool: Pool, name: string): boolean {
  if (name === identities.Name) return false;
  return knownAttribute(pool, name)?.Mutable ?? false;
}

/** Required attributes without a value, in the schema's order. */
export function missingRequired(pool: Pool, attributes: AttributeValues): readonly string[] {
  return requiredNames(pool).filter((name) => !attributes[name]);
}

/** The refusal of a sign-up without required attributes: one line each. Source: behaviour.md 5.2. */
export function missingRequiredMessage(names: readonly string[]): string {
  return schemaMessage(
    'create',
    names.map((name) => [name, 'The attribute is required']),
  );
}

/** Values as they are stored: booleans in lower case (behaviour.md 5.1), everything else as given. */
export function storedValues(pool: Pool, attributes: AttributeValues): AttributeValues {
  const stored = Object.entries(attributes).map(([name, value]) => [
    name,
    knownAttribute(pool, name)?.AttributeDataType === 'Boolean' ? value.toLowerCase() : value,
  ]);
  return Object.fromEntries(stored) as AttributeValues;
}

/**
 * The values of a new user. An empty value counts as absent, since elsewhere it deletes the attribute (behaviour.md 5.6). If the pool does
 * not have the attribute, the value stays, so that it is refused.
 */
export function valuesToStore(pool: Pool, values: AttributeValues): AttributeValues {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => value !== '' || knownAttribute(pool, name) === undefined,
    ),
  );
}

/**
 * Why the values do not fit the pool's schema, in the service's words, or `undefined`. An empty text counts as a value here: callers for
 * whom it means deletion remove it first. The cost is linear in the values. Source: behaviour.md 5.2, 5.6; security.md A12.
 */
export function checkAttributeValues(
  pool: Pool,
  attributes: AttributeValues,
  occasion: AttributeOccasion = 'create',
): string | undefined {
  const problems: [name: string, reason: string][] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const reason =
      valueProblem(knownAttribute(pool, name), value) ?? preferredNameProblem(pool, name, value);
    if (reason !== undefined) problems.push([name, reason]);
  }
  if (problems.length > 0) return schemaMessage(occasion, problems);
  if (attributes['email'] !== undefined && !isEmailAddress(attributes['email'])) {
    return messages.invalidEmail;
  }
  if (attributes['phone_number'] !== undefined && !isPhoneNumber(attributes['phone_number'])) {
    return messages.invalidPhoneNumber;
  }
  return undefined;
}

/** The text for attributes that a request may not touch or that do not fit: real line ends, one line per attribute. */
export function schemaMessage(
  occasion: AttributeOccasion,
  problems: readonly (readonly [name: string, reason: string])[],
): string {
  const prefix = occasion === 'update' ? 'user.' : '';
  const lines = problems.map(([name, reason]) => `${prefix}${name}: ${reason}\n`).join('');
  return occasion === 'update' ? lines : `Attributes did not conform to the schema: ${lines}`;
}

function valueProblem(
  attribute: SchemaAttributeType | undefined,
  value: string,
): string | undefined {
  if (attribute === undefined) return messages.attributeUnknown;
  // Only the service itself sets these two.
  if (attribute.Name === 'sub' || attribute === identities) return messages.attributeImmutable;
  const problem = attributeValueProblem(attribute, value);
  return problem && valueText(problem);
}

/** The texts about length come from practice; see `messages`. */
function valueText(problem: AttributeValueProblem): string {
  switch (problem.rule) {
    case 'not-text':
      return 'Attribute value is not valid text.';
    case 'not-a-number':
      return 'Attribute value must be a number.';
    case 'not-a-boolean':
      return 'Attribute value must be true or false.';
    case 'not-a-date':
      return 'Attribute value must be an ISO 8601 date.';
    case 'too-small':
      return `Number must be no less than ${problem.limit}`;
    case 'too-large':
      return `Number must be no greater than ${problem.limit}`;
    case 'too-short':
      return messages.stringTooShort(Number(problem.limit));
    case 'too-long':
      return messages.stringTooLong(Number(problem.limit));
  }
}

/** Source: API model, UsernameType. */
const LONGEST_NAME = 128;

/**
 * A preferred user name that is an alias must have the form of a user name. If addresses are aliases too, it must not be comparable to an
 * address: it would be taken for that address at sign-in, and lock out its owner. The service's rule is unsure.
 */
function preferredNameProblem(pool: Pool, name: string, value: string): string | undefined {
  const aliases = pool.settings.AliasAttributes ?? [];
  if (name !== 'preferred_username' || !aliases.includes('preferred_username')) return undefined;
  if (value.length > LONGEST_NAME) return messages.stringTooLong(LONGEST_NAME);
  if (aliasFormOf(pool, nameKey(pool, value)) !== undefined) return messages.preferredNameIsAddress;
  return nameTextProblem(pool, value);
}

import type { AttributeType } from '@poolhouse/model';
import {
  checkAttributeValues,
  isMutable,
  knownAttribute,
  schemaMessage,
  storedValues,
  type AttributeValues,
} from './attribute-schema.ts';
import type { Pool } from '../pools/pool.ts';
import { messages } from '../texts.ts';
import type { User } from '../users/user.ts';

const addresses = ['email', 'phone_number'] as const;

/** An attribute that a code can prove. */
export type Address = (typeof addresses)[number];

/** Whether the attribute is an address, which a code can prove. */
export function isAddress(name: string): name is Address {
  return name === 'email' || name === 'phone_number';
}

/** The result of a change of attributes. */
export interface AttributeChange {
  readonly attributes: User['attributes'];
  readonly pendingAttributes: User['pendingAttributes'];
  /** Addresses whose value or pending value has changed: codes that were sent before prove nothing any more. */
  readonly altered: readonly Address[];
  /** The changed addresses to which a code is sent, with the value that it proves. */
  readonly toProve: readonly { readonly attribute: Address; readonly destination: string }[];
}

/** The values in a request by name; the last one of a repeated name counts. A missing value is a blank one, which deletes. */
export function requestedValues(list: readonly AttributeType[]): AttributeValues {
  return Object.fromEntries(list.map(({ Name, Value }) => [Name, Value ?? '']));
}

/** Why a signed-in user may never write the attribute through the API, whatever the app client allows (security.md A03, A05). */
export function reservedProblem(names: readonly string[]): string | undefined {
  const reserved = names.filter(
    (name) =>
      name === 'sub' ||
      name === 'identities' ||
      name === 'email_verified' ||
      name === 'phone_number_verified' ||
      name.startsWith('cognito:') ||
      name.startsWith('dev:'),
  );
  if (reserved.length === 0) return undefined;
  return schemaMessage(
    'update',
    reserved.map((name) => [name, messages.attributeImmutable]),
  );
}

/** Why the values may not replace a user's, in the service's words, or `undefined`. Source: behaviour.md 5.6. */
export function updateProblem(pool: Pool, values: AttributeValues): string | undefined {
  const names = Object.keys(values);
  const unknown = names.filter((name) => knownAttribute(pool, name) === undefined);
  if (unknown.length > 0) return schemaMessage('update', because(unknown, 'attributeUnknown'));
  const fixed = names.filter((name) => !isMutable(pool, name));
  if (fixed.length > 0) return schemaMessage('update', because(fixed, 'attributeImmutable'));
  const blank = names.filter((name) => values[name] === '');
  return requiredProblem(pool, blank) ?? checkAttributeValues(pool, filled(values), 'update');
}

/** Why the attributes may not be deleted, in the service's words, or `undefined`. Source: behaviour.md 5.2, 5.6. */
export function deletionProblem(pool: Pool, names: readonly string[]): string | undefined {
  const unknown = names.filter((name) => knownAttribute(pool, name) === undefined);
  if (unknown.length > 0) {
    return `Invalid user attributes: ${schemaMessage('update', because(unknown, 'attributeUnknown'))}`;
  }
  const fixed = names.filter((name) => !isMutable(pool, name));
  if (fixed.length > 0) return schemaMessage('update', because(fixed, 'attributeImmutable'));
  return requiredProblem(pool, names);
}

/**
 * Applies the values to the user's attributes. New addresses are unverified; if the pool keeps the old address until the new one is
 * verified, they are pending. Only an administrator can pass `*_verified` and so decides it. Source: behaviour.md 5.6 and API model,
 * AdminUpdateUserAttributesRequest.
 */
export function changeAttributes(
  pool: Pool,
  user: Pick<User, 'attributes' | 'pendingAttributes'>,
  values: AttributeValues,
): AttributeChange | { readonly problem: string } {
  const stored = storedValues(pool, filled(values));
  const attributes: Record<string, string> = { ...user.attributes, ...stored };
  for (const [name, value] of Object.entries(values)) if (value === '') delete attributes[name];
  const pendingAttributes = { ...user.pendingAttributes };
  const altered: Address[] = [];
  const toProve: { attribute: Address; destination: string }[] = [];
  for (const attribute of addresses) {
    const value = values[attribute];
    const old = user.attributes[attribute];
    const flag = `${attribute}_verified`;
    const wasPending = pendingAttributes[attribute] !== undefined;
    if (value === undefined) continue;
    delete pendingAttributes[attribute];
    if (value === '') {
      delete attributes[flag];
      if (old !== undefined || wasPending) altered.push(attribute);
    } else if (value === old) {
      if (wasPending) altered.push(attribute);
    } else {
      altered.push(attribute);
      const told = stored[flag];
      const waits = keepsOldAddress(pool, attribute) && told !== 'true';
      if (waits) {
        pendingAttributes[attribute] = value;
        restore(attributes, user.attributes, attribute);
        restore(attributes, user.attributes, flag);
      } else if (told === undefined) attributes[flag] = 'false';
      if (waits || (told === undefined && autoVerified(pool, attribute))) {
        toProve.push({ attribute, destination: value });
      }
    }
  }
  const empty = emptyProof(stored, attributes);
  if (empty !== undefined) return { problem: empty };
  const problem = namelessProblem(pool, user.attributes, attributes);
  return problem ?? { attributes, pendingAttributes, altered, toProve };
}

/**
 * Why an administrator's verification marks have no effect: a missing address cannot be verified, and mails to it would never arrive.
 * Source: API model, AdminCreateUserRequest.UserAttributes; the text is unsure.
 */
export function emptyProof(wished: AttributeValues, after: AttributeValues): string | undefined {
  const empty = addresses.find((name) => wished[`${name}_verified`] === 'true' && !after[name]);
  return empty && messages.nothingToVerify(empty);
}

/** Marks an address as verified: a pending value replaces the old one. */
export function proveAddress(
  user: Pick<User, 'attributes' | 'pendingAttributes'>,
  attribute: Address,
): Pick<User, 'attributes' | 'pendingAttributes'> {
  const { [attribute]: pending, ...pendingAttributes } = user.pendingAttributes;
  const value = pending === undefined ? {} : { [attribute]: pending };
  const attributes = { ...user.attributes, ...value, [`${attribute}_verified`]: 'true' };
  return { attributes, pendingAttributes };
}

function filled(values: AttributeValues): AttributeValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

function because(
  names: readonly string[],
  reason: 'attributeUnknown' | 'attributeImmutable',
): readonly (readonly [string, string])[] {
  return names.map((name) => [name, messages[reason]]);
}

function requiredProblem(pool: Pool, names: readonly string[]): string | undefined {
  const required = names.find((name) => knownAttribute(pool, name)?.Required === true);
  return required === undefined ? undefined : messages.requiredNotDeletable(required);
}

/** A user whose only name is an address would be lost without it; what the service answers then is unsure. */
function namelessProblem(
  pool: Pool,
  before: User['attributes'],
  after: User['attributes'],
): { readonly problem: string } | undefined {
  const names = pool.settings.UsernameAttributes ?? [];
  const lost = names.find((name) => before[name] !== undefined && after[name] === undefined);
  if (lost === undefined || names.some((name) => after[name] !== undefined)) return undefined;
  return { problem: messages.requiredNotDeletable(lost) };
}

/**
 * Whether the pool keeps using an address until its replacement is verified. Source: API model, AttributesRequireVerificationBeforeUpdate.
 */
export function keepsOldAddress(pool: Pool, attribute: Address): boolean {
  const kept = pool.settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate;
  return kept?.includes(attribute) ?? false;
}

function autoVerified(pool: Pool, attribute: Address): boolean {
  return pool.settings.AutoVerifiedAttributes?.includes(attribute) ?? false;
}

function restore(
  attributes: Record<string, string>,
  before: User['attributes'],
  name: string,
): void {
  const old = before[name];
  if (old === undefined) delete attributes[name];
  else attributes[name] = old;
}

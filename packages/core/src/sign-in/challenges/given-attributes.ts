import {
  keepsOldAddress,
  type Address,
  type AttributeChange,
} from '../../domain/attributes/attribute-change.ts';
import { writableAttributes } from '../../domain/clients/attribute-permissions.ts';
import {
  checkAttributeValues,
  isMutable,
  missingRequired,
  schemaMessage,
  storedValues,
} from '../../domain/attributes/attribute-schema.ts';
import { autoVerified } from '../../domain/attributes/confirmation-address.ts';
import { messages } from '../../domain/texts.ts';
import type { User } from '../../domain/users/user.ts';
import type { At } from '../attempt.ts';
import type { TransactionContext } from '../../operation.ts';
import type { Given } from './challenge.ts';

/** Begins the members of ChallengeResponses that are attributes. */
export const ATTRIBUTE_PREFIX = 'userAttributes.';

/** What the attributes sent along become: new values, and addresses that wait for their proof. */
export interface GivenAttributes {
  readonly set: Readonly<Record<string, string>>;
  readonly pending: User['pendingAttributes'];
  /** New addresses to which a code goes, as when they are changed later. */
  readonly toProve: AttributeChange['toProve'];
}

/**
 * The attributes sent along: all required ones that are missing, none that is there already or not the client's to write,
 * and no other value for what may not change (security.md A06). Where the pool keeps an address until the
 * new one is proved, so does this path (A07).
 */
export function requireAttributes(
  ctx: TransactionContext<'InvalidParameterException' | 'NotAuthorizedException', never>,
  { pool, client }: At,
  answered: Given,
  user: User,
): GivenAttributes {
  const given = Object.fromEntries(
    Object.entries(answered)
      .filter(([name]) => name.startsWith(ATTRIBUTE_PREFIX))
      .map(([name, value]) => [name.slice(ATTRIBUTE_PREFIX.length), value]),
  );
  const missing = missingRequired(pool, { ...user.attributes, ...given });
  if (missing.length > 0) {
    const names = missing.length === 1 ? missing[0] : missing.map((name) => `\n${name}`).join('');
    ctx.fail('InvalidParameterException', `Invalid attributes given, ${names} is missing`);
  }
  const writable = writableAttributes(pool, client);
  const required = new Set(missingRequired(pool, {}));
  for (const name of Object.keys(given)) {
    if (required.has(name) && user.attributes[name]) {
      ctx.fail('NotAuthorizedException', `Cannot modify an already provided ${name}`);
    }
    if (!writable(name)) {
      ctx.fail('NotAuthorizedException', messages.unauthorizedAttribute);
    }
    // The same value again changes nothing: clients send back what the challenge showed them.
    if (!isMutable(pool, name) && user.attributes[name] && given[name] !== user.attributes[name]) {
      const reasons = [[name, messages.attributeImmutable]] as const;
      ctx.fail('InvalidParameterException', schemaMessage('update', reasons));
    }
  }
  const problem = checkAttributeValues(pool, given);
  if (problem !== undefined) ctx.fail('InvalidParameterException', problem);
  const set: Record<string, string> = { ...storedValues(pool, given) };
  const pending: Record<string, string> = {};
  const toProve: { attribute: Address; destination: string }[] = [];
  for (const name of ['email', 'phone_number'] as const) {
    const value = set[name];
    if (value === undefined || value === user.attributes[name]) continue;
    const waits = Boolean(user.attributes[name]) && keepsOldAddress(pool, name);
    if (value !== '' && (waits || autoVerified(pool).includes(name))) {
      toProve.push({ attribute: name, destination: value });
    }
    if (waits) {
      pending[name] = value;
      delete set[name];
    } else {
      // A new address is unproven, whatever mark the old one had.
      set[`${name}_verified`] = 'false';
    }
  }
  return { set, pending, toProve };
}

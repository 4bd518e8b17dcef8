import type { AttributeType } from '@poolhouse/model';
import { requestedValues } from '../domain/attributes/attribute-change.ts';
import {
  checkAttributeValues,
  storedValues,
  valuesToStore,
  type AttributeValues,
} from '../domain/attributes/attribute-schema.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import { nameKey, signInNames } from '../domain/users/sign-in-names.ts';
import type { SignInNameKind, User } from '../domain/users/user.ts';
import { addressAttributeOf } from '../domain/users/username-form.ts';
import type { TransactionContext } from '../operation.ts';

/** The attributes that a new user is given, including the user name if it is an address; not checked yet. */
export function givenAttributes(
  ctx: Pick<TransactionContext<'InvalidParameterException', never>, 'fail'>,
  pool: Pool,
  username: string,
  list: readonly AttributeType[],
): AttributeValues {
  const values = valuesToStore(pool, requestedValues(list));
  const address = addressAttributeOf(pool, username);
  if (address === undefined) return values;
  if (nameKey(pool, values[address] ?? username) !== nameKey(pool, username)) {
    ctx.fail('InvalidParameterException', messages.usernameDiffers(address));
  }
  return { ...values, [address]: username };
}

/** A new user's attributes as they are stored, or the schema's refusal. */
export function requireStorable(
  ctx: Pick<TransactionContext<'InvalidParameterException', never>, 'fail'>,
  pool: Pool,
  given: AttributeValues,
): AttributeValues {
  const problem = checkAttributeValues(pool, given);
  if (problem !== undefined) ctx.fail('InvalidParameterException', problem);
  return storedValues(pool, given);
}

/** Whether people may have no password, because codes let them in. Source: API model, SignUpRequest.Password. */
export function mayLackPassword(pool: Pool): boolean {
  const factors = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  return factors.includes('EMAIL_OTP') || factors.includes('SMS_OTP');
}

/** The record of a user who is created now, with the sign-in names that follow from it. */
export function newUser(
  nowMs: number,
  pool: Pool,
  made: Pick<User, 'sub' | 'username' | 'status' | 'attributes'> &
    Partial<Pick<User, 'mfa' | 'sealedPassword' | 'sealedSrp' | 'temporaryPasswordExpiresAtMs'>>,
): User {
  return {
    ...made,
    poolId: pool.id,
    enabled: true,
    pendingAttributes: {},
    names: signInNames(pool, made),
    sealedHistory: [],
    createdAtMs: nowMs,
    modifiedAtMs: nowMs,
    failedAttempts: 0,
  };
}

/** Refuses a name that belongs to another user; `userExists` is the operation's text about user names. */
export function refuseName(
  ctx: TransactionContext<'UsernameExistsException', never>,
  kind: SignInNameKind,
  userExists: string,
): never {
  // The API's text promises AliasExistsException for aliases, but the model does not declare it for the operations that create users, so
  // SDKs would not know it.
  return ctx.fail(
    'UsernameExistsException',
    kind === 'username' ? userExists : messages.aliasTaken(kind),
  );
}

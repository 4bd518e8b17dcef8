import { decodeInput } from '@poolhouse/model';
import { emptyProof } from '../domain/attributes/attribute-change.ts';
import { missingRequired, missingRequiredMessage } from '../domain/attributes/attribute-schema.ts';
import { MFA_ENABLED, PASSWORD_HASH, USERNAME } from '../domain/imports/csv-header.ts';
import type { Sub } from '../domain/ids.ts';
import { readImportedHash, type HashKind } from '../domain/passwords/imported-hash.ts';
import { poolMethods, type MfaConfiguration } from '../domain/pools/mfa-methods.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { withMethod, type MfaPreference } from '../domain/users/mfa-preference.ts';
import { isVerified, usesAddressesAsNames } from '../domain/users/sign-in-names.ts';
import type { User } from '../domain/users/user.ts';
import { usernameProblem } from '../domain/users/username-form.ts';
import { Failure, type Fail } from '../failure.ts';
import { givenAttributes, newUser, requireStorable } from '../users/new-user.ts';

/** What all rows of a slice have in common. */
export interface RowFacts {
  readonly pool: Pool;
  /** How the file's passwords are hashed, if it has any. */
  readonly hashing: HashKind | undefined;
  /** Seals a hash of a user. */
  readonly seal: (sub: Sub, hash: string) => string;
  readonly mfa: MfaConfiguration;
  readonly nowMs: number;
}

/** A row by column. */
export type RowValues = Readonly<Record<string, string>>;

/** Why rows are not imported; beside these, as the schema says it. */
export const rowMessages = {
  /** The service's own texts, from its guide to the results of an import. */
  exists: 'The user already exists.',
  noneVerified:
    'The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).',
  // [unsure] from here on
  unreadable: 'The row is too long, is not UTF-8, or has a quotation mark in the wrong place.',
  fieldCount: 'The number of values is not the number of columns.',
  noUsername: `${USERNAME} is required.`,
  mfaValue: `${MFA_ENABLED} must be true or false.`,
  mfaOff: `${MFA_ENABLED} must be false, because multi-factor authentication is off in the user pool.`,
  mfaRequired: `${MFA_ENABLED} must be true, because the user pool requires multi-factor authentication.`,
  hash: (kind: HashKind) =>
    `${PASSWORD_HASH} is not a hash of the kind ${kind}, or is too expensive to check.`,
  mfaWithout: `${MFA_ENABLED} is true, but the user has no phone number to which the user pool sends codes.`,
} as const;

const refuse: Fail<'InvalidParameterException'> = (code, message) => {
  throw new Failure(code, message);
};

/** The user of a row, or why there is none: by the same rules as for AdminCreateUser, and those of a file (behaviour.md 12). */
export function importedUser(facts: RowFacts, sub: Sub, row: RowValues): User | string {
  try {
    return userOf(facts, sub, row);
  } catch (error) {
    if (error instanceof Failure) return error.message.trim();
    throw error;
  }
}

function userOf(
  { pool, mfa: configuration, hashing, seal, nowMs }: RowFacts,
  sub: Sub,
  row: RowValues,
): User {
  const code = 'InvalidParameterException';
  const {
    [USERNAME]: username = '',
    [MFA_ENABLED]: mfaEnabled = '',
    [PASSWORD_HASH]: hash = '',
    ...values
  } = row;
  if (username === '') return refuse(code, rowMessages.noUsername);
  const list = Object.entries(values).flatMap(([Name, Value]) =>
    Value === '' ? [] : [{ Name, Value }],
  );
  // Lengths and characters, which a request's decoder checks.
  const request = { UserPoolId: pool.id, Username: username, UserAttributes: list };
  const decoded = decodeInput('AdminCreateUser', request);
  if (!decoded.ok) return refuse(code, decoded.message);
  const misnamed = usernameProblem(pool, username);
  if (misnamed !== undefined) return refuse(code, misnamed);
  const ctx = { fail: refuse };
  const attributes = requireStorable(ctx, pool, givenAttributes(ctx, pool, username, list));
  const missing = missingRequired(pool, attributes);
  if (missing.length > 0) return refuse(code, missingRequiredMessage(missing));
  const empty = emptyProof(attributes, attributes);
  if (empty !== undefined) return refuse(code, empty);
  const isHashed = hashing !== undefined && hash !== '';
  if (isHashed && readImportedHash(hashing, hash) === undefined) {
    return refuse(code, rowMessages.hash(hashing));
  }
  // Who has a password need not choose one by a code [unsure].
  const verified = pool.settings.AutoVerifiedAttributes ?? [];
  if (!isHashed && !verified.some((name) => isVerified({ attributes }, name))) {
    return refuse(code, rowMessages.noneVerified);
  }
  return newUser(nowMs, pool, {
    sub,
    username: usesAddressesAsNames(pool) ? sub : username,
    status: isHashed ? 'CONFIRMED' : 'RESET_REQUIRED',
    attributes,
    ...(isHashed && { sealedPassword: seal(sub, hash) }),
    ...preferenceOf(pool, configuration, mfaEnabled, attributes),
  });
}

/**
 * A user with a second factor gets text messages, the only one that a row can set up; where the pool requires a factor, a sign-in asks for one
 * in any case. That `true` without a telephone is refused elsewhere is [unsure]; nobody should believe in a factor that is not there.
 */
function preferenceOf(
  pool: Pool,
  configuration: MfaConfiguration,
  given: string,
  attributes: User['attributes'],
): { readonly mfa?: MfaPreference } {
  const code = 'InvalidParameterException';
  const value = given.toLowerCase();
  if (value !== 'true' && value !== 'false') return refuse(code, rowMessages.mfaValue);
  const { MfaConfiguration: mode = 'OFF' } = pool.settings;
  if (value === 'false') return mode === 'ON' ? refuse(code, rowMessages.mfaRequired) : {};
  if (mode === 'OFF') return refuse(code, rowMessages.mfaOff);
  const hasPhone = Boolean(attributes['phone_number']);
  if (hasPhone && poolMethods(pool, configuration).includes('SMS_MFA')) {
    return { mfa: withMethod(undefined, 'SMS_MFA') };
  }
  return mode === 'ON' ? {} : refuse(code, rowMessages.mfaWithout);
}

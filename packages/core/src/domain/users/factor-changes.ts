import { mfaMethods, type MfaMethod } from '../pools/mfa-methods.ts';
import type { User } from './user.ts';

type AddressName = 'email' | 'phone_number';

/** A change of what a user signs in, proves a second factor or recovers the account with. Source: security.md M05. */
export type FactorChange =
  | 'password-changed'
  | 'password-ended'
  | `software-token-${'added' | 'replaced' | 'removed'}`
  | `passkey-${'added' | 'removed'}`
  | `${AddressName}-${'added' | 'changed' | 'removed' | 'verified' | 'unverified'}`
  | `${MfaMethod}-${'on' | 'off'}`
  | `passkey-two-factors-${'on' | 'off'}`
  | 'device-remembered'
  | `identity-${'linked' | 'unlinked'}`
  | 'preferred-factor-changed';

/** What of a user's record the changes are seen by. */
export type FactorUser = Pick<
  User,
  'status' | 'attributes' | 'mfa' | 'sealedPassword' | 'sealedSoftwareToken'
>;

/** An address that a user has proved. */
export interface ProvedAddress {
  readonly medium: 'EMAIL' | 'SMS';
  readonly to: string;
}

/** What differs between two states of a user; nothing if only other things do. Passkeys and devices are not in a user's record. */
export function factorChanges(before: FactorUser, after: FactorUser): readonly FactorChange[] {
  return [
    ...passwordChange(before, after),
    ...softwareTokenChange(before, after),
    ...addressChange(before, after, 'email'),
    ...addressChange(before, after, 'phone_number'),
    ...preferenceChange(before, after),
  ];
}

function passwordChange(before: FactorUser, after: FactorUser): readonly FactorChange[] {
  if (before.sealedPassword !== after.sealedPassword) return ['password-changed'];
  const hasEnded = after.status === 'RESET_REQUIRED' && before.status !== after.status;
  return hasEnded ? ['password-ended'] : [];
}

function softwareTokenChange(
  { sealedSoftwareToken: old }: FactorUser,
  { sealedSoftwareToken: now }: FactorUser,
): readonly FactorChange[] {
  if (old === now) return [];
  if (old === undefined) return ['software-token-added'];
  return [now === undefined ? 'software-token-removed' : 'software-token-replaced'];
}

function addressChange(
  before: FactorUser,
  after: FactorUser,
  name: AddressName,
): readonly FactorChange[] {
  const old = before.attributes[name] ?? '';
  const now = after.attributes[name] ?? '';
  if (old === now) {
    const isProved = isProvedIn(after, name);
    if (isProvedIn(before, name) === isProved) return [];
    return [isProved ? `${name}-verified` : `${name}-unverified`];
  }
  if (old === '') return [`${name}-added`];
  return [now === '' ? `${name}-removed` : `${name}-changed`];
}

function preferenceChange(before: FactorUser, after: FactorUser): readonly FactorChange[] {
  const isOn = ({ mfa }: FactorUser, method: MfaMethod) => mfa?.enabled.includes(method) ?? false;
  const turned = mfaMethods.flatMap((method): readonly FactorChange[] => {
    if (isOn(before, method) === isOn(after, method)) return [];
    return [isOn(after, method) ? `${method}-on` : `${method}-off`];
  });
  const isOne = ({ mfa }: FactorUser) => mfa?.passkeyIsOneFactor === true;
  if (isOne(before) !== isOne(after)) {
    return [...turned, isOne(after) ? 'passkey-two-factors-off' : 'passkey-two-factors-on'];
  }
  if (turned.length > 0 || before.mfa?.preferred === after.mfa?.preferred) return turned;
  return ['preferred-factor-changed'];
}

function isProvedIn({ attributes }: Pick<User, 'attributes'>, name: AddressName): boolean {
  return Boolean(attributes[name]) && attributes[`${name}_verified`] === 'true';
}

/** Where a user is told: the proved mail address, or else the proved telephone. */
function provedAddress(user: Pick<User, 'attributes'>): ProvedAddress | undefined {
  const { email = '', phone_number: phone = '' } = user.attributes;
  if (isProvedIn(user, 'email')) return { medium: 'EMAIL', to: email };
  return isProvedIn(user, 'phone_number') ? { medium: 'SMS', to: phone } : undefined;
}

/**
 * Who is told of a change: the address that was proved before it, and the one that is now, if it is another. Whoever had proved none before
 * has nobody who could miss the change: then nobody is told, not even the address that is proved by it.
 */
export function toldAddresses(
  before: Pick<User, 'attributes'>,
  after: Pick<User, 'attributes'>,
): readonly ProvedAddress[] {
  const old = provedAddress(before);
  if (old === undefined) return [];
  const now = provedAddress(after);
  return now === undefined || (now.medium === old.medium && now.to === old.to) ? [old] : [old, now];
}

import { sealedMark, sealedPlaces, totpStepOf } from '../crypto/index.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import { refOf } from '../users/find-user.ts';

/** An authenticator application of a user. */
export interface SoftwareToken {
  /** Base32. */
  readonly secret: string;
  /** What the user calls the device that it runs on. */
  readonly deviceName?: string;
}

/** Seals an authenticator application for the user's record. */
export async function sealSoftwareToken(
  ctx: TransactionContext<never, never>,
  { poolId, sub }: Pick<User, 'poolId' | 'sub'>,
  token: SoftwareToken,
): Promise<string> {
  const secrets = await ctx.secretsOf(poolId);
  return secrets.seal(ctx.random, sealedPlaces.softwareToken(sub), JSON.stringify(token));
}

/** Opens one of the user's record. */
export async function openSoftwareToken(
  ctx: TransactionContext<never, never>,
  { poolId, sub }: Pick<User, 'poolId' | 'sub'>,
  sealed: string,
): Promise<SoftwareToken> {
  const secrets = await ctx.secretsOf(poolId);
  const text = secrets.open(sealedPlaces.softwareToken(sub), sealed).toString('utf8');
  return JSON.parse(text) as SoftwareToken;
}

/**
 * Checks a code of the user's authenticator application, and uses it up: of answers with one code at the same time, on all nodes and in all
 * sign-ins, one is right (security.md M02). `used-last`: it is the code that was accepted last.
 */
export async function useSoftwareToken(
  ctx: TransactionContext<never, 'users'>,
  user: User,
  code: string,
): Promise<'right' | 'wrong' | 'used' | 'used-last'> {
  const { sealedSoftwareToken: sealed } = user;
  if (sealed === undefined) return 'wrong';
  const step = totpStepOf((await openSoftwareToken(ctx, user, sealed)).secret, code, ctx.nowMs);
  if (step === undefined) return 'wrong';
  const used = await ctx.stores.users.change<'wrong' | 'used' | 'used-last'>(refOf(user), (now) => {
    const { sealedSoftwareToken: present, softwareTokenStep: last } = now;
    // Sealed anew by a rotation of keys it is the same.
    const isSame = present !== undefined && sealedMark(present) === sealedMark(sealed);
    if (!isSame) return { refusal: 'wrong' };
    if (last === undefined || step > last) return { ...now, softwareTokenStep: step };
    return { refusal: step === last ? 'used-last' : 'used' };
  });
  if (used.kind === 'changed') return 'right';
  return used.kind === 'refused' ? used.refusal : 'wrong';
}

import { simulatedSalt, type SrpVerifier } from '../crypto/index.ts';
import { openDecoyVerifier, openVerifier } from '../directory/passwords/password.ts';
import { requireUnlocked } from '../directory/passwords/password-attempt.ts';
import type { Trial } from '../directory/trial.ts';
import { findByName } from '../directory/users/find-user.ts';
import { isNobodyLocked, nobodyCalled } from '../directory/users/nobody.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import { nameKey, usesAddressesAsNames } from '../domain/users/sign-in-names.ts';
import type { Cx } from '../operation.ts';
import { requireConfirmed, type SignInRequest } from './request.ts';

/** Whom an SRP exchange is with: a user, or somebody who only answers like one. */
export interface Counterpart {
  readonly kind: 'user' | 'none';
  /** The user's `sub`, or the id of who stands in. */
  readonly subject: string;
  /** USER_ID_FOR_SRP. */
  readonly userId: string;
  readonly verifier: SrpVerifier;
}

/** Longer names are aliases at most, and never go out again. Source: API model, UsernameType. */
const LONGEST_USERNAME = 128;

/** The user, or, where the client hides who exists, somebody stable who answers like one (security.md S09). */
export async function counterpartOf(
  cx: Cx<
    'NotAuthorizedException' | 'UserNotConfirmedException' | 'UserNotFoundException',
    'users' | 'limits'
  >,
  trial: Trial,
  { pool, client }: SignInRequest,
  username: string,
): Promise<Counterpart> {
  if (hidesUsers(client)) return hiddenCounterpart(cx, pool, username);
  const user = await findByName(cx, pool, username);
  if (user === undefined) {
    trial.foundWrong();
    return cx.fail('UserNotFoundException', messages.userNotFound);
  }
  requireUnlocked(cx, user);
  if (!user.enabled) cx.fail('NotAuthorizedException', messages.userDisabled);
  requireConfirmed(cx, client, user);
  const verifier =
    (await openVerifier(cx, user)) ??
    cx.fail('NotAuthorizedException', 'User does not support SRP auth'); // [peer] behaviour.md 6.6
  return { kind: 'user', subject: user.sub, userId: user.username, verifier };
}

/** One course for everybody: what a user needs and what nobody needs is done for both, so that the time does not tell them apart. */
async function hiddenCounterpart(
  cx: Cx<'NotAuthorizedException', 'users' | 'limits'>,
  pool: Pool,
  username: string,
): Promise<Counterpart> {
  const user = await findByName(cx, pool, username);
  const nobody = await nobodyCalled(cx, pool, username);
  const isLocked = await isNobodyLocked(cx, pool, nobody);
  const name = nameKey(pool, username);
  const saltHex = simulatedSalt((await cx.world.vault.of(pool.id)).subkey('simulated-users'), name);
  const own = user && (await openVerifier(cx, user));
  const verifier = own ?? { ...(await openDecoyVerifier(cx, pool)), saltHex };
  if (user !== undefined && own !== undefined) {
    requireUnlocked(cx, user);
    return { kind: 'user', subject: user.sub, userId: user.username, verifier };
  }
  if (isLocked) cx.fail('NotAuthorizedException', messages.attemptsExceeded);
  // Docs say a UUID; a plain name that came in goes out again, or it would tell that it does not exist.
  const asTyped =
    !usesAddressesAsNames(pool) &&
    name.length <= LONGEST_USERNAME &&
    !/^[^@]+@[^@]+$|^\+\d+$/.test(name);
  return { kind: 'none', subject: nobody, userId: asTyped ? name : nobody, verifier };
}

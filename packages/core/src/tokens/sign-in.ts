import type { AuthenticationResultType } from '@poolhouse/model';
import { hashToken, makeRefreshToken, randomUuid } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { requireUnjudgedSignIn } from '../directory/pools/fail-closed.ts';
import { requiresMfa } from '../domain/pools/unbuilt-settings.ts';
import { messages } from '../domain/texts.ts';
import { tokenValidity } from '../domain/clients/token-validity.ts';
import type { User } from '../domain/users/user.ts';
import { isSamePassword } from '../directory/passwords/password.ts';
import { refOf } from '../directory/users/find-user.ts';
import type { Cx } from '../operation.ts';
import { USER_ADMIN_SCOPE } from './authenticate.ts';
import { mintTokens } from './mint.ts';

/** Stores that the end of every sign-in touches. */
export type SignInStore = 'users' | 'tokenFamilies' | 'spentProofs' | 'groups' | 'limits';

/** A one-time proof (secret block, challenge session) that is used up by what it led to. */
export interface Proof {
  readonly id: string;
  readonly expiresAtMs: number;
}

/** A sign-in in which everything has been proved. */
export interface CompletedSignIn {
  readonly pool: Pool;
  readonly client: Client;
  /** As it was when the password was proved. */
  readonly user: User;
  readonly proof?: Proof;
  /** A verifier made of the password just proved, for a user who has none yet. */
  readonly sealedSrp?: string;
}

/**
 * Starts a token family and answers its first tokens. In one transaction: the proof is spent, the user is read again and
 * must still have the password that was proved, failures are forgotten, the family is kept.
 */
export async function completeSignIn(
  cx: Cx<'NotAuthorizedException' | 'UnexpectedLambdaException', Exclude<SignInStore, 'limits'>>,
  signIn: CompletedSignIn,
): Promise<AuthenticationResultType> {
  const { pool, client } = signIn;
  // The last word, whatever was checked on the way here.
  requireUnjudgedSignIn(cx, pool);
  if (requiresMfa(pool)) cx.fail('NotAuthorizedException', messages.mfaNotBuilt);
  const { random } = cx.world;
  const refreshToken = makeRefreshToken(random);
  const family = {
    id: randomUuid(random),
    poolId: pool.id,
    clientId: client.id,
    sub: signIn.user.sub,
    authTimeMs: cx.nowMs,
    eventId: randomUuid(random),
    scope: USER_ADMIN_SCOPE,
    expiresAtMs: cx.nowMs + tokenValidity(client).refreshMs,
  };
  const user = await cx.atomically(async (tx) => {
    await spendProof(tx, signIn.proof);
    const current = await settledUser(tx, signIn);
    await tx.stores.tokenFamilies.create(family, hashToken(refreshToken));
    return current;
  });
  const tokens = await mintTokens(cx, { pool, client, user, family });
  cx.world.figures.count(pool.id, 'sign-in');
  return { ...tokens, RefreshToken: refreshToken };
}

/** Uses up a one-time proof; a second use is refused, in the words for this kind (security.md S05, S17). */
export async function spendProof(
  cx: Cx<'NotAuthorizedException', 'spentProofs'>,
  proof: Proof | undefined,
  refusal: string = messages.invalidSession,
): Promise<void> {
  if (proof === undefined) return;
  const fresh = await cx.stores.spentProofs.spend(proof.id, proof.expiresAtMs);
  if (!fresh) cx.fail('NotAuthorizedException', refusal, 'proof used before');
}

/** The user as the database has it now, with the password that was proved and no failures held against it. */
async function settledUser(
  cx: Cx<'NotAuthorizedException', 'users'>,
  { user, sealedSrp }: CompletedSignIn,
): Promise<User> {
  const ref = refOf(user);
  if (sealedSrp !== undefined) {
    await cx.stores.users.change(ref, (now) =>
      isSamePassword(now, user) ? { ...now, sealedSrp } : now,
    );
  }
  // Held until the family is there: whoever revokes the user's families then finds this one among them (security.md A14).
  const current = await cx.stores.users.hold(ref);
  if (current === undefined || !isSamePassword(current, user)) {
    return cx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, 'changed since');
  }
  if (current.failedAttempts > 0) await cx.stores.users.clearFailedAttempts(ref);
  return current;
}

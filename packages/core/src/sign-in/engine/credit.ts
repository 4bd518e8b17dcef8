import { dueMethods } from '../../domain/mfa/mfa.ts';
import type { AcrLevel } from '../../domain/pools/acr-levels.ts';
import { messages } from '../../domain/texts.ts';
import { reachesLevel } from '../../domain/tokens/assurance.ts';
import type { Proof, Session } from '../../domain/tokens/session.ts';
import type { User } from '../../domain/users/user.ts';
import type { OperationContext } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { refOf } from '../../users/find-user.ts';
import type { At } from '../attempt.ts';
import type { Subject } from '../identify.ts';
import type { ReachFacts } from './target-level.ts';

/**
 * The session of the ACCESS_TOKEN that an app gives for a step-up: it has to be good, of the user whom USERNAME means, and of the app client
 * that asks [unsure]. Source: SDK, InitiateAuthRequest.AuthParameters, TARGET_ACR_VALUES.
 */
export async function requireOwnSession(
  ctx: OperationContext<'NotAuthorizedException', 'pools' | 'clients' | 'users' | 'sessions'>,
  { client }: At,
  subject: Subject,
  accessToken: string | undefined,
): Promise<Session | undefined> {
  if (accessToken === undefined) return undefined;
  const { user, client: of, sessionId } = await requireSignedIn(ctx, accessToken);
  const isOwn = subject.kind === 'user' && subject.user.sub === user.sub && of.id === client.id;
  if (!isOwn) {
    const detail = 'of another user or app client';
    return ctx.fail('NotAuthorizedException', messages.accessTokenInvalid, detail);
  }
  return ctx.stores.sessions.get(refOf(user), sessionId);
}

/**
 * What a session has proved that counts toward a level: one factor, no device, to which another one has to be proved now. Without such a factor the
 * sign-in begins anew, so that an access token alone never leads to tokens, not even to those of a level that its session has [unsure]. Nor
 * does it count once MAX_AGE seconds have passed since the sign-in, or if what the user signs in with has changed since: whoever has a stolen
 * token could otherwise set a mail address or an application of their own, and then step up with that (security.md M05). Source: SDK,
 * InitiateAuthRequest.AuthParameters, MAX_AGE.
 */
export function creditToward(
  {
    pool,
    configuration,
    nowMs,
    mark,
  }: ReachFacts & {
    readonly nowMs: number;
    /** Of the user's factors as they are now. */
    readonly mark: string;
  },
  user: User,
  { proofs = [], authTimeMs, factorsMark }: Session,
  { target, maxAge }: { readonly target: AcrLevel; readonly maxAge: string | undefined },
): Proof | undefined {
  if (user.status !== 'CONFIRMED' || factorsMark !== mark) return undefined;
  if (maxAge !== undefined && nowMs - authTimeMs > Number(maxAge) * 1000) return undefined;
  return proofs.find(
    (proof) =>
      proof.challenge !== 'DEVICE_PASSWORD_VERIFIER' &&
      !reachesLevel([proof], target) &&
      dueMethods({ pool, user, proofs: [proof], target }, configuration).length > 0,
  );
}

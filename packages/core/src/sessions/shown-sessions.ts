import type { SessionDescriptionType } from '@poolhouse/model';
import { sealedPlaces, sessionName } from '../crypto/index.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { Session } from '../domain/tokens/session.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import { readPageToken, writePageToken } from '../paging.ts';
import type { SessionListKey } from '../ports/stores/sessions.ts';
import { openLastUse } from '../tokens/last-use.ts';
import { refOf } from '../users/find-user.ts';
import { deviceName } from './device-name.ts';

/** What the service shows at once. Source: SDK, AdminListUserSessions. */
const PAGE_SIZE = 125;

/** Which list is read, and of whom. */
export interface SessionList {
  readonly operation: 'ListUserSessions' | 'AdminListUserSessions';
  readonly pool: Pool;
  readonly user: User;
  /** The session of the access token that asks; absent for administrators. */
  readonly currentId?: string;
  readonly token: string | undefined;
}

/**
 * A page of the user's sessions that have neither ended nor been revoked, newest first. LastLocation is absent: this server asks nobody
 * where an address is. So is OriginSessionId, while no session comes from a sign-in at the login pages. Source: API model,
 * SessionDescriptionType.
 */
export async function listSessions(
  ctx: TransactionContext<'InvalidParameterException', 'sessions'>,
  { operation, pool, user, currentId, token }: SessionList,
): Promise<{ readonly Sessions: SessionDescriptionType[]; readonly NextToken?: string }> {
  const context = [operation, pool.id, user.sub] as const;
  const start = await readPageToken<SessionListKey>(ctx, pool.id, context, token);
  const page = await ctx.stores.sessions.liveOf(refOf(user), ctx.nowMs, PAGE_SIZE, start);
  const secrets = await ctx.secretsOf(pool.id);
  const name = await namer(ctx, pool);
  const Sessions = page.items.map((session): SessionDescriptionType => {
    const { address, userAgent } = openLastUse(
      secrets,
      sealedPlaces.lastUse(session.id),
      session.sealedLastUse,
    );
    return {
      SessionId: name(session),
      SessionType: 'TOKEN',
      ClientId: session.clientId,
      CreateDate: session.authTimeMs,
      LastActiveDate: session.lastUsedAtMs ?? session.authTimeMs,
      DeviceType: deviceName(userAgent),
      LastIPAddress: address,
      IsCurrentSession: session.id === currentId,
    };
  });
  return { Sessions, NextToken: await writePageToken(ctx, pool.id, context, page.after) };
}

/**
 * The user's own session of this SessionId. One that is somebody else's, has ended or never was is missing in the same way [unsure].
 */
export async function requireSession(
  ctx: TransactionContext<'ResourceNotFoundException', 'sessions'>,
  pool: Pool,
  user: User,
  SessionId: string,
): Promise<Session> {
  const name = await namer(ctx, pool);
  let after: SessionListKey | undefined;
  do {
    const page = await ctx.stores.sessions.liveOf(refOf(user), ctx.nowMs, PAGE_SIZE, after);
    const found = page.items.find((session) => name(session) === SessionId);
    if (found !== undefined) return found;
    after = page.after;
  } while (after !== undefined);
  return ctx.fail('ResourceNotFoundException', messages.sessionNotFound);
}

/**
 * Ends a session that was found, with all its tokens. Whoever ends it at the same time is answered that it is missing, as the next one
 * would be.
 */
export async function endSession(
  ctx: TransactionContext<'ResourceNotFoundException', 'sessions'>,
  session: Session,
): Promise<void> {
  const ended = await ctx.stores.sessions.revokeOneOf(refOf(session), session.id, ctx.nowMs);
  if (!ended) ctx.fail('ResourceNotFoundException', messages.sessionNotFound);
}

async function namer(
  ctx: TransactionContext<never, never>,
  { id }: Pool,
): Promise<(session: Session) => string> {
  const key = (await ctx.secretsOf(id)).subkey('session-names');
  return (session) => sessionName(key, session.id);
}

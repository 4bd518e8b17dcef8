import type { AuthenticationResultType, ChallengeNameType } from '@poolhouse/model';
import {
  deviceGroupKey,
  hashToken,
  makeRefreshToken,
  randomUuid,
  sealedPlaces,
} from '../crypto/index.ts';
import { passwordMark } from '../passwords/password.ts';
import { challengeResponses } from '../domain/protection/auth-event.ts';
import { draftEvent } from '../protection/record-event.ts';
import { requireUnjudgedSignIn } from '../triggers/fail-closed.ts';
import { tell } from '../triggers/tell.ts';
import { refOf } from '../users/find-user.ts';
import type { Client } from '../domain/clients/client.ts';
import type { ReadDevice } from '../devices/named-device.ts';
import type { Device } from '../domain/devices/device.ts';
import { tracksDevices } from '../domain/devices/device-settings.ts';
import { regionOf } from '../domain/ids.ts';
import { tokenValidity } from '@poolhouse/rules';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import { factorsMark } from '../mfa/factors-mark.ts';
import type { Proof, Session, SignInOrigin } from '../domain/tokens/session.ts';
import type { User } from '../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import { USER_ADMIN_SCOPE } from '../tokens/authenticate.ts';
import { sealLastUse } from '../tokens/last-use.ts';
import { causeAfter } from '../tokens/ask-for-override.ts';
import { decideClaims, grantTokens, type TokenError } from '../tokens/mint.ts';

/** Stores that the end of every sign-in touches. */
export type SignInStore =
  | 'pools'
  | 'clients'
  | 'configurations'
  | 'users'
  | 'sessions'
  | 'replayCache'
  | 'groups'
  | 'limits'
  | 'passkeys'
  | 'devices'
  | 'authEvents'
  // What a challenge may send.
  | 'codes'
  | 'outbox';

/** A sign-in in which everything has been proved. */
export interface CompletedSignIn {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  /** In their order. */
  readonly proofs: readonly Proof[];
  readonly origin: SignInOrigin;
  /** Of the event that the sign-in is. */
  readonly eventId: string;
  /** What the last answer was to. */
  readonly answered: ChallengeNameType;
  /** Of the password that was proved, empty where none was. */
  readonly passwordMark: string;
  /** Spends the attempt that led here, where there was one. */
  readonly spend: (
    tx: TransactionContext<'NotAuthorizedException', 'replayCache'>,
  ) => Promise<void>;
  /** The user's device that the app has named. */
  readonly device: ReadDevice;
  /** A verifier made of the password just proved, for a user who has none yet. */
  readonly sealedSrp?: string;
  /** The session whose proof counts in this sign-in, too: it must not have ended. */
  readonly creditOf?: string;
}

/**
 * Starts a session and answers its first tokens. What they say is decided first. Then, in one transaction: the attempt is spent, the user
 * is read again, must still have the password that was proved and be allowed tokens, failures are forgotten, the sign-in is noted, at the
 * device too, sessions that are more than the pool lets a user have end, and the session is kept, and its event where the pool keeps those. Where no token may be
 * made, nothing of that is.
 */
export async function completeSignIn(
  ctx: OperationContext<
    TokenError,
    'users' | 'sessions' | 'replayCache' | 'groups' | 'devices' | 'authEvents'
  >,
  signIn: CompletedSignIn,
): Promise<AuthenticationResultType> {
  const { pool, client } = signIn;
  // The last word, whatever was checked on the way here.
  requireUnjudgedSignIn(ctx, pool);
  const { random } = ctx;
  const refreshToken = makeRefreshToken(random);
  const id = randomUuid(random);
  const device = await deviceOf(ctx, signIn);
  const session: Session = {
    id,
    poolId: pool.id,
    clientId: client.id,
    sub: signIn.user.sub,
    authTimeMs: ctx.nowMs,
    eventId: signIn.eventId,
    scope: USER_ADMIN_SCOPE,
    expiresAtMs: ctx.nowMs + tokenValidity(client.settings).refreshMs,
    proofs: signIn.proofs,
    origin: signIn.origin,
    lastUsedAtMs: ctx.nowMs,
    ...(await sealLastUse(ctx, client, sealedPlaces.lastUse(id))),
    ...(device && { deviceKey: device.key }),
    factorsMark: await factorsMark(ctx, pool, signIn.user),
  };
  const grant = { pool, client, user: signIn.user, session };
  const claims = await decideClaims(ctx, grant, causeAfter(signIn.answered));
  const noteUse = await notingUse(ctx, signIn, device);
  const event = await draftEvent(ctx, {
    ...{ pool, client, kind: 'SignIn', id: signIn.eventId, about: signIn.user },
    challenges: challengeResponses(signIn.proofs),
  });
  const sign = await ctx.atomically(async (tx) => {
    await signIn.spend(tx);
    const user = await settledUser(tx, signIn);
    await requireLiveCredit(tx, signIn);
    await noteUse(tx);
    const granted = grantTokens(tx, { ...grant, user }, claims);
    if (pool.sessionsPerUser !== undefined) {
      await tx.stores.sessions.keepRecent(refOf(user), pool.sessionsPerUser - 1, ctx.nowMs);
    }
    await tx.stores.sessions.create(session, hashToken(refreshToken));
    if (event !== undefined) await tx.stores.authEvents.put(event);
    return granted;
  });
  const tokens = await sign(ctx);
  tell(ctx, { kind: 'sign-in', id: session.eventId, pool, client, user: signIn.user });
  return {
    ...{ ...tokens, RefreshToken: refreshToken },
    ...(device?.isKnown === false && {
      NewDeviceMetadata: { DeviceKey: device.key, DeviceGroupKey: deviceGroupKey(pool.id) },
    }),
  };
}

/** The device of a session. */
interface SessionDevice extends Pick<Device, 'key'> {
  /** Whether the pool knew it before. */
  readonly isKnown: boolean;
}

/** The user's device that the app has named; otherwise, where the pool tells devices apart, a key for a new one. Source: behaviour.md 6.3. */
async function deviceOf(
  { random }: TransactionContext<never, never>,
  { pool, user, device: read }: CompletedSignIn,
): Promise<SessionDevice | undefined> {
  const known = await read(user);
  if (known !== undefined) return { key: known.key, isKnown: true };
  if (!tracksDevices(pool)) return undefined;
  return { key: `${regionOf(pool.id)}_${randomUuid(random)}`, isKnown: false };
}

/** Notes the use of a device that the pool knows, which must still be there, and be remembered where it stood in for a factor. */
async function notingUse(
  ctx: OperationContext<never, never>,
  { client, user, proofs }: CompletedSignIn,
  device: SessionDevice | undefined,
): Promise<(tx: TransactionContext<'NotAuthorizedException', 'devices'>) => Promise<void>> {
  if (!device?.isKnown) return async () => {};
  const { key } = device;
  const use = {
    ...(await sealLastUse(ctx, client, sealedPlaces.deviceUse(user.sub, key))),
    ...{ atMs: ctx.nowMs, asRemembered: proofs.some(({ standsIn }) => standsIn) },
  };
  return async (tx) => {
    if (await tx.stores.devices.noteUse(refOf(user), key, use)) return;
    tx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, 'the device is gone');
  };
}

/** What an ended session has proved counts for nothing any more. */
async function requireLiveCredit(
  ctx: TransactionContext<'NotAuthorizedException', 'sessions'>,
  { user: { poolId, sub }, creditOf }: CompletedSignIn,
): Promise<void> {
  if (creditOf === undefined) return;
  const found = await ctx.stores.sessions.liveUser(poolId, sub, creditOf);
  if (found?.session === 'live') return;
  ctx.fail('NotAuthorizedException', messages.accessTokenRevoked, 'its session has ended');
}

/** The user as the database has it now, with the password that was proved and no failures held against it. */
async function settledUser(
  ctx: TransactionContext<'NotAuthorizedException', 'users'>,
  { user, passwordMark: proved, sealedSrp }: CompletedSignIn,
): Promise<User> {
  const ref = refOf(user);
  const isProved = (now: User) => proved === '' || passwordMark(now) === proved;
  if (sealedSrp !== undefined) {
    await ctx.stores.users.change(ref, (now) => (isProved(now) ? { ...now, sealedSrp } : now));
  }
  // Held until the session is there: whoever revokes the user's sessions then finds this one among them (security.md A14).
  const current = await ctx.stores.users.lockForUpdate(ref);
  if (current === undefined || !isProved(current)) {
    return ctx.fail(
      'NotAuthorizedException',
      messages.incorrectUsernameOrPassword,
      'changed since',
    );
  }
  await ctx.stores.users.noteSignIn(ref, ctx.nowMs);
  return current;
}

import { sealedPlaces, type PoolSecrets, type SealedPlace } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { Session } from '../domain/tokens/session.ts';
import type { OperationContext } from '../operation.ts';
import { StorageUnavailableError } from '../ports/stores/index.ts';

/** Where a session was used from, as far as it is known. The program's name, and what a back end says about its users, are not verified. */
export interface LastUse {
  /** A network address. Source: API model, SessionDescriptionType.LastIPAddress. */
  readonly address?: string;
  /** What DeviceType is derived from. Source: API model, SessionDescriptionType. */
  readonly userAgent?: string;
}

/** Source: API model, SessionDescriptionType.LastIPAddress. */
const LONGEST_ADDRESS = 128;
const LONGEST_USER_AGENT = 512;

/**
 * How long further uses of a refresh token that does not rotate go unrecorded after a recorded one, so that nearly every refresh only
 * reads. A refresh that rotates writes anyway, and is always recorded. So is every one in a pool that tracks sessions: it shows people when
 * each was last used, and ends the one that was not used for the longest time.
 */
const NOTED_EVERY_MS = 3_600_000;

/** Seals where a request that uses a session, or a device, comes from; has no member if nothing is known. */
export async function sealLastUse(
  ctx: OperationContext<never, never>,
  client: Client,
  place: SealedPlace,
): Promise<Pick<Session, 'sealedLastUse'>> {
  const use = useOf(ctx, client);
  if (use.address === undefined && use.userAgent === undefined) return {};
  const secrets = await ctx.secretsOf(client.poolId);
  const text = JSON.stringify(use);
  return { sealedLastUse: secrets.seal(ctx.random, place, text) };
}

/** Opens what {@link sealLastUse} has sealed. Throws TamperedError. */
export function openLastUse(
  secrets: PoolSecrets,
  place: SealedPlace,
  sealedLastUse: string | undefined,
): LastUse {
  if (sealedLastUse === undefined) return {};
  const text = secrets.open(place, sealedLastUse).toString('utf8');
  return JSON.parse(text) as LastUse;
}

/**
 * Records the use of a session whose refresh token stays, unless a recent enough one is recorded. A database that cannot write at the
 * moment does not keep people from what only reads.
 */
export async function noteUse(
  ctx: OperationContext<never, 'sessions'>,
  { sessionsPerUser }: Pool,
  client: Client,
  { id, lastUsedAtMs = 0 }: Session,
): Promise<void> {
  const everyMs = sessionsPerUser === undefined ? NOTED_EVERY_MS : 0;
  const sinceMs = ctx.nowMs - lastUsedAtMs;
  // A time further ahead came from a wrong clock, and would otherwise stay until it is reached.
  if (sinceMs < everyMs && sinceMs >= -everyMs) return;
  const use = {
    lastUsedAtMs: ctx.nowMs,
    ...(await sealLastUse(ctx, client, sealedPlaces.lastUse(id))),
  };
  try {
    await ctx.stores.sessions.noteUse(id, use, everyMs);
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error;
    ctx.world.log.warn('session.use.not-noted', { session: id, err: error });
  }
}

/**
 * A back end that signs speaks for its users, and so does one with a client's secret if the client allows it; what anybody else says about
 * a device is not believed. Source: API model, EnablePropagateAdditionalUserContextData.
 */
export function useOf(
  { caller, request: { userAgent, contextData } }: OperationContext<never, never>,
  client: Client,
): LastUse {
  const speaksForUsers =
    caller.kind !== 'anyone' || client.settings.EnablePropagateAdditionalUserContextData === true;
  if (!speaksForUsers || !contextData?.IpAddress) return { address: caller.source, userAgent };
  const header = contextData.HttpHeaders?.find(
    ({ headerName = '' }) => headerName.toLowerCase() === 'user-agent',
  );
  return {
    address: contextData.IpAddress.slice(0, LONGEST_ADDRESS),
    userAgent: header?.headerValue?.slice(0, LONGEST_USER_AGENT),
  };
}

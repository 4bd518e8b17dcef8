import { sealedPlaces, type PoolSecrets } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import type { Session } from '../domain/tokens/session.ts';
import type { OperationContext } from '../operation.ts';
import { StorageUnavailableError } from '../ports/stores/index.ts';

/** Where a session was used from, as far as it is known. Nobody has proved the program, nor what a back end says of its users. */
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
 * How long the use of a refresh token that stays as it is goes unnoted after one that was noted: nearly always a refresh only reads.
 * One that rotates writes anyway, and is always noted.
 */
const NOTED_EVERY_MS = 3_600_000;

/** Seals where a request that uses a session comes from; has no member where nothing is known of it. */
export async function sealLastUse(
  ctx: OperationContext<never, never>,
  client: Client,
  sessionId: string,
): Promise<Pick<Session, 'sealedLastUse'>> {
  const use = useOf(ctx, client);
  if (use.address === undefined && use.userAgent === undefined) return {};
  const secrets = await ctx.secretsOf(client.poolId);
  const text = JSON.stringify(use);
  return { sealedLastUse: secrets.seal(ctx.random, sealedPlaces.lastUse(sessionId), text) };
}

/** Opens what {@link sealLastUse} has sealed. Throws TamperedError. */
export function openLastUse(
  secrets: PoolSecrets,
  { id, sealedLastUse }: Pick<Session, 'id' | 'sealedLastUse'>,
): LastUse {
  if (sealedLastUse === undefined) return {};
  const text = secrets.open(sealedPlaces.lastUse(id), sealedLastUse).toString('utf8');
  return JSON.parse(text) as LastUse;
}

/**
 * Notes the use of a session whose refresh token stays, unless one of the last hour is noted. A database that cannot write just now does
 * not keep people from what only reads.
 */
export async function noteUse(
  ctx: OperationContext<never, 'sessions'>,
  client: Client,
  { id, lastUsedAtMs = 0 }: Session,
): Promise<void> {
  const sinceMs = ctx.nowMs - lastUsedAtMs;
  // What lies further ahead was noted by a clock that was wrong, and would else stay until its time has come.
  if (sinceMs < NOTED_EVERY_MS && sinceMs >= -NOTED_EVERY_MS) return;
  const use = { lastUsedAtMs: ctx.nowMs, ...(await sealLastUse(ctx, client, id)) };
  try {
    await ctx.stores.sessions.noteUse(id, use, NOTED_EVERY_MS);
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error;
    ctx.world.log.warn('session.use.not-noted', { session: id, err: error });
  }
}

/**
 * A back end that signs speaks for its users, and so does one with a client's secret where the client allows it; what anybody else
 * says of a device is not believed. Source: API model, EnablePropagateAdditionalUserContextData.
 */
function useOf(
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

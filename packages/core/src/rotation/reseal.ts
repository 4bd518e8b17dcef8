import {
  sealedPlaces,
  TamperedError,
  type PoolSecrets,
  type SealedPlace,
} from '../crypto/index.ts';
import type { PoolId } from '../domain/ids.ts';
import type { Stores, UserSecrets } from '../ports/stores/index.ts';

/** How far the re-sealing of a pool has come: its app clients go before its users; the signing keys, which are few, before both. */
type Cursor =
  | readonly ['clients', ...after: readonly [name: string, id: string]]
  | readonly ['users', after: string];

/** App clients are written one by one. */
const CLIENTS_AT_ONCE = 50;

/**
 * Seals anew the next of a pool's secrets, at most `rows` of them; answers where to go on, or `undefined` at the end. No user and no
 * app client counts as changed by it, and no sign-in under way notices.
 */
export async function resealPool(
  stores: Pick<Stores, 'signingKeys' | 'clients' | 'users'>,
  secrets: PoolSecrets,
  {
    poolId,
    cursor,
    rows,
  }: { readonly poolId: PoolId; readonly cursor: string; readonly rows: number },
): Promise<string | undefined> {
  const at = cursor === '' ? undefined : (JSON.parse(cursor) as Cursor);
  if (at?.[0] === 'users') return resealUsers(stores, secrets, { poolId, after: at[1], rows });
  if (at === undefined) {
    for (const { kid, sealedPrivate } of await stores.signingKeys.of(poolId)) {
      const fresh = resealed(secrets, sealedPlaces.signingKey(kid), sealedPrivate);
      await stores.signingKeys.reseal(poolId, kid, fresh);
    }
  }
  const after = at === undefined ? undefined : ([at[1], at[2]] as const);
  const page = await stores.clients.list(poolId, CLIENTS_AT_ONCE, after);
  for (const { id, secrets: listed } of page.items) {
    if (listed.length === 0) continue;
    await stores.clients.change(id, (client) => ({
      ...client,
      secrets: client.secrets.map((secret) => ({
        ...secret,
        sealed: resealed(secrets, sealedPlaces.clientSecret(id, secret.id), secret.sealed),
      })),
    }));
  }
  const next: Cursor = page.after === undefined ? ['users', ''] : ['clients', ...page.after];
  return JSON.stringify(next);
}

async function resealUsers(
  { users }: Pick<Stores, 'users'>,
  secrets: PoolSecrets,
  {
    poolId,
    after,
    rows,
  }: { readonly poolId: PoolId; readonly after: string; readonly rows: number },
): Promise<string | undefined> {
  const last = await users.reseal(poolId, rows, after, (user) => resealedUser(secrets, user));
  return last === undefined ? undefined : JSON.stringify(['users', last] satisfies Cursor);
}

/** Seals anew the secrets of all access keys, which are few. */
export async function resealServer(
  { accessKeys }: Pick<Stores, 'accessKeys'>,
  secrets: PoolSecrets,
): Promise<void> {
  for (const { id, sealedSecret } of await accessKeys.list()) {
    await accessKeys.reseal(id, resealed(secrets, sealedPlaces.accessKey(id), sealedSecret));
  }
}

/** The same object where nothing changes, so that nothing is written. */
function resealedUser(secrets: PoolSecrets, user: UserSecrets): UserSecrets {
  const password = sealedPlaces.password(user.sub);
  const [sealedPassword, sealedSrp] = [
    user.sealedPassword && resealed(secrets, password, user.sealedPassword),
    user.sealedSrp && resealed(secrets, sealedPlaces.srpVerifier(user.sub), user.sealedSrp),
  ];
  const sealedHistory = user.sealedHistory.map((one) => resealed(secrets, password, one));
  const isSame =
    sealedPassword === user.sealedPassword &&
    sealedSrp === user.sealedSrp &&
    sealedHistory.every((one, index) => one === user.sealedHistory[index]);
  return isSame ? user : { sub: user.sub, sealedPassword, sealedSrp, sealedHistory };
}

/** One that does not open stays as it is, for whoever looks into it; the others must not wait for that. */
function resealed(secrets: PoolSecrets, place: SealedPlace, sealed: string): string {
  try {
    return secrets.reseal(place, sealed);
  } catch (error) {
    if (error instanceof TamperedError) return sealed;
    throw error;
  }
}

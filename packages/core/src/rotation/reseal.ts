import {
  sealedPlaces,
  TamperedError,
  type PoolSecrets,
  type Random,
  type SealedPlace,
} from '../crypto/index.ts';
import type { PoolId } from '../domain/ids.ts';
import type {
  ClientSecrets,
  DeviceSecrets,
  ProviderSecrets,
  SessionSecrets,
  Stores,
  UserSecrets,
} from '../ports/stores/index.ts';

/** Brings one value under the version that seals now. */
type Reseal = (place: SealedPlace, sealed: string) => string;

/** Whose secrets are sealed anew, in this order; the keys for tokens and for SAML, which are few, before all of them. */
const owners = ['clients', 'identityProviders', 'users', 'devices', 'sessions'] as const;

/** How far the re-sealing of a pool has come. */
type Cursor = readonly [of: (typeof owners)[number], after: string];

/**
 * Seals anew the next of a pool's secrets, at most `rows` of them; answers where to go on, or `undefined` at the end. No user and no
 * app client counts as changed by it, and no sign-in under way notices.
 */
export async function resealPool(
  stores: Pick<Stores, 'signingKeys' | 'samlKeys' | (typeof owners)[number]>,
  reseal: Reseal,
  {
    poolId,
    cursor,
    rows,
  }: { readonly poolId: PoolId; readonly cursor: string; readonly rows: number },
): Promise<string | undefined> {
  if (cursor === '') {
    for (const { kid, sealedPrivate } of await stores.signingKeys.of(poolId)) {
      const fresh = reseal(sealedPlaces.signingKey(kid), sealedPrivate);
      await stores.signingKeys.reseal(poolId, kid, fresh);
    }
    for (const use of ['signing', 'encryption'] as const) {
      const key = await stores.samlKeys.get(poolId, use);
      const fresh = key && reseal(sealedPlaces.samlKey(poolId, use), key.sealedPrivate);
      if (fresh !== undefined) await stores.samlKeys.reseal(poolId, use, fresh);
    }
  }
  const [of, after] = cursor === '' ? (['clients', ''] as const) : (JSON.parse(cursor) as Cursor);
  const { clients, identityProviders, users, devices, sessions } = stores;
  const slices: Readonly<Record<Cursor[0], () => Promise<string | undefined>>> = {
    clients: () => clients.reseal(poolId, rows, after, (client) => resealedClient(reseal, client)),
    identityProviders: () =>
      identityProviders.reseal(poolId, rows, after, (one) => resealedProvider(reseal, poolId, one)),
    users: () => users.reseal(poolId, rows, after, (user) => resealedUser(reseal, user)),
    devices: () => devices.reseal(poolId, rows, after, (one) => resealedDevice(reseal, one)),
    sessions: () => sessions.reseal(poolId, rows, after, (one) => resealedSession(reseal, one)),
  };
  const last = await slices[of]();
  if (last !== undefined) return cursorText([of, last]);
  const next = owners[owners.indexOf(of) + 1];
  return next && cursorText([next, '']);
}

function cursorText(cursor: Cursor): string {
  return JSON.stringify(cursor);
}

/** Seals anew the secrets of all access keys, which are few. */
export async function resealServer(
  { accessKeys }: Pick<Stores, 'accessKeys'>,
  reseal: Reseal,
): Promise<void> {
  for (const { id, sealedSecret } of await accessKeys.list()) {
    await accessKeys.reseal(id, reseal(sealedPlaces.accessKey(id), sealedSecret));
  }
}

function resealedClient(reseal: Reseal, { id, secrets }: ClientSecrets): ClientSecrets {
  const fresh = secrets.map((secret) => ({
    ...secret,
    sealed: reseal(sealedPlaces.clientSecret(id, secret.id), secret.sealed),
  }));
  return { id, secrets: fresh };
}

function resealedProvider(
  reseal: Reseal,
  poolId: PoolId,
  { name, sealedSecrets }: ProviderSecrets,
): ProviderSecrets {
  const place = sealedPlaces.providerSecrets(poolId, name);
  return { name, sealedSecrets: reseal(place, sealedSecrets) };
}

/** The same object where nothing changes, so that nothing is written. */
function resealedUser(reseal: Reseal, user: UserSecrets): UserSecrets {
  const password = sealedPlaces.password(user.sub);
  const token = sealedPlaces.softwareToken(user.sub);
  const fresh = {
    sealedPassword: user.sealedPassword && reseal(password, user.sealedPassword),
    sealedSrp: user.sealedSrp && reseal(sealedPlaces.srpVerifier(user.sub), user.sealedSrp),
    sealedSoftwareToken: user.sealedSoftwareToken && reseal(token, user.sealedSoftwareToken),
    sealedNextSoftwareToken:
      user.sealedNextSoftwareToken && reseal(token, user.sealedNextSoftwareToken),
  };
  const sealedHistory = user.sealedHistory.map((one) => reseal(password, one));
  const isSame =
    (Object.keys(fresh) as (keyof typeof fresh)[]).every((name) => fresh[name] === user[name]) &&
    sealedHistory.every((one, index) => one === user.sealedHistory[index]);
  return isSame ? user : { sub: user.sub, ...fresh, sealedHistory };
}

/** The same object where nothing changes, so that nothing is written. */
function resealedDevice(reseal: Reseal, device: DeviceSecrets): DeviceSecrets {
  const { sub, key, sealedVerifier: verifier, sealedLastUse: lastUse } = device;
  const sealedVerifier = reseal(sealedPlaces.deviceVerifier(sub, key), verifier);
  const sealedLastUse = lastUse && reseal(sealedPlaces.deviceUse(sub, key), lastUse);
  return sealedVerifier === verifier && sealedLastUse === lastUse
    ? device
    : { sub, key, sealedVerifier, ...(sealedLastUse && { sealedLastUse }) };
}

/** The same object where nothing changes, so that nothing is written. */
function resealedSession(reseal: Reseal, session: SessionSecrets): SessionSecrets {
  const sealedLastUse = reseal(sealedPlaces.lastUse(session.id), session.sealedLastUse);
  return sealedLastUse === session.sealedLastUse ? session : { id: session.id, sealedLastUse };
}

/** One that does not open stays as it is, for whoever looks into it; the others must not wait for that. */
export function resealing(secrets: PoolSecrets, random: Random): Reseal {
  return (place, sealed) => {
    try {
      return secrets.reseal(random, place, sealed);
    } catch (error) {
      if (error instanceof TamperedError) return sealed;
      throw error;
    }
  };
}

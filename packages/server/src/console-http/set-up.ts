import { hasOwner, prepareAdministrators, type AdministratorParts } from './administrators.ts';
import {
  hashToken,
  openState,
  randomToken,
  sealState,
  SERVER_SECRETS,
  sub,
  type CodePlace,
  type Stores,
} from '@poolhouse/core';
import { ADMINISTRATORS_POOL } from '../pools/administrators-pool.ts';

const PURPOSE = 'console-set-up';
const LIFETIME_MS = 3_600_000;

/** Of all links ever printed, the one that is valid is here, stored as a code without a user. */
const PLACE: CodePlace = {
  poolId: ADMINISTRATORS_POOL,
  sub: sub('set-up'),
  purpose: 'set-up',
  attribute: '',
};

/**
 * Creates what the console needs in the database; returns the set-up link while the server has no owner. A new link invalidates earlier
 * ones, of this node and of others.
 */
export async function prepareConsole(parts: AdministratorParts): Promise<string | undefined> {
  await prepareAdministrators(parts);
  if (await hasOwner(parts.storage)) return undefined;
  return `${parts.world.publicUrl}/console/set-up?token=${await makeSetUpToken(parts)}`;
}

/** Makes the token of a set-up link: valid once, for an hour, and only while the server has no owner. */
async function makeSetUpToken({ storage, world }: AdministratorParts): Promise<string> {
  const key = (await world.vault.of(SERVER_SECRETS)).subkey('console-set-up');
  const id = randomToken(world.random);
  const createdAtMs = world.clock.nowMs();
  const expiresAtMs = createdAtMs + LIFETIME_MS;
  await storage.stores.codes.put({
    ...PLACE,
    rowId: '',
    clientId: '',
    mac: hashToken(id),
    createdAtMs,
    expiresAtMs,
    // It is looked up by all of its 256 bits, so there are no attempts to count.
    attemptsLeft: 1,
  });
  return sealState(key, PURPOSE, { id }, expiresAtMs, { random: world.random });
}

/** Whether a set-up link's token is valid, and if so, its id. */
export type SetUpWorth =
  | { readonly worth: 'good'; readonly id: string }
  | { readonly worth: 'invalid' | 'expired' | 'spent' };

/** Checks a token without using it up: a refused password must not cost the link. */
export async function checkSetUpToken(
  { storage, world }: AdministratorParts,
  token: string,
): Promise<SetUpWorth> {
  const key = (await world.vault.of(SERVER_SECRETS)).subkey('console-set-up');
  const nowMs = world.clock.nowMs();
  const opened = openState<{ readonly id: string }>(key, PURPOSE, token, nowMs);
  if (!opened.ok) return { worth: opened.reason };
  const { id } = opened.value;
  return (await isCurrent(storage.stores, id, nowMs)) ? { worth: 'good', id } : { worth: 'spent' };
}

/** Uses a link up for good, in the transaction that it is used for; `false` if it is no longer valid. */
export async function spendSetUpToken(
  stores: Pick<Stores, 'codes'>,
  id: string,
  nowMs: number,
): Promise<boolean> {
  if (!(await isCurrent(stores, id, nowMs))) return false;
  await stores.codes.delete(PLACE);
  return true;
}

async function isCurrent(
  { codes }: Pick<Stores, 'codes'>,
  id: string,
  nowMs: number,
): Promise<boolean> {
  return (await codes.find(PLACE, nowMs))?.mac === hashToken(id);
}

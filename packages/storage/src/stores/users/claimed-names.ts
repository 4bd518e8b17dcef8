import type { PoolId, SignInName, SignInNameKind, Sub } from '@poolhouse/core';
import type { Sql } from '../../sql/sql.ts';

const insertName =
  'INSERT INTO sign_in_names (pool_id, name_key, sub, kind) VALUES (?, ?, ?, ?) ON CONFLICT (pool_id, name_key) DO NOTHING';
const deleteName = 'DELETE FROM sign_in_names WHERE pool_id = ? AND name_key = ?';
const updateName = 'UPDATE sign_in_names SET sub = ?, kind = ? WHERE pool_id = ? AND name_key = ?';

/** A user who claims names. */
export interface Claim {
  readonly poolId: PoolId;
  readonly sub: Sub;
}

/**
 * Claims all `names` for a user that holds none of them, or none at all: then returns the kind of the first one that is taken. Call it in a
 * transaction.
 */
export async function claimNames(
  tx: Sql,
  { poolId, sub }: Claim,
  names: readonly SignInName[],
): Promise<SignInNameKind | undefined> {
  const inserted: string[] = [];
  for (const { key, kind } of inLockOrder(names)) {
    if ((await tx.run(insertName, [poolId, key, sub, kind])) === 1) inserted.push(key);
    else {
      await releaseNames(tx, poolId, inserted);
      return kind;
    }
  }
  return undefined;
}

/** Gives names back, in the caller's transaction. */
export async function releaseNames(
  tx: Sql,
  poolId: PoolId,
  keys: readonly string[],
): Promise<void> {
  for (const key of keys) await tx.run(deleteName, [poolId, key]);
}

/** Changes a user's names from `before` to `after`, or changes nothing and returns what {@link claimNames} does. */
export async function replaceNames(
  tx: Sql,
  claim: Claim,
  before: readonly SignInName[],
  after: readonly SignInName[],
): Promise<SignInNameKind | undefined> {
  const held = byKey(before);
  const wanted = byKey(after);
  const added = [...wanted.values()].filter(({ key }) => !held.has(key));
  const taken = await claimNames(tx, claim, added);
  if (taken !== undefined) return taken;
  for (const { key, kind } of held.values()) {
    const kept = wanted.get(key);
    if (kept === undefined) await tx.run(deleteName, [claim.poolId, key]);
    else if (kept.kind !== kind)
      await tx.run(updateName, [claim.sub, kept.kind, claim.poolId, key]);
  }
  return undefined;
}

/** A user may have the same text twice (a user name that is also the email address): it is held once, as the user name. */
function byKey(names: readonly SignInName[]): Map<string, SignInName> {
  const found = new Map<string, SignInName>();
  for (const name of names) {
    if (!found.has(name.key) || name.kind === 'username') found.set(name.key, name);
  }
  return found;
}

/** Each key once. Two users that claim the same names must lock them in the same order. */
export function inLockOrder(names: readonly SignInName[]): SignInName[] {
  return [...byKey(names).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

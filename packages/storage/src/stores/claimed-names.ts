import type { PoolId, SignInName, SignInNameKind, Sub } from '@poolhouse/core';
import type { Sql } from '../sql.ts';
import { StorageError } from '../storage-errors.ts';
import { decodeNames, encodeNames } from './user-row.ts';

interface Holder {
  readonly sub: string;
  readonly kind: string;
}

const insertName =
  'INSERT INTO sign_in_names (pool_id, name_key, sub, kind) VALUES (?, ?, ?, ?) ON CONFLICT (pool_id, name_key) DO NOTHING';
const deleteName = 'DELETE FROM sign_in_names WHERE pool_id = ? AND name_key = ?';
const updateName = 'UPDATE sign_in_names SET sub = ?, kind = ? WHERE pool_id = ? AND name_key = ?';

/** Who wants names, and whether other users' aliases may be moved. */
export interface Claim {
  readonly poolId: PoolId;
  readonly sub: Sub;
  readonly takeOver: boolean;
}

/**
 * Takes all `names` for a user that holds none of them, or none: then answers the kind of the first that is another's.
 * Call in a transaction.
 */
export async function claimNames(
  tx: Sql,
  { poolId, sub, takeOver }: Claim,
  names: readonly SignInName[],
): Promise<SignInNameKind | undefined> {
  const inserted: string[] = [];
  const toMove: SignInName[] = [];
  for (const name of inLockOrder(names)) {
    const claimed = await claimName(tx, { poolId, sub, takeOver }, name);
    if (claimed === 'inserted') inserted.push(name.key);
    else if (claimed === 'movable') toMove.push(name);
    else {
      for (const key of inserted) await tx.run(deleteName, [poolId, key]);
      return name.kind;
    }
  }
  for (const name of toMove) await moveName(tx, poolId, sub, name);
  return undefined;
}

/** Brings a user's names from `before` to `after`, or changes nothing and answers as {@link claimNames}. */
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

async function claimName(
  tx: Sql,
  { poolId, sub, takeOver }: Claim,
  { key, kind }: SignInName,
): Promise<'inserted' | 'movable' | 'taken'> {
  // The holder may let the name go between our two looks at it.
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if ((await tx.run(insertName, [poolId, key, sub, kind])) === 1) return 'inserted';
    if (!takeOver || kind === 'username') return 'taken';
    const holder = await tx.one<Holder>(
      `SELECT sub, kind FROM sign_in_names WHERE pool_id = ? AND name_key = ?${tx.dialect.forUpdate}`,
      [poolId, key],
    );
    if (holder !== undefined) return holder.kind === 'username' ? 'taken' : 'movable';
  }
  throw new StorageError('A sign-in name changed hands again and again');
}

async function moveName(
  tx: Sql,
  poolId: PoolId,
  sub: Sub,
  { key, kind }: SignInName,
): Promise<void> {
  const holder = await tx.one<Holder>(
    'SELECT sub, kind FROM sign_in_names WHERE pool_id = ? AND name_key = ?',
    [poolId, key],
  );
  await tx.run(updateName, [sub, kind, poolId, key]);
  if (holder === undefined) return;
  const record = await tx.one<{ readonly names: string }>(
    `SELECT names FROM users WHERE pool_id = ? AND sub = ?${tx.dialect.forUpdate}`,
    [poolId, holder.sub],
  );
  if (record === undefined) return;
  const left = decodeNames(record.names).filter((name) => name.key !== key);
  await tx.run('UPDATE users SET names = ? WHERE pool_id = ? AND sub = ?', [
    encodeNames(left),
    poolId,
    holder.sub,
  ]);
}

/** A user may hold one text twice (a user name that is also the email address): it stands once, as the user name. */
function byKey(names: readonly SignInName[]): Map<string, SignInName> {
  const found = new Map<string, SignInName>();
  for (const name of names) {
    if (!found.has(name.key) || name.kind === 'username') found.set(name.key, name);
  }
  return found;
}

/** Two users that claim the same names lock them in the same order. */
function inLockOrder(names: readonly SignInName[]): SignInName[] {
  return [...byKey(names).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

import type { SignInName, Sub, User } from '@poolhouse/core';
import { recordsOf } from '../../sql/columns.ts';
import type { Sql } from '../../sql/sql.ts';
import { insertAll } from '../records/insert-all.ts';
import { inLockOrder, releaseNames } from './claimed-names.ts';
import { users } from './user-row.ts';

type Claimed = SignInName & Pick<User, 'poolId' | 'sub'>;

const { member, table } = recordsOf<Claimed>();
const names = table('sign_in_names', {
  pool_id: member('poolId'),
  name_key: member('key'),
  sub: member('sub'),
  kind: member('kind'),
});

/**
 * Inserts those users whose names are all free, in the caller's transaction, with few statements, and leaves nothing of the others; returns
 * the ones that it has inserted. A name that two of them want may go to neither.
 */
export async function createFree(tx: Sql, all: readonly User[]): Promise<ReadonlySet<Sub>> {
  const wanted = all.flatMap((user) =>
    inLockOrder(user.names).map((name) => ({ ...name, poolId: user.poolId, sub: user.sub })),
  );
  wanted.sort((one, other) => (one.key < other.key ? -1 : 1));
  const claimed = await insertAll<Claimed, { readonly name_key: string; readonly sub: Sub }>(
    tx,
    names,
    wanted,
    ' ON CONFLICT (pool_id, name_key) DO NOTHING RETURNING name_key, sub',
  );
  const keysOf = new Map<Sub, string[]>();
  for (const { name_key: key, sub } of claimed) {
    const keys = keysOf.get(sub);
    if (keys) keys.push(key);
    else keysOf.set(sub, [key]);
  }
  const free: User[] = [];
  for (const user of all) {
    const keys = keysOf.get(user.sub) ?? [];
    if (keys.length === inLockOrder(user.names).length) free.push(user);
    else await releaseNames(tx, user.poolId, keys);
  }
  await insertAll(tx, users, free);
  return new Set(free.map(({ sub }) => sub));
}

import { macText } from '../crypto/index.ts';
import { emptyHashLike, type ImportedHash } from '../domain/passwords/imported-hash.ts';
import type { PoolId } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { OperationContext } from '../operation.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { World } from '../world.ts';

/**
 * The hash of nothing that a stranger's password is checked against, where users of the pool were imported with hashes. Such a hash costs another time
 * than ours, and cannot be made to cost the same. So as large a share of all names that are nobody's is checked like an imported one, always the same
 * names: a slow answer then tells of no one. It stays visible that a name which was slow is no longer, once its user has signed in (security.md B09).
 */
export async function simulatedHash(
  ctx: OperationContext<never, never>,
  { id: poolId, importedPasswords: imported }: Pool,
  subjectId: string,
): Promise<string | undefined> {
  if (imported === undefined) return undefined;
  const key = (await ctx.secretsOf(poolId)).subkey('simulated-users');
  const drawn =
    Buffer.from(macText(key, `imported ${subjectId}`), 'base64url').readUInt32BE(0) / 2 ** 32;
  return drawn < imported.Share ? imported.Like : undefined;
}

/** Notes, in the transaction of an import, how the pool's imported passwords are hashed, and for how many of its users. */
export async function noteImportedHashes(
  {
    configurations,
    pools,
    random,
  }: Pick<Stores, 'configurations' | 'pools'> & Pick<World, 'random'>,
  poolId: PoolId,
  imported: number,
  hash: ImportedHash,
  nowMs: number,
): Promise<void> {
  const users = await pools.userCount(poolId);
  const Share = Math.min(1, imported / Math.max(1, users));
  const Like = emptyHashLike(hash, (count) => random.bytes(count));
  const place = { poolId, kind: 'imported-passwords' } as const;
  await configurations.change(place, () => ({ Like, Share }), nowMs);
}

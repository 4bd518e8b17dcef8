import type { KeyObject } from '../crypto/index.ts';
import type { PoolId } from '../domain/ids.ts';
import type { AuditedChange, AuditEntry, SealedChange } from '../ports/stores/audit.ts';
import type { Storage, Stores } from '../ports/stores/index.ts';
import type { World } from '../world.ts';
import { isKeyed, linkEntry } from './entry.ts';
import { newAuditSalt, peopleKey, sealChange } from './people.ts';
import { chainKey } from './walk-chain.ts';

/**
 * Brings an audit that was begun before its hashes were keyed into today's form: what it says of people is sealed, of those
 * who are gone nothing stays, and the chain is linked anew. Does nothing the second time. Answers how many entries there were.
 */
export async function sealOldChain(
  storage: Storage,
  world: Pick<World, 'vault' | 'random'>,
): Promise<number> {
  const head = await storage.stores.audit.head();
  if (head.number === 0 || isKeyed(head)) return 0;
  const chain = await chainKey(world.vault);
  // Opened before the transaction, in which nothing but its own stores may be waited for.
  const people = await peopleKeys(storage, world);
  await storage.transaction(async (stores) => {
    const now = await stores.audit.head();
    // Of two nodes that start together, one does it.
    if (isKeyed(now)) return;
    await stores.audit.rewrite(async (entry, previous) => {
      const changes = [];
      for (const change of entry.changes) {
        changes.push(await sealed(stores, world, people, entry, change));
      }
      return linkEntry(chain, { ...entry, changes }, previous);
    });
  });
  return head.number;
}

async function peopleKeys(
  storage: Storage,
  { vault }: Pick<World, 'vault'>,
): Promise<ReadonlyMap<string, KeyObject>> {
  const keys = new Map<string, KeyObject>();
  let before: number | undefined;
  do {
    const page = await storage.stores.audit.list({}, 500, before);
    for (const { poolId } of page.items) {
      if (poolId === undefined || keys.has(poolId)) continue;
      if ((await storage.stores.pools.get(poolId)) === undefined) continue;
      keys.set(poolId, peopleKey(await vault.of(poolId)));
    }
    before = page.after;
  } while (before !== undefined);
  return keys;
}

async function sealed(
  stores: Stores,
  { random }: Pick<World, 'random'>,
  people: ReadonlyMap<string, KeyObject>,
  { poolId }: AuditEntry,
  change: AuditedChange | SealedChange,
): Promise<AuditedChange | SealedChange> {
  if ('sealed' in change) return change;
  const { record, name } = change;
  if (record !== 'user' && record !== 'membership' && record !== 'sign-ins') return change;
  const key = poolId && people.get(poolId);
  const user = key && poolId ? await namedUser(stores, poolId, name) : undefined;
  if (!key || user === undefined) return { record, name: 'erased', before: { erased: true } };
  const salt = user.auditSalt ?? newAuditSalt(random);
  if (user.auditSalt === undefined) {
    await stores.users.change(user, (current) => ({ ...current, auditSalt: salt }));
  }
  return sealChange(key, random, { sub: user.sub, salt }, { ...change, record });
}

/** Old entries name people by their user name only. */
async function namedUser(stores: Stores, poolId: PoolId, username: string) {
  const filter = { attribute: 'username', match: 'equals', value: username } as const;
  const [listed] = (await stores.users.list(poolId, 1, filter)).items;
  return listed && stores.users.bySub({ poolId, sub: listed.sub });
}

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
 *
 * Somebody who writes to the database can make any audit look that old, and has it linked anew with what they changed. They
 * cannot hide it: an entry of its own tells of each time. An audit of which a single entry has a keyed hash stays as it is.
 */
export async function sealOldChain(
  storage: Storage,
  world: Pick<World, 'vault' | 'random' | 'clock'>,
): Promise<number> {
  const head = await storage.stores.audit.head();
  if (head.number === 0 || isKeyed(head)) return 0;
  const chain = await chainKey(world.vault);
  // Opened before the transaction, in which nothing but its own stores may be awaited.
  const people = await peopleKeys(storage, world);
  const isOld = await storage.transaction(async (stores) => {
    const now = await stores.audit.head();
    // Of two nodes that start together, one does it.
    if (isKeyed(now)) return true;
    if (await hasKeyedEntry(stores)) return false;
    await stores.audit.rewrite(async (entry, previous) => {
      const changes = [];
      for (const change of entry.changes) {
        changes.push(await sealed(stores, world, people, entry, change));
      }
      return linkEntry(chain, { ...entry, changes }, previous);
    });
    await stores.audit.append((last) =>
      linkEntry(
        chain,
        {
          atMs: world.clock.nowMs(),
          actor: 'upgrade',
          actorKind: 'server',
          operation: SEALED_ANEW,
          changes: [{ record: 'audit', name: 'audit', after: { entries: head.number } }],
        },
        last,
      ),
    );
    return true;
  });
  return isOld ? head.number : 0;
}

/** The operation that the entry about it names. */
const SEALED_ANEW = 'audit sealed anew';

async function hasKeyedEntry({ audit }: Stores): Promise<boolean> {
  // Only audits with keyed hashes were ever shortened.
  if ((await audit.floor()).number > 0) return true;
  let before: number | undefined;
  do {
    const page = await audit.list({}, 500, before);
    if (page.items.some(isKeyed)) return true;
    before = page.after;
  } while (before !== undefined);
  return false;
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

/** Old entries name people only by their user names. */
async function namedUser(stores: Stores, poolId: PoolId, username: string) {
  const filter = { attribute: 'username', match: 'equals', value: username } as const;
  const [listed] = (await stores.users.list(poolId, 1, filter)).items;
  return listed && stores.users.bySub({ poolId, sub: listed.sub });
}

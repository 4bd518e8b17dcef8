import {
  Failure,
  replacingMethods,
  type Storage,
  type Stores,
  type Sub,
  type UserRef,
} from '@poolhouse/core';
import { ADMINISTRATORS_POOL, OWNERS } from './administrators-pool.ts';

/**
 * The storage, in which the last owner of this server stays: who tries to delete, to disable or to demote it, or to delete its
 * group or its pool, gets NotAuthorizedException, whatever way led there. Under the group's lock and in the transaction of the
 * change, so that of two owners who remove each other at once one stays.
 */
export function keepLastOwner(storage: Storage): Storage {
  const transaction: Storage['transaction'] = (work) =>
    storage.transaction((inner) => work(keepingIn(inner, (change) => change(inner))));
  return replacingMethods(storage, {
    stores: keepingIn(storage.stores, (change) => storage.transaction(change)),
    transaction,
  });
}

/** Runs a change in a transaction, on the stores as they are. */
type InTransaction = <T>(change: (stores: Stores) => Promise<T>) => Promise<T>;

function keepingIn(stores: Stores, inTransaction: InTransaction): Stores {
  const users = once(() =>
    replacingMethods<Stores['users']>(stores.users, {
      delete: (ref, nowMs) =>
        isElsewhere(ref)
          ? stores.users.delete(ref, nowMs)
          : inTransaction(async (inner) => {
              await requireAnotherOwner(inner, ref);
              return inner.users.delete(ref, nowMs);
            }),
      change: (ref, change) =>
        isElsewhere(ref)
          ? stores.users.change(ref, change)
          : inTransaction(async (inner) => {
              await lockOwners(inner);
              let shutsOut = false;
              const outcome = await inner.users.change(ref, (current) => {
                const next = change(current);
                shutsOut = 'enabled' in next && current.enabled && !next.enabled;
                return next;
              });
              if (shutsOut) await requireAnotherOwner(inner, ref);
              return outcome;
            }),
    }),
  );
  const groups = once(() =>
    replacingMethods<Stores['groups']>(stores.groups, {
      removeMember: (ref, group) =>
        isElsewhere(ref) || group !== OWNERS
          ? stores.groups.removeMember(ref, group)
          : inTransaction(async (inner) => {
              await requireAnotherOwner(inner, ref);
              await inner.groups.removeMember(ref, group);
            }),
      delete: async (poolId, name, nowMs) =>
        poolId === ADMINISTRATORS_POOL && name === OWNERS
          ? refuse('The owners’ group cannot be deleted')
          : stores.groups.delete(poolId, name, nowMs),
    }),
  );
  const pools = once(() =>
    replacingMethods<Stores['pools']>(stores.pools, {
      delete: async (id, nowMs) =>
        id === ADMINISTRATORS_POOL
          ? refuse('The administrators’ pool cannot be deleted')
          : stores.pools.delete(id, nowMs),
    }),
  );
  return {
    ...stores,
    get users() {
      return users();
    },
    get groups() {
      return groups();
    },
    get pools() {
      return pools();
    },
  };
}

/** Made when first asked for: most transactions touch none of these. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

const isElsewhere = ({ poolId }: UserRef): boolean => poolId !== ADMINISTRATORS_POOL;

/** Makes changes of owners come one after the other. */
function lockOwners({ groups }: Stores): Promise<unknown> {
  return groups.change(ADMINISTRATORS_POOL, OWNERS, (group) => group);
}

async function requireAnotherOwner(stores: Stores, { sub }: UserRef): Promise<void> {
  await lockOwners(stores);
  if (!(await isLastOwner(stores, sub))) return;
  const user = await stores.users.bySub({ poolId: ADMINISTRATORS_POOL, sub });
  refuse(`${user?.username ?? 'This administrator'} is the last owner. Add another owner first`);
}

/** Whether nobody else owns this server who could sign in. */
async function isLastOwner({ groups }: Stores, sub: Sub): Promise<boolean> {
  let isOwner = false;
  let after: string | undefined;
  do {
    const page = await groups.members(ADMINISTRATORS_POOL, OWNERS, 60, after);
    isOwner ||= page.items.some((member) => member.sub === sub);
    if (page.items.some((member) => member.sub !== sub && member.enabled)) return false;
    after = page.after;
  } while (after !== undefined);
  return isOwner;
}

function refuse(reason: string): never {
  throw new Failure('NotAuthorizedException', `${reason}.`);
}

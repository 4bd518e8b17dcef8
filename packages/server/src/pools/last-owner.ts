import {
  Failure,
  storeViews,
  type Storage,
  type StoreRules,
  type Stores,
  type Sub,
  type UserRef,
} from '@poolhouse/core';
import { ADMINISTRATORS_POOL, OWNERS } from './administrators-pool.ts';

/**
 * The storage, in which the last owner of this server cannot disappear: attempts to delete, disable or demote them, or to delete their
 * group or pool, get NotAuthorizedException, whichever way they come. This is checked under the group's lock, in the transaction of the
 * change, so that if two owners remove each other at once, one stays.
 */
export function keepLastOwner(storage: Storage): Storage {
  const outside: Guard = {
    stores: storage.stores,
    inTransaction: (change) => storage.transaction(change),
  };
  return {
    stores: guardedStores(storage.stores, (rule) => rule(outside)),
    transaction: (work) =>
      storage.transaction((stores) => {
        const inside: Guard = { stores, inTransaction: (change) => change(stores) };
        return work(guardedStores(stores, (rule) => rule(inside)));
      }),
    exclusively: (work) => storage.exclusively(work),
    onMessage: (listener) => storage.onMessage(listener),
    health: () => storage.health(),
    inspect: () => storage.inspect(),
    close: () => storage.close(),
  };
}

/** What a guarded change uses. */
interface Guard {
  /** The unguarded stores. */
  readonly stores: Stores;
  /** Runs a change in a transaction, with the unguarded stores. */
  readonly inTransaction: <T>(change: (stores: Stores) => Promise<T>) => Promise<T>;
}

/** A method that cannot remove an owner states why. */
type KeepsOwners = 'reads' | `keeps owners: ${string}`;

const adds: KeepsOwners = 'keeps owners: only adds';
const carriedOut: KeepsOwners = 'keeps owners: carries out a deletion that was let through';
const ofSignIn: KeepsOwners = 'keeps owners: who is held off by it can sign in again later';
const sealedAnew: KeepsOwners = 'keeps owners: the same as before, sealed with another key';
const notOfWhoTheyAre: KeepsOwners = 'keeps owners: says nothing of who is one, or may sign in';

/** How every store and every method is guarded. One without a rule does not compile. */
const rules: StoreRules<Guard, KeepsOwners> = {
  users: {
    bySub: 'reads',
    byName: 'reads',
    lockForUpdate: 'reads',
    list: 'reads',
    inOrder: 'reads',
    create: adds,
    createAll: adds,
    async change({ stores, inTransaction }, ref, change) {
      if (isElsewhere(ref)) return stores.users.change(ref, change);
      return inTransaction(async (inner) => {
        await lockOwners(inner);
        let shutsOut = false;
        const outcome = await inner.users.change(ref, (current) => {
          const next = change(current);
          shutsOut = 'enabled' in next && current.enabled && !next.enabled;
          return next;
        });
        if (shutsOut) await requireAnotherOwner(inner, ref);
        return outcome;
      });
    },
    async delete({ stores, inTransaction }, ref, nowMs) {
      if (isElsewhere(ref)) return stores.users.delete(ref, nowMs);
      return inTransaction(async (inner) => {
        await requireAnotherOwner(inner, ref);
        return inner.users.delete(ref, nowMs);
      });
    },
    carryOutDeletion: carriedOut,
    takePasswordAttempt: ofSignIn,
    giveBackPasswordAttempt: ofSignIn,
    clearFailedAttempts: ofSignIn,
    restatePassword: ofSignIn,
    noteSignIn: ofSignIn,
    dropSrpVerifiers: 'keeps owners: the password stays',
    reseal: sealedAnew,
  },
  groups: {
    get: 'reads',
    count: 'reads',
    list: 'reads',
    ofUser: 'reads',
    listOfUser: 'reads',
    members: 'reads',
    createIfAbsent: adds,
    addMember: adds,
    change: 'keeps owners: the group keeps its name and its members',
    async delete({ stores }, poolId, name, nowMs) {
      if (poolId === ADMINISTRATORS_POOL && name === OWNERS) {
        refuse('The owners’ group cannot be deleted');
      }
      return stores.groups.delete(poolId, name, nowMs);
    },
    async removeMember({ stores, inTransaction }, ref, group) {
      if (isElsewhere(ref) || group !== OWNERS) return stores.groups.removeMember(ref, group);
      return inTransaction(async (inner) => {
        await requireAnotherOwner(inner, ref);
        await inner.groups.removeMember(ref, group);
      });
    },
    carryOutDeletion: carriedOut,
  },
  pools: {
    get: 'reads',
    keep: 'reads',
    list: 'reads',
    regions: 'reads',
    userCount: 'reads',
    createIfAbsent: adds,
    change: 'keeps owners: its users stay',
    async delete({ stores }, id, nowMs) {
      if (id === ADMINISTRATORS_POOL) refuse('The administrators’ pool cannot be deleted');
      return stores.pools.delete(id, nowMs);
    },
    carryOutDeletion: carriedOut,
  },
  clients: 'keeps owners: the console makes its app client anew',
  configurations: notOfWhoTheyAre,
  resourceServers: notOfWhoTheyAre,
  identityProviders: notOfWhoTheyAre,
  samlKeys: notOfWhoTheyAre,
  linkedIdentities: notOfWhoTheyAre,
  nameReview: notOfWhoTheyAre,
  imports: 'keeps owners: only adds users',
  devices: 'keeps owners: whoever loses one signs in without it',
  passkeys: 'keeps owners: whoever loses one has a password',
  codes: notOfWhoTheyAre,
  sessions: 'keeps owners: whose session ends can sign in again',
  replayCache: ofSignIn,
  authEvents: ofSignIn,
  limits: ofSignIn,
  dataKeys: notOfWhoTheyAre,
  signingKeys: notOfWhoTheyAre,
  accessKeys: notOfWhoTheyAre,
  outbox: notOfWhoTheyAre,
  jobs: notOfWhoTheyAre,
  leases: notOfWhoTheyAre,
  audit: notOfWhoTheyAre,
  metrics: notOfWhoTheyAre,
  addresses: notOfWhoTheyAre,
};

const guardedStores = storeViews(rules);

const isElsewhere = ({ poolId }: UserRef): boolean => poolId !== ADMINISTRATORS_POOL;

/** Serializes changes of owners. */
function lockOwners({ groups }: Stores): Promise<unknown> {
  return groups.change(ADMINISTRATORS_POOL, OWNERS, (group) => group);
}

async function requireAnotherOwner(stores: Stores, { sub }: UserRef): Promise<void> {
  await lockOwners(stores);
  if (!(await isLastOwner(stores, sub))) return;
  const user = await stores.users.bySub({ poolId: ADMINISTRATORS_POOL, sub });
  refuse(`${user?.username ?? 'This administrator'} is the last owner. Add another owner first`);
}

/** Whether no other owner of this server could sign in. */
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

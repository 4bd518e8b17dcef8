import type { Client } from '../domain/clients/client.ts';
import type { PoolId } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { Group } from '../domain/users/group.ts';
import type { User } from '../domain/users/user.ts';
import type { AuditedChange } from '../ports/stores/audit.ts';
import type { Stores } from '../ports/stores/index.ts';
import { difference } from './entry.ts';
import { shownClient, shownGroup, shownPool, shownUser } from './shown-records.ts';

/** Stores of one transaction that note what is changed through them. */
export interface RecordingStores {
  readonly stores: Stores;
  readonly changes: readonly AuditedChange[];
  /** The pool of the first change. */
  readonly poolId: () => PoolId | undefined;
}

/**
 * Wraps the stores of a transaction so that every change of a pool, app client, user or group is noted with what it was
 * before and after. Operations know nothing of it.
 */
export function recordChanges(inner: Stores): RecordingStores {
  const changes: AuditedChange[] = [];
  let firstPool: PoolId | undefined;
  const note = (pool: PoolId, change: AuditedChange) => {
    firstPool ??= pool;
    if (change.record === 'membership' || change.record === 'sign-ins') changes.push(change);
    else if (Object.keys({ ...change.before, ...change.after }).length > 0) changes.push(change);
  };
  const pools: Stores['pools'] = bind(inner.pools, {
    async createIfAbsent(pool) {
      const created = await inner.pools.createIfAbsent(pool);
      if (created) note(pool.id, difference('user-pool', pool.name, undefined, shownPool(pool)));
      return created;
    },
    async change(id, change) {
      let before: Pool | undefined;
      const after = await inner.pools.change(id, (current) => change((before = current)));
      if (before && after) {
        note(id, difference('user-pool', after.name, shownPool(before), shownPool(after)));
      }
      return after;
    },
    async delete(id) {
      const before = await inner.pools.get(id);
      const deleted = await inner.pools.delete(id);
      if (deleted && before)
        note(id, difference('user-pool', before.name, shownPool(before), undefined));
      return deleted;
    },
  });
  const clients: Stores['clients'] = bind(inner.clients, {
    async createIfAbsent(client) {
      const created = await inner.clients.createIfAbsent(client);
      if (created)
        note(client.poolId, difference('app-client', client.name, undefined, shownClient(client)));
      return created;
    },
    async change(id, change) {
      let before: Client | undefined;
      const after = await inner.clients.change(id, (current) => change((before = current)));
      if (before && after) {
        note(
          after.poolId,
          difference('app-client', after.name, shownClient(before), shownClient(after)),
        );
      }
      return after;
    },
    async delete(id) {
      const before = await inner.clients.get(id);
      const deleted = await inner.clients.delete(id);
      if (deleted && before) {
        note(before.poolId, difference('app-client', before.name, shownClient(before), undefined));
      }
      return deleted;
    },
  });
  const users: Stores['users'] = bind(inner.users, {
    async create(user) {
      const outcome = await inner.users.create(user);
      if (outcome.kind === 'created') {
        note(user.poolId, difference('user', user.username, undefined, shownUser(user)));
      }
      return outcome;
    },
    async change(ref, change) {
      let before: User | undefined;
      const outcome = await inner.users.change(ref, (current) => change((before = current)));
      if (before && outcome.kind === 'changed') {
        const { user } = outcome;
        note(ref.poolId, difference('user', user.username, shownUser(before), shownUser(user)));
      }
      return outcome;
    },
    async delete(ref) {
      const before = await inner.users.bySub(ref);
      const deleted = await inner.users.delete(ref);
      if (deleted && before)
        note(ref.poolId, difference('user', before.username, shownUser(before), undefined));
      return deleted;
    },
  });
  const nameOf = async (ref: Parameters<Stores['users']['bySub']>[0]) =>
    (await inner.users.bySub(ref))?.username ?? ref.sub;
  const groups: Stores['groups'] = bind(inner.groups, {
    async createIfAbsent(group) {
      const created = await inner.groups.createIfAbsent(group);
      if (created)
        note(group.poolId, difference('group', group.name, undefined, shownGroup(group)));
      return created;
    },
    async change(poolId, name, change) {
      let before: Group | undefined;
      const after = await inner.groups.change(poolId, name, (current) =>
        change((before = current)),
      );
      if (before && after)
        note(poolId, difference('group', name, shownGroup(before), shownGroup(after)));
      return after;
    },
    async delete(poolId, name) {
      const before = await inner.groups.get(poolId, name);
      const deleted = await inner.groups.delete(poolId, name);
      if (deleted && before) note(poolId, difference('group', name, shownGroup(before), undefined));
      return deleted;
    },
    async addMember(ref, group, nowMs) {
      const outcome = await inner.groups.addMember(ref, group, nowMs);
      if (outcome === 'added') {
        note(ref.poolId, { record: 'membership', name: await nameOf(ref), after: { group } });
      }
      return outcome;
    },
    async removeMember(ref, group) {
      await inner.groups.removeMember(ref, group);
      note(ref.poolId, { record: 'membership', name: await nameOf(ref), before: { group } });
    },
  });
  const tokenFamilies: Stores['tokenFamilies'] = bind(inner.tokenFamilies, {
    async revokeAllOf(ref, nowMs, exceptFamilyId) {
      await inner.tokenFamilies.revokeAllOf(ref, nowMs, exceptFamilyId);
      note(ref.poolId, { record: 'sign-ins', name: await nameOf(ref), after: { revoked: true } });
    },
  });
  const stores = { ...inner, pools, clients, users, groups, tokenFamilies };
  return { stores, changes, poolId: () => firstPool };
}

/** A store with some methods replaced; the others are the store's own. */
function bind<Store extends object>(store: Store, replaced: Partial<Store>): Store {
  return Object.setPrototypeOf(replaced, delegateOf(store)) as Store;
}

/** An object whose methods run on `store`: stores keep private fields, which a plain prototype would lose. */
function delegateOf(store: object): object {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

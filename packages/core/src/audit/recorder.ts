import { SERVER_SECRETS } from '../directory/vault.ts';
import type { Client } from '../domain/clients/client.ts';
import type { PoolId } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { Group } from '../domain/users/group.ts';
import type { User } from '../domain/users/user.ts';
import type { Sub } from '../domain/ids.ts';
import type { AuditedChange, AuditFacts, SealedChange } from '../ports/stores/audit.ts';
import type { Stores } from '../ports/stores/index.ts';
import { replacingMethods as bind } from '../ports/stores/replacing-methods.ts';
import { difference } from './entry.ts';
import { shownAccessKey, shownClient, shownGroup, shownPool, shownUser } from './shown-records.ts';

/** How the recorder keeps what a change says of a person. */
export interface PeopleSealer {
  newSalt(): string;
  seal(person: { readonly sub: Sub; readonly salt: string }, change: PersonChange): SealedChange;
}

type PersonChange = AuditedChange & { readonly record: SealedChange['record'] };

/** Stores of one transaction that note what is changed through them. */
export interface RecordingStores {
  readonly stores: Stores;
  readonly changes: AuditFacts['changes'];
  /** The pool of the first change. */
  readonly poolId: () => PoolId | undefined;
}

/**
 * Wraps the stores of a transaction so that every change of a pool, app client, user, group or key is noted with what
 * it was before and after. Operations know nothing of it. What a change says of a person is sealed, so that it goes with them.
 */
export function recordChanges(inner: Stores, people: PeopleSealer): RecordingStores {
  const changes: (AuditedChange | SealedChange)[] = [];
  let firstPool: PoolId | undefined;
  /** Pools that are made here: that they have keys is no news. */
  const made = new Set<string>();
  const note = (pool: PoolId, change: AuditedChange) => {
    if (Object.keys({ ...change.before, ...change.after }).length === 0) return;
    firstPool ??= pool;
    changes.push(change);
  };
  const noteOf = (user: Pick<User, 'poolId' | 'sub' | 'auditSalt'>, change: AuditedChange) => {
    if (Object.keys({ ...change.before, ...change.after }).length === 0) return;
    const { poolId, sub, auditSalt: salt } = user;
    if (salt === undefined) throw new Error('a person without an audit salt was noted');
    firstPool ??= poolId;
    changes.push(people.seal({ sub, salt }, change as PersonChange));
  };
  /** The person as an entry names them; whoever has no salt yet gets one. */
  const personOf = async (ref: Parameters<Stores['users']['bySub']>[0]) => {
    const found = await inner.users.bySub(ref);
    if (found === undefined || found.auditSalt !== undefined) return found;
    const salted = await inner.users.change(ref, (user) => withSalt(user));
    return salted.kind === 'changed' ? salted.user : undefined;
  };
  const withSalt = (user: User): User => ({
    ...user,
    auditSalt: user.auditSalt ?? people.newSalt(),
  });
  const pools: Stores['pools'] = bind(inner.pools, {
    async createIfAbsent(pool) {
      const created = await inner.pools.createIfAbsent(pool);
      if (created) {
        made.add(pool.id);
        note(pool.id, difference('user-pool', pool.name, undefined, shownPool(pool)));
      }
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
    async delete(id, nowMs) {
      const before = await inner.pools.get(id);
      const deleted = await inner.pools.delete(id, nowMs);
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
    async delete(id, nowMs) {
      const before = await inner.clients.get(id);
      const deleted = await inner.clients.delete(id, nowMs);
      if (deleted && before) {
        note(before.poolId, difference('app-client', before.name, shownClient(before), undefined));
      }
      return deleted;
    },
  });
  const users: Stores['users'] = bind(inner.users, {
    async create(user) {
      const salted = withSalt(user);
      const outcome = await inner.users.create(salted);
      if (outcome.kind === 'created') {
        noteOf(salted, difference('user', user.username, undefined, shownUser(user)));
      }
      return outcome;
    },
    async change(ref, change) {
      let before: User | undefined;
      const outcome = await inner.users.change(ref, (current) => {
        const changed = change((before = current));
        return 'refusal' in changed ? changed : withSalt(changed);
      });
      if (before && outcome.kind === 'changed') {
        const { user } = outcome;
        noteOf(user, difference('user', user.username, shownUser(before), shownUser(user)));
      }
      return outcome;
    },
    async delete(ref, nowMs) {
      const deleted = await inner.users.delete(ref, nowMs);
      // Of somebody who is gone, an entry says only who it was, by an id that means nothing any more.
      if (deleted) note(ref.poolId, { record: 'user', name: ref.sub, before: { sub: ref.sub } });
      return deleted;
    },
  });
  const noteAbout = async (
    ref: Parameters<Stores['users']['bySub']>[0],
    change: Omit<PersonChange, 'name'>,
  ) => {
    const person = await personOf(ref);
    if (person) noteOf(person, { ...change, name: person.username });
  };
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
    async delete(poolId, name, nowMs) {
      const before = await inner.groups.get(poolId, name);
      const deleted = await inner.groups.delete(poolId, name, nowMs);
      if (deleted && before) note(poolId, difference('group', name, shownGroup(before), undefined));
      return deleted;
    },
    async addMember(ref, group, nowMs) {
      const outcome = await inner.groups.addMember(ref, group, nowMs);
      if (outcome === 'added') {
        await noteAbout(ref, { record: 'membership', after: { group } });
      }
      return outcome;
    },
    async removeMember(ref, group) {
      await inner.groups.removeMember(ref, group);
      await noteAbout(ref, { record: 'membership', before: { group } });
    },
  });
  const tokenFamilies: Stores['tokenFamilies'] = bind(inner.tokenFamilies, {
    async revokeAllOf(ref, nowMs, exceptFamilyId) {
      await inner.tokenFamilies.revokeAllOf(ref, nowMs, exceptFamilyId);
      await noteAbout(ref, { record: 'sign-ins', after: { revoked: true } });
    },
  });
  const accessKeys: Stores['accessKeys'] = bind(inner.accessKeys, {
    async createIfAbsent(key) {
      const created = await inner.accessKeys.createIfAbsent(key);
      if (created) changes.push(difference('access-key', key.id, undefined, shownAccessKey(key)));
      return created;
    },
    async setEnabled(id, enabled) {
      const before = await inner.accessKeys.get(id);
      const found = await inner.accessKeys.setEnabled(id, enabled);
      if (found && before && before.enabled !== enabled) {
        const after = { ...before, enabled };
        changes.push(difference('access-key', id, shownAccessKey(before), shownAccessKey(after)));
      }
      return found;
    },
  });
  const signingKeys: Stores['signingKeys'] = bind(inner.signingKeys, {
    async createIfAbsent(key) {
      const created = await inner.signingKeys.createIfAbsent(key);
      if (created && !made.has(key.poolId)) {
        note(key.poolId, { record: 'signing-key', name: key.kid, after: { use: key.use } });
      }
      return created;
    },
    async delete(poolId, kid) {
      const deleted = await inner.signingKeys.delete(poolId, kid);
      if (deleted) note(poolId, { record: 'signing-key', name: kid, before: { kid } });
      return deleted;
    },
  });
  const dataKeys: Stores['dataKeys'] = bind(inner.dataKeys, {
    async createIfAbsent(key) {
      const { owner, version } = key;
      const created = await inner.dataKeys.createIfAbsent(key);
      if (created && !made.has(owner)) {
        changes.push({ record: 'data-key', name: owner, after: { version } });
        if (owner !== SERVER_SECRETS) firstPool ??= owner as PoolId;
      }
      return created;
    },
  });
  const stores = {
    ...inner,
    pools,
    clients,
    users,
    groups,
    tokenFamilies,
    accessKeys,
    signingKeys,
    dataKeys,
  };
  return { stores, changes, poolId: () => firstPool };
}

import { SERVER_SECRETS } from '../vault/vault.ts';
import type { PoolId } from '../domain/ids.ts';
import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { IdentityProvider } from '../domain/providers/identity-provider.ts';
import type { ResourceServer } from '../domain/resource-servers/resource-server.ts';
import type { Group } from '../domain/users/group.ts';
import type { UserImport } from '../domain/imports/user-import.ts';
import type { User } from '../domain/users/user.ts';
import { carriedOut, counted, ownSignIn, sealedAnew, type AuditRules } from './audit-rule.ts';
import { rulesOfBelongings } from './rules-of-belongings.ts';
import {
  shownAccessKey,
  shownClient,
  shownConfiguration,
  shownGroup,
  shownImport,
  shownIdentity,
  shownIdentityProvider,
  shownPool,
  shownResourceServer,
  type AuditedConfiguration,
} from './shown-records.ts';

/** What the audit records for every store and every method. A store, or a method of an audited store, without a rule does not compile. */
export const auditRules: AuditRules = {
  ...rulesOfBelongings,
  pools: {
    get: 'reads',
    keep: 'reads',
    list: 'reads',
    regions: 'reads',
    userCount: 'reads',
    async createIfAbsent(audit, pool) {
      const created = await audit.inner.pools.createIfAbsent(pool);
      if (created) {
        audit.madePools.add(pool.id);
        audit.note(shownPool, undefined, pool);
      }
      return created;
    },
    async change(audit, id, change) {
      let before: Pool | undefined;
      const after = await audit.inner.pools.change(id, (current) => change((before = current)));
      if (after) audit.note(shownPool, before, after);
      return after;
    },
    async delete(audit, id, nowMs) {
      const before = await audit.inner.pools.get(id);
      const deleted = await audit.inner.pools.delete(id, nowMs);
      if (deleted) audit.note(shownPool, before);
      return deleted;
    },
    carryOutDeletion: carriedOut,
  },
  clients: {
    get: 'reads',
    list: 'reads',
    count: 'reads',
    async createIfAbsent(audit, client) {
      const created = await audit.inner.clients.createIfAbsent(client);
      if (created) audit.note(shownClient, undefined, client);
      return created;
    },
    async change(audit, id, change) {
      let before: Client | undefined;
      const after = await audit.inner.clients.change(id, (current) => change((before = current)));
      if (after) audit.note(shownClient, before, after);
      return after;
    },
    async delete(audit, id, nowMs) {
      const before = await audit.inner.clients.get(id);
      const deleted = await audit.inner.clients.delete(id, nowMs);
      if (deleted) audit.note(shownClient, before);
      return deleted;
    },
    carryOutDeletion: carriedOut,
    reseal: sealedAnew,
  },
  configurations: {
    get: 'reads',
    async change(audit, place, change, nowMs) {
      let before: AuditedConfiguration | undefined;
      let after: AuditedConfiguration | undefined;
      const changed: typeof change = (current) => {
        const value = change(current);
        before = current && { ...place, value: current };
        after = value && { ...place, value };
        return value;
      };
      const isThere = await audit.inner.configurations.change(place, changed, nowMs);
      if (isThere) audit.note(shownConfiguration, before, after);
      return isThere;
    },
  },
  resourceServers: {
    get: 'reads',
    list: 'reads',
    async add(audit, server, most) {
      const outcome = await audit.inner.resourceServers.add(server, most);
      if (outcome === 'added') audit.note(shownResourceServer, undefined, server);
      return outcome;
    },
    async change(audit, poolId, identifier, change) {
      let before: ResourceServer | undefined;
      const { resourceServers } = audit.inner;
      const after = await resourceServers.change(poolId, identifier, (current) =>
        change((before = current)),
      );
      if (after) audit.note(shownResourceServer, before, after);
      return after;
    },
    async delete(audit, poolId, identifier) {
      const before = await audit.inner.resourceServers.get(poolId, identifier);
      const deleted = await audit.inner.resourceServers.delete(poolId, identifier);
      if (deleted) audit.note(shownResourceServer, before);
      return deleted;
    },
  },
  identityProviders: {
    get: 'reads',
    byIdentifier: 'reads',
    list: 'reads',
    async add(audit, provider, most) {
      const outcome = await audit.inner.identityProviders.add(provider, most);
      if (outcome === 'added') audit.note(shownIdentityProvider, undefined, provider);
      return outcome;
    },
    async change(audit, poolId, name, change) {
      let before: IdentityProvider | undefined;
      const { identityProviders } = audit.inner;
      const after = await identityProviders.change(poolId, name, (current) =>
        change((before = current)),
      );
      if (after && 'type' in after) audit.note(shownIdentityProvider, before, after);
      return after;
    },
    async delete(audit, poolId, name) {
      const before = await audit.inner.identityProviders.get(poolId, name);
      const deleted = await audit.inner.identityProviders.delete(poolId, name);
      if (deleted) audit.note(shownIdentityProvider, before);
      return deleted;
    },
    reseal: sealedAnew,
  },
  linkedIdentities: {
    get: 'reads',
    async add(audit, identity, most) {
      const outcome = await audit.inner.linkedIdentities.add(identity, most);
      if (outcome === 'added') {
        await audit.noteAbout(identity, {
          record: 'linked-identity',
          after: shownIdentity(identity),
        });
      }
      return outcome;
    },
    async delete(audit, ref, identity) {
      const deleted = await audit.inner.linkedIdentities.delete(ref, identity);
      if (deleted) {
        await audit.noteAbout(ref, { record: 'linked-identity', before: shownIdentity(identity) });
      }
      return deleted;
    },
  },
  samlKeys: 'not audited: a pool’s key pairs are made when they are first shown',
  users: {
    bySub: 'reads',
    byName: 'reads',
    lockForUpdate: 'reads',
    list: 'reads',
    inOrder: 'reads',
    async create(audit, user) {
      const salted = audit.withSalt(user);
      const outcome = await audit.inner.users.create(salted);
      if (outcome.kind === 'created') audit.noteUser(undefined, salted);
      return outcome;
    },
    createAll: 'not audited: carries out an import, whose start is noted',
    async change(audit, ref, change) {
      let before: User | undefined;
      const outcome = await audit.inner.users.change(ref, (current) => {
        const changed = change((before = current));
        return 'refusal' in changed ? changed : audit.withSalt(changed);
      });
      if (outcome.kind === 'changed') audit.noteUser(before, outcome.user);
      return outcome;
    },
    async delete(audit, ref, nowMs) {
      const { poolId, sub } = ref;
      const deleted = await audit.inner.users.delete(ref, nowMs);
      // About a person who is gone, an entry says only who it was, by an id that means nothing any more.
      if (deleted) audit.noteChange(poolId, { record: 'user', name: sub, before: { sub } });
      return deleted;
    },
    carryOutDeletion: carriedOut,
    takePasswordAttempt: ownSignIn,
    giveBackPasswordAttempt: ownSignIn,
    restatePassword: 'not audited: the same password as before, hashed in another way',
    clearFailedAttempts: ownSignIn,
    noteSignIn: ownSignIn,
    dropSrpVerifiers: 'not audited: follows from an app client’s change, which is noted',
    reseal: sealedAnew,
  },
  groups: {
    get: 'reads',
    count: 'reads',
    list: 'reads',
    ofUser: 'reads',
    listOfUser: 'reads',
    members: 'reads',
    async createIfAbsent(audit, group) {
      const created = await audit.inner.groups.createIfAbsent(group);
      if (created) audit.note(shownGroup, undefined, group);
      return created;
    },
    async change(audit, poolId, name, change) {
      let before: Group | undefined;
      const after = await audit.inner.groups.change(poolId, name, (current) =>
        change((before = current)),
      );
      if (after) audit.note(shownGroup, before, after);
      return after;
    },
    async delete(audit, poolId, name, nowMs) {
      const before = await audit.inner.groups.get(poolId, name);
      const deleted = await audit.inner.groups.delete(poolId, name, nowMs);
      if (deleted) audit.note(shownGroup, before);
      return deleted;
    },
    async addMember(audit, ref, group, nowMs) {
      const outcome = await audit.inner.groups.addMember(ref, group, nowMs);
      if (outcome === 'added') {
        await audit.noteAbout(ref, { record: 'membership', after: { group } });
      }
      return outcome;
    },
    async removeMember(audit, ref, group) {
      await audit.inner.groups.removeMember(ref, group);
      await audit.noteAbout(ref, { record: 'membership', before: { group } });
    },
    carryOutDeletion: carriedOut,
  },
  sessions: {
    byToken: 'reads',
    get: 'reads',
    liveUser: 'reads',
    liveOf: 'reads',
    async revokeOneOf(audit, ref, sessionId, nowMs) {
      const ended = await audit.inner.sessions.revokeOneOf(ref, sessionId, nowMs);
      if (ended) await audit.noteAbout(ref, { record: 'sign-ins', after: { revoked: sessionId } });
      return ended;
    },
    async revokeAllOf(audit, ref, nowMs, exceptSessionId) {
      await audit.inner.sessions.revokeAllOf(ref, nowMs, exceptSessionId);
      await audit.noteAbout(ref, { record: 'sign-ins', after: { revoked: true } });
    },
    revokeOfDevice: 'not audited: follows from forgetting a device, which is noted',
    create: ownSignIn,
    keepRecent: ownSignIn,
    rotate: ownSignIn,
    noteUse: ownSignIn,
    reseal: sealedAnew,
    revoke: 'not audited: a sign-out is the user’s own doing',
    purge: 'not audited: removes what ended by itself',
  },
  accessKeys: {
    get: 'reads',
    list: 'reads',
    async createIfAbsent(audit, key) {
      const created = await audit.inner.accessKeys.createIfAbsent(key);
      if (created) audit.note(shownAccessKey, undefined, key);
      return created;
    },
    async setEnabled(audit, id, enabled) {
      const before = await audit.inner.accessKeys.get(id);
      const found = await audit.inner.accessKeys.setEnabled(id, enabled);
      if (found && before) audit.note(shownAccessKey, before, { ...before, enabled });
      return found;
    },
    reseal: sealedAnew,
  },
  signingKeys: {
    of: 'reads',
    async createIfAbsent(audit, key) {
      const { poolId, kid, use } = key;
      const created = await audit.inner.signingKeys.createIfAbsent(key);
      if (created && !audit.madePools.has(poolId)) {
        audit.noteChange(poolId, { record: 'signing-key', name: kid, after: { use } });
      }
      return created;
    },
    async delete(audit, poolId, kid) {
      const deleted = await audit.inner.signingKeys.delete(poolId, kid);
      if (deleted) audit.noteChange(poolId, { record: 'signing-key', name: kid, before: { kid } });
      return deleted;
    },
    reseal: sealedAnew,
  },
  dataKeys: {
    of: 'reads',
    list: 'reads',
    async createIfAbsent(audit, key) {
      const { owner, version } = key;
      const created = await audit.inner.dataKeys.createIfAbsent(key);
      if (created && !audit.madePools.has(owner)) {
        const poolId = owner === SERVER_SECRETS ? undefined : (owner as PoolId);
        audit.noteChange(poolId, { record: 'data-key', name: owner, after: { version } });
      }
      return created;
    },
    rewrap: 'not audited: the same key, wrapped with another one',
  },
  nameReview: 'not audited: keeps names findable, and changes none',
  imports: {
    get: 'reads',
    list: 'reads',
    lockForUpdate: 'reads',
    isRunning: 'reads',
    part: 'reads',
    log: 'reads',
    async add(audit, job, most) {
      const outcome = await audit.inner.imports.add(job, most);
      if (outcome === 'added') audit.note(shownImport, undefined, job);
      return outcome;
    },
    async change(audit, ref, change) {
      let before: UserImport | undefined;
      const after = await audit.inner.imports.change(ref, (current) => change((before = current)));
      if (after) audit.note(shownImport, before, after);
      return after;
    },
    addPart:
      'not audited: only the start of an import, which is noted, makes something of its file',
    dropParts: 'not audited: removes what nobody needs any more',
    addToLog: 'not audited: carries out an import, whose start is noted',
  },
  codes: 'not audited: a code changes nothing; what it confirms is the user’s own doing',
  replayCache: ownSignIn,
  limits: counted,
  outbox: 'not audited: a message tells of a change that is noted',
  jobs: 'not audited: a job carries out a change that is noted',
  leases: 'not audited: who works, not what is done',
  audit: 'not audited: it is the audit',
  metrics: counted,
  addresses: 'not audited: a node notes its own address, and nobody else can',
};

import { standsIn } from '../domain/devices/device-settings.ts';
import { factorChanges, type FactorChange } from '../domain/users/factor-changes.ts';
import type { User } from '../domain/users/user.ts';
import type { Stores, UserRef } from '../ports/stores/index.ts';
import { storeViews, type StoreRules } from '../ports/stores/store-views.ts';

/** What happened to one user in a transaction. */
export interface ChangedUser {
  /** As before the first change. */
  readonly before: User;
  /** As after the last one. */
  readonly after: User;
  readonly changes: readonly FactorChange[];
}

/** Remembers, for one transaction, which users' factors it changes. */
export class FactorNotes {
  /** The transaction's own stores. */
  readonly inner: Stores;
  readonly #users = new Map<string, { before: User; after: User; more: FactorChange[] }>();

  constructor(inner: Stores) {
    this.inner = inner;
  }

  /** Notes a user before and after a change of the record. */
  note(before: User, after: User): void {
    const noted = this.#users.get(after.sub);
    if (noted) noted.after = after;
    else this.#users.set(after.sub, { before, after, more: [] });
  }

  /** Notes a change that is not in the user's record. */
  async noteAbout(ref: UserRef, change: FactorChange): Promise<void> {
    const user = await this.inner.users.bySub(ref);
    if (user === undefined) return;
    this.note(user, user);
    this.#users.get(user.sub)?.more.push(change);
  }

  /** The users whose factors are others now. */
  changed(): readonly ChangedUser[] {
    return [...this.#users.values()]
      .map(({ before, after, more }) => ({
        ...{ before, after },
        changes: [...factorChanges(before, after), ...more],
      }))
      .filter(({ changes }) => changes.length > 0);
  }
}

/** A method that tells nobody states why. */
type TellsNobody = 'reads' | `tells nobody: ${string}`;

const counts: TellsNobody = 'tells nobody: counts attempts, and changes no factor';
const sealedAnew: TellsNobody = 'tells nobody: the same as before, sealed with another key';
const carriedOut: TellsNobody = 'tells nobody: carries out a deletion';
const ofThePool: TellsNobody = 'tells nobody: belongs to the pool, not to a user';
const ofTheServer: TellsNobody = 'tells nobody: belongs to the server, not to a user';
const ofASignIn: TellsNobody = 'tells nobody: a factor is used, not changed';

/** How each store tells of changed factors. A store, or a method of one that holds factors, without a rule does not compile. */
const noticeRules: StoreRules<FactorNotes, TellsNobody> = {
  users: {
    bySub: 'reads',
    byName: 'reads',
    lockForUpdate: 'reads',
    list: 'reads',
    inOrder: 'reads',
    create: 'tells nobody: nothing was there that could be changed',
    createAll: 'tells nobody: nothing was there that could be changed',
    async change(notes, ref, change) {
      let before: User | undefined;
      const outcome = await notes.inner.users.change(ref, (current) => change((before = current)));
      if (outcome.kind === 'changed' && before) notes.note(before, outcome.user);
      return outcome;
    },
    delete: 'tells nobody: with the account, everything is gone that could be protected',
    carryOutDeletion: carriedOut,
    takePasswordAttempt: counts,
    giveBackPasswordAttempt: counts,
    restatePassword: 'tells nobody: the password is the same as before',
    clearFailedAttempts: counts,
    noteSignIn: ofASignIn,
    dropSrpVerifiers: 'tells nobody: the password stays',
    reseal: sealedAnew,
  },
  linkedIdentities: {
    get: 'reads',
    async add(notes, identity, most) {
      const outcome = await notes.inner.linkedIdentities.add(identity, most);
      if (outcome === 'added') await notes.noteAbout(identity, 'identity-linked');
      return outcome;
    },
    async delete(notes, ref, identity) {
      const deleted = await notes.inner.linkedIdentities.delete(ref, identity);
      if (deleted) await notes.noteAbout(ref, 'identity-unlinked');
      return deleted;
    },
  },
  passkeys: {
    list: 'reads',
    ofUser: 'reads',
    async add(notes, passkey, most) {
      const outcome = await notes.inner.passkeys.add(passkey, most);
      if (outcome === 'added') await notes.noteAbout(passkey, 'passkey-added');
      return outcome;
    },
    noteUse: ofASignIn,
    async delete(notes, ref, credentialId) {
      const deleted = await notes.inner.passkeys.delete(ref, credentialId);
      if (deleted) await notes.noteAbout(ref, 'passkey-removed');
      return deleted;
    },
  },
  devices: {
    get: 'reads',
    list: 'reads',
    async add(notes, device, most) {
      const outcome = await notes.inner.devices.add(device, most);
      if (outcome === 'added') await noteStandIn(notes, device, device.isRemembered);
      return outcome;
    },
    noteUse: ofASignIn,
    async setRemembered(notes, ref, key, isRemembered, nowMs) {
      const before = isRemembered ? await notes.inner.devices.get(ref, key) : undefined;
      const { devices } = notes.inner;
      const changed = await devices.setRemembered(ref, key, isRemembered, nowMs);
      if (changed && before?.isRemembered === false) await noteStandIn(notes, ref, isRemembered);
      return changed;
    },
    delete: 'tells nobody: whoever loses a device is asked for more',
    reseal: sealedAnew,
  },
  pools: ofThePool,
  clients: ofThePool,
  configurations: ofThePool,
  resourceServers: ofThePool,
  imports: ofThePool,
  identityProviders: ofThePool,
  samlKeys: ofThePool,
  authEvents: 'tells nobody: it records what is told elsewhere',
  groups: 'tells nobody: says what a user may do, not how they sign in',
  sessions: ofASignIn,
  replayCache: ofASignIn,
  codes: 'tells nobody: what a code proves is a change of the user',
  nameReview: 'tells nobody: keeps names findable, and changes none',
  limits: counts,
  dataKeys: ofTheServer,
  signingKeys: ofThePool,
  accessKeys: ofTheServer,
  outbox: 'tells nobody: holds what is told',
  jobs: ofTheServer,
  leases: ofTheServer,
  audit: ofTheServer,
  metrics: ofThePool,
  addresses: ofTheServer,
};

/** Notes a device that from now on stands in for a second factor, where the pool lets devices do so. */
async function noteStandIn(notes: FactorNotes, ref: UserRef, isRemembered: boolean): Promise<void> {
  const pool = await notes.inner.pools.get(ref.poolId);
  if (pool && standsIn(pool, { isRemembered })) await notes.noteAbout(ref, 'device-remembered');
}

/** The stores, in which every change of a factor is noted in its transaction. */
export const noticingStores = storeViews<FactorNotes>(noticeRules);

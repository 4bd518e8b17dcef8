import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { suite, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { sealedPlaces } from '../crypto/index.ts';
import { sub, type PoolId } from '../domain/ids.ts';
import { JOB_LEASE_MS, runSlice } from '../jobs/run-slice.ts';
import { PoolGoneError, type Storage, type Stores } from '../ports/stores/index.ts';
import { finishJobs } from '../testing/finish-jobs.ts';
import type { Harness } from '../testing/harness.ts';
import { sealedFixture, versionOf, versionsOf } from '../testing/sealed-fixture.ts';
import { addUser, goodPassword, signIn } from '../testing/signed-in.ts';
import { withMethods } from '../testing/with-methods.ts';
import { rotateDataKey } from './rotate-data-key.ts';
import { rotateSigningKeys } from './rotate-signing-keys.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How long a node among others answers from memory. */
const KEYS_REMEMBERED_MS = 1_000;
const PEOPLE = Array.from({ length: 24 }, (_, number) => `person-${number}`);

async function twoNodes(t: Parameters<typeof sealedFixture>[0]) {
  const all = await sealedFixture(t, { database: postgresTestDatabase });
  const other = await all.harness.secondNode();
  return { ...all, other, nodes: [all.harness, other] as const };
}

/** What is left of a pool's keys, and of work on it. */
async function leftOf({ storage }: Harness, id: PoolId) {
  const { dataKeys, signingKeys, jobs } = storage.stores;
  return [await dataKeys.of(id), await signingKeys.of(id), await jobs.nextDueAtMs()];
}

type Between = (stores: Stores, next: () => Promise<void>) => Partial<Stores>;

/** What a rotation reads, each followed by what another node does just then. */
const betweenReads: Readonly<Record<string, Between>> = {
  'the newest key': ({ dataKeys }, next) => ({
    dataKeys: withMethods(dataKeys, { of: (owner) => dataKeys.of(owner).finally(next) }),
  }),
  'the job': ({ jobs }, next) => ({
    jobs: withMethods(jobs, { get: (id) => jobs.get(id).finally(next) }),
  }),
};

suite('two nodes on one database', { skip: postgresSkipReason ?? false }, () => {
  test('of many rotations of a data key at once one is done', async (t) => {
    const { harness, nodes, id } = await twoNodes(t);
    const kinds = await Promise.all(
      Array.from({ length: 8 }, async (_, taker) => {
        const node = nodes[taker % 2] ?? harness;
        return (await rotateDataKey(node, id)).kind;
      }),
    );
    assert.deepEqual(kinds.toSorted(), [...Array<string>(7).fill('pending'), 'rotated']);
    const versions = (await harness.storage.stores.dataKeys.of(id)).map(({ version }) => version);
    assert.deepEqual(versions, [2, 1]);
  });

  for (const [read, followed] of Object.entries(betweenReads)) {
    test(`a rotation between another's look for ${read} and its next step is the only one`, async (t) => {
      const { harness, other, id } = await twoNodes(t);
      const kinds: string[] = [];
      // As the other node would: not within this one's transaction.
      const outside = AsyncLocalStorage.snapshot();
      const rotateOnce = async () => {
        if (kinds.length > 0) return;
        kinds.push((await outside(() => rotateDataKey(other, id))).kind);
        // What this node remembers of keys is too old then.
        await setTimeout(KEYS_REMEMBERED_MS);
      };
      const storage: Storage = Object.assign(Object.create(harness.storage), {
        transaction: <T>(work: (stores: Stores) => Promise<T>): Promise<T> =>
          harness.storage.transaction((stores) =>
            work({ ...stores, ...followed(stores, rotateOnce) }),
          ),
      });
      kinds.push((await rotateDataKey({ storage, world: harness.world }, id)).kind);
      assert.deepEqual(kinds, ['rotated', 'pending']);
      assert.equal((await other.storage.stores.dataKeys.of(id)).length, 2);
    });
  }

  test('signing keys that both rotate at once sign on both, and go one day', async (t) => {
    const { harness, other, nodes, made, id } = await twoNodes(t);
    for (const atOnce of [false, true]) {
      await Promise.all(nodes.map((node) => rotateSigningKeys(node, id, { atOnce })));
      harness.advance(11 * MINUTE);
      const tokens = await Promise.all(
        nodes.map((node) => signIn(node, made, 'ann', 'A-Third-Horse-9')),
      );
      for (const { AccessToken } of tokens) {
        for (const node of nodes) await node.call('GetUser', { AccessToken });
      }
    }
    harness.advance(26 * HOUR);
    await finishJobs(harness);
    for (const node of [harness, other]) {
      const keys = await node.storage.transaction(({ signingKeys }) => signingKeys.of(id));
      assert(keys.length === 2, `${keys.length} keys`);
    }
  });

  test('what a node whose clock is behind sealed with the older key is sealed anew, too', async (t) => {
    const { harness, made, id } = await twoNodes(t);
    const behind = await harness.secondNode({ behindMs: MINUTE - 1 });
    await rotateDataKey(harness, id);
    harness.advance(2 * MINUTE - 2);
    await addUser(behind, made, 'late');
    const late = async () =>
      (await harness.storage.stores.users.byName(id, 'late'))?.sealedPassword;
    assert.equal(versionOf(await late()), 1);
    // Whoever looks for work finds none yet.
    const claim = { nowMs: harness.world.clock.nowMs(), leaseMs: 1, lease: 'early' };
    assert.equal(await harness.storage.stores.jobs.claim(claim), undefined);
    await finishJobs(harness);
    assert.equal(versionOf(await late()), 2);
  });

  test('a rotation and the deletion of its pool leave nothing of either behind', async (t) => {
    const { harness, other, id, made } = await twoNodes(t);
    const rotations = [
      () => rotateDataKey(other, id),
      () => rotateSigningKeys(other, id, { atOnce: false }),
      () => rotateSigningKeys(other, id, { atOnce: true }),
    ];
    const outcomes = await Promise.allSettled([
      ...rotations.map((rotate) => rotate()),
      harness.call('DeleteUserPool', { UserPoolId: made.UserPoolId }),
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') assert(outcome.reason instanceof PoolGoneError);
    }
    assert.equal(outcomes.at(-1)?.status, 'fulfilled');
    await finishJobs(harness);
    assert.deepEqual(await leftOf(harness, id), [[], [], undefined]);
  });

  test('people sign in, change passwords and go while both nodes seal anew', async (t) => {
    const { harness, other, nodes, made, id, ...rest } = await twoNodes(t);
    const all = { harness, other, nodes, made, id, ...rest };
    for (const name of PEOPLE) await addUser(harness, made, name);
    const pool = { UserPoolId: made.UserPoolId };
    await rotateDataKey(harness, id);
    harness.advance(2 * MINUTE);
    let isOver = false;
    const sealAnew = async (node: Harness, name: string) => {
      for (let slice = 0; ; slice += 1) {
        if ((await node.storage.stores.jobs.get(`reseal-pool ${id}`)) === undefined) break;
        const nowMs = node.world.clock.nowMs();
        const lease = `${name} ${slice}`;
        const job = await node.storage.stores.jobs.claim({ nowMs, leaseMs: JOB_LEASE_MS, lease });
        // One slice each, then it is anybody's again.
        if (job !== undefined) await runSlice(node, job, nowMs, 3);
        harness.advance(JOB_LEASE_MS);
      }
      isOver = true;
    };
    const live = async (name: string, number: number) => {
      let password = goodPassword;
      for (let turn = 0; !isOver || turn < 2; turn += 1) {
        const [node, next] = (number + turn) % 2 === 0 ? nodes : ([other, harness] as const);
        const { AccessToken } = await signIn(node, made, name, password);
        const ProposedPassword = `Changed-Horse-${turn}`;
        // Within the hourly budget of changes.
        if (turn % 2 === 0 && turn < 10) {
          const change = { AccessToken, PreviousPassword: password, ProposedPassword };
          await next.call('ChangePassword', change);
          password = ProposedPassword;
        }
      }
      if (number % 6 === 0) await other.call('AdminDeleteUser', { ...pool, Username: name });
      return [name, password] as const;
    };
    const [passwords] = await Promise.all([
      Promise.all(PEOPLE.map(live)),
      sealAnew(harness, 'one'),
      sealAnew(other, 'two'),
    ]);
    const { users } = harness.storage.stores;
    for (const [name, password] of passwords) {
      const user = await users.byName(id, name);
      if (user === undefined) continue;
      for (const sealed of [user.sealedPassword, user.sealedSrp, ...user.sealedHistory]) {
        assert.equal(versionOf(sealed), 2, name);
      }
      await signIn(other, made, name, password);
    }
    assert.deepEqual((await versionsOf(all)).password, [2, 2, 2]);
  });
});

test('users who have only a history, only an SRP verifier, or nothing, are sealed anew as they are', async (t) => {
  const { harness, made, id } = await sealedFixture(t);
  const secrets = await harness.world.vault.of(id);
  const names = ['history', 'srp', 'nothing'] as const;
  const { users } = harness.storage.stores;
  for (const name of names) {
    const ref = { poolId: id, sub: sub(await addUser(harness, made, name)) };
    const sealed = (place: keyof Pick<typeof sealedPlaces, 'password' | 'srpVerifier'>) =>
      secrets.seal(harness.world.random, sealedPlaces[place](ref.sub), name);
    await users.change(ref, (user) => ({
      ...user,
      sealedPassword: undefined,
      sealedSrp: name === 'srp' ? sealed('srpVerifier') : undefined,
      sealedHistory: name === 'history' ? [sealed('password')] : [],
    }));
  }
  await rotateDataKey(harness, id);
  await finishJobs(harness);
  const of = async (name: string) => {
    const user = await users.byName(id, name);
    return [user?.sealedPassword, user?.sealedSrp, ...(user?.sealedHistory ?? [])].map(versionOf);
  };
  assert.deepEqual(await of('history'), [NaN, NaN, 2]);
  assert.deepEqual(await of('srp'), [NaN, 2]);
  assert.deepEqual(await of('nothing'), [NaN, NaN]);
});

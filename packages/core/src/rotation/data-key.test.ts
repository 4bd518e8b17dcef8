import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { peopleKey, showEntry } from '../audit/people.ts';
import { chainKey, walkChain } from '../audit/walk-chain.ts';
import { sealedPlaces, secretHash } from '../crypto/index.ts';
import { SERVER_SECRETS } from '../vault/vault.ts';
import { clientId, poolId, sub } from '../domain/ids.ts';
import { runSlice } from '../jobs/run-slice.ts';
import type { HeldJob, Job } from '../ports/stores/jobs.ts';
import { PoolGoneError, type Stores } from '../ports/stores/index.ts';
import { finishJobs } from '../testing/finish-jobs.ts';
import { openLastUse } from '../tokens/last-use.ts';
import { srpHere, testHasher, type Harness } from '../testing/harness.ts';
import { addUser, goodPassword, signIn } from '../testing/signed-in.ts';
import {
  sealedFixture as fixture,
  versionOf,
  versionsOf as versions,
} from '../testing/sealed-fixture.ts';
import { signInBySrp } from '../testing/srp-client.ts';
import { rotateDataKey } from './rotate-data-key.ts';

const MINUTE = 60_000;
const rotate = (harness: Harness, owner: Parameters<typeof rotateDataKey>[1]) =>
  rotateDataKey(harness, owner);

test('a new data key seals after a minute, and then everything that lasts is sealed anew', async (t) => {
  const all = await fixture(t);
  const { harness, made, id, session } = all;
  const all1 = { password: [1, 1, 1], srpVerifier: [1], clientSecret: [1], signingKey: [1, 1] };
  assert.deepEqual(await versions(all), {
    ...all1,
    ...{
      softwareToken: [1, 1],
      lastUse: [1],
      deviceVerifier: [1],
      deviceUse: [1],
      providerSecrets: [1],
      samlKey: [1],
      accessKey: [],
      importPart: [1],
      message: [1],
    },
  });
  const startMs = harness.world.clock.nowMs();
  const rotation = await rotate(harness, id);
  assert.deepEqual(rotation, { kind: 'rotated', version: 2, sealsFromMs: startMs + MINUTE });
  harness.advance(MINUTE - 1);
  const UserPoolId = made.UserPoolId;
  await addUser(harness, made, 'early');
  const early = await harness.storage.stores.users.byName(id, 'early');
  assert.equal(versionOf(early?.sealedPassword), 1);
  harness.advance(1);
  await addUser(harness, made, 'late');
  const late = await harness.storage.stores.users.byName(id, 'late');
  assert.equal(versionOf(late?.sealedPassword), 2);
  await finishJobs(harness);
  assert.deepEqual(await versions(all), {
    password: [2, 2, 2],
    srpVerifier: [2],
    softwareToken: [2, 2],
    clientSecret: [2],
    signingKey: [2, 2],
    lastUse: [2],
    deviceVerifier: [2],
    deviceUse: [2],
    providerSecrets: [2],
    samlKey: [2],
    accessKey: [],
    // It goes soon, and the older key stays for it.
    importPart: [1],
    message: [1],
  });
  assert.equal((await harness.messages('new@example.com')).length, 1);
  const state = await harness.storage.stores.sessions.byToken(session);
  assert(state);
  assert.deepEqual(
    openLastUse(
      await harness.world.vault.of(id),
      sealedPlaces.lastUse(state.session.id),
      state.session.sealedLastUse,
    ),
    {
      address: '203.0.113.9',
    },
  );
  for (const name of ['early', 'late']) await signIn(harness, made, name);
  await signIn(harness, made, 'ann', 'A-Third-Horse-9');
  await signInBySrp(harness, { ...made, username: 'ann', password: 'A-Third-Horse-9' });
  await harness.call('InitiateAuth', {
    ClientId: all.ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: {
      USERNAME: 'ann',
      PASSWORD: 'A-Third-Horse-9',
      SECRET_HASH: secretHash(all.ClientSecret, 'ann', all.ClientId),
    },
  });
  await harness.call('ConfirmSignUp', {
    ClientId: made.ClientId,
    Username: 'new',
    ConfirmationCode: await harness.code('new@example.com'),
  });
  // The history still knows them.
  await harness.refuses(
    'AdminSetUserPassword',
    { UserPoolId, Username: 'ann', Password: goodPassword, Permanent: true },
    'PasswordHistoryPolicyViolationException',
  );
});

test('nobody counts as changed by it', async (t) => {
  const all = await fixture(t);
  const { harness, annSub, id, ClientId } = all;
  const read = async () => {
    const { users, clients } = harness.storage.stores;
    const ann = await users.bySub({ poolId: id, sub: sub(annSub) });
    const client = await clients.get(clientId(ClientId));
    assert(ann && client);
    const person = Object.fromEntries(
      Object.entries(ann).filter(([name]) => !name.startsWith('sealed')),
    );
    return { person, client: { ...client, secrets: client.secrets.map(({ id }) => id) } };
  };
  const before = await read();
  const { number } = await harness.storage.stores.audit.head();
  await rotate(harness, id);
  await finishJobs(harness);
  assert.deepEqual(await read(), before);
  const entries = (await harness.storage.stores.audit.list({}, 10)).items;
  assert.equal(entries[0]?.number, number + 1);
  assert.deepEqual(entries[0].changes, [{ record: 'data-key', name: id, after: { version: 2 } }]);
  assert.equal(entries[0].operation, 'rotate data-key');
  assert.equal(entries[0].poolId, id);
});

test('the audit tells one password from the next, whatever seals it', async (t) => {
  const { harness, made, annSub, id } = await fixture(t);
  const set = async (Password: string) => {
    const { UserPoolId } = made;
    const password = { UserPoolId, Username: 'ann', Password, Permanent: true };
    await harness.call('AdminSetUserPassword', password);
    const [entry] = (await harness.storage.stores.audit.list({}, 1)).items;
    const key = peopleKey(await harness.world.vault.of(id));
    assert(entry);
    const shown = await showEntry(
      entry,
      () => Promise.resolve(key),
      () => harness.storage.stores.users.bySub({ poolId: id, sub: sub(annSub) }),
    );
    return shown.changes[0];
  };
  const first = await set('A-Fourth-Horse-10');
  await rotate(harness, id);
  await finishJobs(harness);
  const second = await set('A-Fifth-Horse-11');
  assert.ok(second?.before?.['password']);
  assert.equal(second.before['password'], first?.after?.['password']);
  assert.notEqual(second.after?.['password'], second.before['password']);
});

test('the server’s own key: access keys are sealed anew, and the audit stays whole', async (t) => {
  const { harness } = await fixture(t);
  const { accessKeys, audit } = harness.storage.stores;
  const secrets = await harness.world.vault.of(SERVER_SECRETS);
  const sealedSecret = secrets.seal(harness.world.random, sealedPlaces.accessKey('AK'), 'secret');
  const key = { id: 'AK', sealedSecret, enabled: true, note: '', createdAtMs: 0 };
  await accessKeys.createIfAbsent(key);
  assert.equal((await rotate(harness, SERVER_SECRETS)).kind, 'rotated');
  await finishJobs(harness);
  const fresh = await accessKeys.get('AK');
  assert.equal(versionOf(fresh?.sealedSecret), 2);
  const opened = await harness.world.vault.of(SERVER_SECRETS);
  assert.equal(
    opened.open(sealedPlaces.accessKey('AK'), fresh?.sealedSecret ?? '').toString(),
    'secret',
  );
  const check = await walkChain(audit, await chainKey(harness.world.vault), { pageSize: 10 });
  assert.equal(check.fault, undefined);
  assert.deepEqual((await audit.list({}, 1)).items[0]?.changes, [
    { record: 'data-key', name: 'server', after: { version: 2 } },
  ]);
});

test('a rotation waits for the one before, and a pool that is gone gets none', async (t) => {
  const { harness, made, id } = await fixture(t);
  await rotate(harness, id);
  assert.deepEqual(await rotate(harness, id), { kind: 'pending' });
  harness.advance(MINUTE);
  assert.deepEqual(await rotate(harness, id), { kind: 'pending' });
  await finishJobs(harness);
  assert.deepEqual(await rotate(harness, id), {
    kind: 'rotated',
    version: 3,
    sealsFromMs: harness.world.clock.nowMs() + MINUTE,
  });
  await assert.rejects(rotate(harness, poolId('eu-west-1_nosuchone')), PoolGoneError);
  await harness.call('DeleteUserPool', { UserPoolId: made.UserPoolId });
  await assert.rejects(rotate(harness, id), PoolGoneError);
  await finishJobs(harness);
  assert.deepEqual(await harness.storage.stores.dataKeys.of(id), []);
});

test('a node whose clock is behind does not think that it has sealed anew', async (t) => {
  const all = await fixture(t);
  const { harness, id } = all;
  await rotate(harness, id);
  const held = await claimed(harness, harness.world.clock.nowMs() + 2 * MINUTE);
  const outcome = await runSlice(harness, held, harness.world.clock.nowMs());
  assert.equal(outcome.kind, 'later');
  await finishJobs(harness);
  assert.deepEqual((await versions(all)).password, [2, 2, 2]);
});

test('a value that does not open stays as it is, and the others do not wait for it', async (t) => {
  const all = await fixture(t);
  const { harness, made, annSub, id } = all;
  const ben = sub(await addUser(harness, made, 'ben'));
  await harness.storage.stores.users.change({ poolId: id, sub: ben }, (user) => ({
    ...user,
    sealedPassword: 'v1.1.AAAA',
  }));
  await rotate(harness, id);
  await finishJobs(harness);
  const { users } = harness.storage.stores;
  assert.equal((await users.bySub({ poolId: id, sub: ben }))?.sealedPassword, 'v1.1.AAAA');
  assert.equal(versionOf((await users.bySub({ poolId: id, sub: sub(annSub) }))?.sealedPassword), 2);
});

/** What is under way while everything is sealed anew: each begins before and ends after it. */
const underWay: Readonly<
  Record<
    string,
    (fixture: Awaited<ReturnType<typeof underWayFixture>>) => Promise<() => Promise<unknown>>
  >
> = {
  'a new password that was asked for': async ({ harness, made, sealAnew }) => {
    await harness.call('AdminCreateUser', {
      UserPoolId: made.UserPoolId,
      Username: 'cleo',
      TemporaryPassword: goodPassword,
      MessageAction: 'SUPPRESS',
    });
    const { Session } = await harness.call('InitiateAuth', {
      ClientId: made.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'cleo', PASSWORD: goodPassword },
    });
    return async () => {
      await sealAnew();
      await harness.call('RespondToAuthChallenge', {
        ClientId: made.ClientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session,
        ChallengeResponses: { USERNAME: 'cleo', NEW_PASSWORD: 'Cleos-Horse-10' },
      });
    };
  },
  'a forgotten password': async ({ harness, made, sealAnew }) => {
    await harness.call('ForgotPassword', { ClientId: made.ClientId, Username: 'ann' });
    const ConfirmationCode = await harness.code('ann@example.com');
    return async () => {
      await sealAnew();
      await harness.call('ConfirmForgotPassword', {
        ClientId: made.ClientId,
        Username: 'ann',
        ConfirmationCode,
        Password: 'Forgotten-Horse-11',
      });
    };
  },
  'a password sign-in between hash and tokens':
    async ({ harness, made, whileLooking }) =>
    () =>
      whileLooking(() => signIn(harness, made, 'ann', 'A-Third-Horse-9')),
  'an SRP sign-in between proof and tokens': async ({ harness, made, whileLooking }) =>
    Promise.resolve(() =>
      whileLooking(() =>
        signInBySrp(harness, { ...made, username: 'ann', password: 'A-Third-Horse-9' }),
      ),
    ),
  'a change of password': async ({ harness, made, whileLooking }) => {
    const { AccessToken } = await signIn(harness, made, 'ann', 'A-Third-Horse-9');
    return () =>
      whileLooking(() =>
        harness.call('ChangePassword', {
          AccessToken,
          PreviousPassword: 'A-Third-Horse-9',
          ProposedPassword: 'Changed-Horse-12',
        }),
      );
  },
};

/** A fixture on which everything can be sealed anew at once, or while a password is looked at, and is by the end. */
async function underWayFixture(t: TestContext) {
  let meanwhile: () => Promise<void> = () => Promise.resolve();
  const all = await fixture(t, {
    hasher: {
      ...testHasher,
      async verify(...args) {
        await meanwhile();
        return testHasher.verify(...args);
      },
    },
    srp: {
      ...srpHere,
      async claim(...args) {
        await meanwhile();
        return srpHere.claim(...args);
      },
    },
  });
  const sealAnew = async () => {
    meanwhile = () => Promise.resolve();
    await finishJobs(all.harness);
    assert.equal((await versions(all)).password[0], 2);
  };
  return {
    ...all,
    sealAnew,
    whileLooking<T>(work: () => Promise<T>): Promise<T> {
      meanwhile = sealAnew;
      return work();
    },
  };
}

for (const [name, begin] of Object.entries(underWay)) {
  test(`${name} does not notice that everything is sealed anew`, async (t) => {
    const all = await underWayFixture(t);
    const end = await begin(all);
    await rotate(all.harness, all.id);
    all.harness.advance(2 * MINUTE);
    await end();
    assert.equal(await all.harness.storage.stores.jobs.nextDueAtMs(), undefined);
  });
}

const databases = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const;

for (const [name, database, skip] of databases) {
  test(`a node that ends between any two slices loses nothing (${name})`, { skip }, async (t) => {
    const all = await fixture(t, { database });
    const { harness, made, id } = all;
    for (let at = 0; at < 6; at += 1) await addUser(harness, made, `user ${at}`.replace(' ', '-'));
    await rotate(harness, id);
    harness.advance(2 * MINUTE);
    let slices = 0;
    for (;;) {
      const job: Job | undefined = await harness.storage.stores.jobs.get(`reseal-pool ${id}`);
      if (job === undefined) break;
      // Each slice is another node's: the one before has ended without a word.
      harness.advance(11_000);
      const held = await claimed(harness, harness.world.clock.nowMs());
      // And fails once before its transaction is done.
      const failing = {
        transaction: <T>(work: (stores: Stores) => Promise<T>): Promise<T> =>
          harness.storage.transaction(async (stores) => {
            await work(stores);
            throw new Error('ended');
          }),
      };
      const { world } = harness;
      const nowMs = world.clock.nowMs();
      await assert.rejects(runSlice({ storage: failing, world }, held, nowMs, 3), /ended/);
      await runSlice(harness, held, nowMs, 3);
      slices += 1;
      for (let at = 0; at < 6; at += 1) await signIn(harness, made, `user-${at}`);
    }
    assert(slices >= 4, `${slices} slices`);
    assert.deepEqual((await versions(all)).password, [2, 2, 2]);
    for (let at = 0; at < 6; at += 1) {
      const user = await harness.storage.stores.users.byName(id, `user-${at}`);
      assert.equal(versionOf(user?.sealedPassword), 2);
    }
  });
}

async function claimed({ storage }: Harness, nowMs: number): Promise<HeldJob> {
  const job = await storage.stores.jobs.claim({ nowMs, leaseMs: 10_000, lease: `at ${nowMs}` });
  assert(job);
  return job;
}

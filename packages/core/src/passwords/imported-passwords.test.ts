import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { poolId } from '../domain/ids.ts';
import type { PasswordHasher } from '../ports/hasher.ts';
import { csvOf, importing, runJobs, type GivenRow } from '../testing/importing.ts';
import { openHarness, testBcrypt, testHasher, type Harness } from '../testing/harness.ts';
import { proveEverywhere } from '../testing/password-proofs.ts';
import { signInBySrp } from '../testing/srp-client.ts';
import { goodPassword, signIn, type MadePool } from '../testing/signed-in.ts';
import { passwordMark } from './password.ts';

const databases = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const;

/** What a test may set. */
interface Settings {
  readonly pool?: Parameters<Harness['makePool']>[0];
  readonly client?: Parameters<Harness['makePool']>[1];
  readonly hasher?: PasswordHasher;
}

async function userOf({ storage }: Harness, { UserPoolId }: MadePool, name: string) {
  const user = await storage.stores.users.byName(poolId(UserPoolId), name);
  assert(user);
  return user;
}

for (const [name, database, skip] of databases) {
  suite(`imported passwords on ${name}`, { skip }, () => {
    const open = async (
      t: TestContext,
      rows: readonly GivenRow[],
      { pool = {}, client = {}, hasher = testHasher }: Settings = {},
    ) => {
      const harness = await openHarness(t, { database, hasher });
      const set = await importing(harness, { AutoVerifiedAttributes: [], ...pool }, client);
      const job = await set.create({ PasswordHashingAlgorithm: 'BCRYPT' });
      assert.equal(job.PasswordHashingAlgorithm, 'BCRYPT');
      const file = await csvOf(harness, set.pool.UserPoolId, rows, ['password_hash']);
      assert.equal(await set.upload(job, file), 'stored');
      await set.start(job);
      await runJobs(harness);
      return { ...set, job: await set.describe(job), log: await set.log(job) };
    };
    const ann = {
      ...{ 'cognito:username': 'ann', email: 'ann@example.com' },
      password_hash: testBcrypt(goodPassword),
    };

    test('who has one is confirmed and signs in with it, and from then on it is hashed as ours', async (t) => {
      const { harness, pool, job } = await open(t, [{ ...ann, email_verified: 'FALSE' }]);
      assert.equal(job.Status, 'Succeeded');
      const { UserPoolId, ClientId } = pool;
      const shown = await harness.call('AdminGetUser', { UserPoolId, Username: 'ann' });
      assert.equal(shown.UserStatus, 'CONFIRMED');
      const before = await userOf(harness, pool, 'ann');
      await harness.refuses(
        'InitiateAuth',
        {
          ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
          AuthParameters: { USERNAME: 'ann', PASSWORD: 'Wrong-Horse-1' },
        },
        'NotAuthorizedException',
        'Incorrect username or password.',
      );
      assert.equal((await userOf(harness, pool, 'ann')).sealedPassword, before.sealedPassword);
      await signIn(harness, pool, 'ann');
      const after = await userOf(harness, pool, 'ann');
      assert.notEqual(after.sealedPassword, before.sealedPassword);
      assert.equal(passwordMark(after), passwordMark(before));
      assert.equal(after.modifiedAtMs, before.modifiedAtMs);
      const secrets = await harness.world.vault.of(UserPoolId);
      const place = { table: 'users', row: after.sub, column: 'password' };
      const stored = secrets.open(place, after.sealedPassword ?? '').toString();
      assert.equal(stored, await testHasher.hash(goodPassword, {} as never));
      // The same password as before: nobody is told of another one.
      assert.deepEqual(await harness.notices(), []);
      // SRP and every other way are there from now on.
      const target = { ...pool, username: 'ann', password: goodPassword };
      const proofs = await proveEverywhere(harness, target);
      assert.deepEqual(new Set(Object.values(proofs)), new Set(['tokens']));
    });

    test('before that there is no verifier for SRP, which the password makes', async (t) => {
      const { harness, pool } = await open(t, [ann]);
      const target = { ...pool, username: 'ann', password: goodPassword };
      await assert.rejects(signInBySrp(harness, target), {
        ...{ code: 'NotAuthorizedException', message: 'User does not support SRP auth' },
      });
      assert.equal((await userOf(harness, pool, 'ann')).sealedSrp, undefined);
      await signIn(harness, pool, 'ann');
      const { AuthenticationResult } = await signInBySrp(harness, target);
      assert.ok(AuthenticationResult?.AccessToken);
    });

    test('a second factor that never comes does not keep the old hash', async (t) => {
      const { harness, pool } = await open(t, [ann], { pool: { MfaConfiguration: 'OFF' } });
      await harness.call('SetUserPoolMfaConfig', {
        ...{ UserPoolId: pool.UserPoolId, MfaConfiguration: 'ON' },
        SoftwareTokenMfaConfiguration: { Enabled: true },
      });
      const before = await userOf(harness, pool, 'ann');
      const { ChallengeName } = await harness.call('InitiateAuth', {
        ...{ ClientId: pool.ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
        AuthParameters: { USERNAME: 'ann', PASSWORD: goodPassword },
      });
      assert.equal(ChallengeName, 'MFA_SETUP');
      const after = await userOf(harness, pool, 'ann');
      assert.notEqual(after.sealedPassword, before.sealedPassword);
    });

    test('an administrator’s back end, a change of the password and its history know it, too', async (t) => {
      const { harness, pool } = await open(t, [ann, { ...ann, 'cognito:username': 'bea' }], {
        pool: { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 3 } } },
      });
      const { UserPoolId, ClientId } = pool;
      const answer = await harness.call('AdminInitiateAuth', {
        ...{ UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' },
        AuthParameters: { USERNAME: 'ann', PASSWORD: goodPassword },
      });
      const AccessToken = answer.AuthenticationResult?.AccessToken ?? '';
      const change = { AccessToken, PreviousPassword: goodPassword };
      const used = 'PasswordHistoryPolicyViolationException';
      await harness.refuses('ChangePassword', { ...change, ProposedPassword: goodPassword }, used);
      // Not signed in since, so the hash is still the one of the file.
      const bea = { UserPoolId, Username: 'bea', Permanent: true };
      await harness.refuses('AdminSetUserPassword', { ...bea, Password: goodPassword }, used);
      await harness.call('AdminSetUserPassword', { ...bea, Password: 'Other-Horse-8' });
      await harness.refuses('AdminSetUserPassword', { ...bea, Password: goodPassword }, used);
      await signIn(harness, pool, 'bea', 'Other-Horse-8');
      await harness.call('ChangePassword', { ...change, ProposedPassword: 'Other-Horse-8' });
    });

    test('a row with a bad or dangerous hash fails, and one without is imported as ever', async (t) => {
      const { harness, pool, job, log } = await open(
        t,
        [
          { ...ann, password_hash: 'password' },
          { ...ann, password_hash: testBcrypt('x').replace('$10$', '$31$') },
          { ...ann, password_hash: '$scrypt$ln=14,r=8,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA' },
          { ...ann, password_hash: '', email_verified: 'FALSE' },
          { ...ann, password_hash: '' },
          ...['bea', 'cleo', 'dora'].map((one) => ({ ...ann, 'cognito:username': one })),
        ],
        { pool: { AutoVerifiedAttributes: ['email'] } },
      );
      const { ImportedUsers, FailedUsers, Status } = job;
      assert.deepEqual([ImportedUsers, FailedUsers, Status], [4, 4, 'Succeeded']);
      const text = 'password_hash is not a hash of the kind BCRYPT, or is too expensive to check.';
      assert.deepEqual(
        log.map(({ reason }) => reason === text),
        [true, true, true, false],
      );
      const shown = await harness.call('AdminGetUser', {
        ...{ UserPoolId: pool.UserPoolId, Username: 'ann' },
      });
      assert.equal(shown.UserStatus, 'RESET_REQUIRED');
    });

    test('as large a share of strangers is checked as slowly as imported users are, always the same ones', async (t) => {
      const kinds = new Map<string, number>();
      const count = (kind: string) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      const hasher: PasswordHasher = {
        ...testHasher,
        async verifyImported(...given) {
          count('imported');
          return testHasher.verifyImported(...given);
        },
        async verifyDecoy(...given) {
          count('own');
          return testHasher.verifyDecoy(...given);
        },
      };
      const client = { PreventUserExistenceErrors: 'ENABLED' as const };
      const rows = Array.from({ length: 30 }, (_, index) => ({
        ...{ ...ann, 'cognito:username': `user${index}` },
      }));
      const { harness, pool } = await open(t, rows, { client, hasher });
      const { UserPoolId } = pool;
      const refused = (USERNAME: string) =>
        harness.refuses(
          'InitiateAuth',
          {
            ...{ ClientId: pool.ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
            AuthParameters: { USERNAME, PASSWORD: 'Wrong-Horse-1' },
          },
          'NotAuthorizedException',
        );
      // All users came with one.
      for (let index = 0; index < 20; index += 1) await refused(`nobody${index}`);
      assert.deepEqual([...kinds], [['imported', 20]]);
      await harness.storage.stores.configurations.change(
        { poolId: poolId(UserPoolId), kind: 'imported-passwords' },
        (now) => now && { ...now, Share: 0.5 },
        0,
      );
      const seen: string[] = [];
      for (let index = 0; index < 60; index += 1) {
        kinds.clear();
        await refused(`nobody${index}`);
        const [kind = ''] = kinds.keys();
        seen.push(kind);
      }
      const slow = seen.filter((kind) => kind === 'imported').length;
      assert.ok(slow > 10 && slow < 50, String(slow));
      for (const index of [0, 1, 2, 3, 4, 5]) {
        kinds.clear();
        await refused(`nobody${index}`);
        assert.deepEqual([...kinds.keys()], [seen[index]]);
      }
    });
  });
}

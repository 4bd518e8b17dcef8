import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { poolId } from '../domain/ids.ts';
import type { UserEvent } from '../ports/events.ts';
import { openHarness } from '../testing/harness.ts';
import { addUser, attributes, goodPassword, signIn } from '../testing/signed-in.ts';

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  suite(`whoever listens hears of changed factors, on ${name}`, { skip }, () => {
    test('once they are on disk, whoever changed them, and whether or not a notice is sent', async (t) => {
      const all: UserEvent[] = [];
      const harness = await openHarness(t, { database, events: { tell: (one) => all.push(one) } });
      const made = await harness.makePool();
      const { UserPoolId } = made;
      await addUser(harness, made, 'ada', { email: 'ada@example.com', email_verified: 'true' });
      const { AccessToken } = await signIn(harness, made, 'ada');
      await harness.storage.stores.configurations.change(
        { poolId: poolId(UserPoolId), kind: 'notices' },
        () => ({ FactorChanges: 'DISABLED' }),
        harness.world.clock.nowMs(),
      );
      const heard = () =>
        all
          .splice(0)
          .filter(({ kind }) => kind === 'factors-changed')
          .map(({ user, changes, caller, poolId: pool, atMs }) => {
            assert.deepEqual([pool, atMs], [UserPoolId, harness.world.clock.nowMs()]);
            return [user?.username, caller.kind, changes];
          });
      heard();
      const caller = { kind: 'anyone', source: '192.0.2.1' } as const;
      const UserAttributes = attributes({ phone_number: '+15550001111', nickname: 'Ada' });
      await harness.call('UpdateUserAttributes', { AccessToken, UserAttributes }, caller);
      assert.deepEqual(heard(), [['ada', 'anyone', ['phone_number-added']]]);
      assert.deepEqual(await harness.notices(), []);
      const ref = { UserPoolId, Username: 'ada' };
      const Password = 'Another-1234';
      await harness.call('AdminSetUserPassword', { ...ref, Password, Permanent: true });
      assert.deepEqual(heard(), [['ada', 'access-key', ['password-changed']]]);
      const nickname = attributes({ nickname: 'Countess' });
      await harness.call('AdminUpdateUserAttributes', { ...ref, UserAttributes: nickname });
      assert.deepEqual(heard(), [], 'no factor');
    });

    test('and of none that was undone', async (t) => {
      const all: string[] = [];
      const events = { tell: ({ kind }: UserEvent) => void all.push(kind) };
      const harness = await openHarness(t, { database, events });
      const made = await harness.makePool();
      await addUser(harness, made, 'ada', { email: 'ada@example.com', email_verified: 'true' });
      const { AccessToken } = await signIn(harness, made, 'ada');
      all.length = 0;
      const { outbox } = harness.storage.stores;
      const transaction = harness.storage.transaction.bind(harness.storage);
      // The notice cannot be stored, so the change is not either.
      t.mock.method(harness.storage, 'transaction', (work: Parameters<typeof transaction>[0]) =>
        transaction((stores) =>
          work({
            ...stores,
            outbox: { ...outbox, add: () => Promise.reject(new Error('the disk is full')) },
          }),
        ),
      );
      await assert.rejects(
        harness.call('ChangePassword', {
          ...{ AccessToken, PreviousPassword: goodPassword, ProposedPassword: 'Another-1234' },
        }),
      );
      assert.deepEqual(all, []);
    });
  });
}

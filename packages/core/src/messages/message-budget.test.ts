import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import type { Caller } from '../operation.ts';
import { openHarness, type Harness } from '../testing/harness.ts';

/* Messages to one destination are bounded, whoever causes them, and strangers leave the owner's share (findings D6, D7). */

const password = 'Passw0rd!x';
const from = (source?: string): Caller => ({ kind: 'anyone', source });
const HOUR_MS = 3_600_000;

const databases: readonly (readonly [string, MakeDatabase, string | false])[] = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
];

async function open(
  t: TestContext,
  database: MakeDatabase,
  client: Partial<InputOf<'CreateUserPoolClient'>> = {},
) {
  const harness = await openHarness(t, { database });
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] }, client);
  const { UserPoolId, ClientId } = made;
  return {
    harness,
    ...made,
    signUp: (Username: string, email: string, caller: Caller, at: Harness = harness) =>
      at.call(
        'SignUp',
        {
          ClientId,
          Username,
          Password: password,
          UserAttributes: [{ Name: 'email', Value: email }],
        },
        caller,
      ),
    forgot: (Username: string, caller: Caller, at: Harness = harness) =>
      at.call('ForgotPassword', { ClientId, Username }, caller),
    /** Somebody whose address is proved. */
    async owner(Username: string, email: string): Promise<void> {
      const UserAttributes = [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ];
      const user = { UserPoolId, Username };
      await harness.call('AdminCreateUser', { ...user, UserAttributes, MessageAction: 'SUPPRESS' });
      await harness.call('AdminSetUserPassword', { ...user, Password: password, Permanent: true });
    },
    /** Tries a reset; whether the code was right. */
    async resets(Username: string, ConfirmationCode: string, caller: Caller): Promise<boolean> {
      const reset = { ClientId, Username, ConfirmationCode, Password: 'Other-1234!' };
      return harness.call('ConfirmForgotPassword', reset, caller).then(
        () => true,
        () => false,
      );
    },
    sentTo: async (domain: string) =>
      (await harness.messages()).filter(({ to }) => to.toLowerCase().endsWith(`@${domain}`)).length,
  };
}

/** Ways to write addresses that all lead to one mailbox. */
const spellings = (at: number, domain: string) =>
  [
    `mara.lee@${domain}`,
    `Mara.Lee@${domain.toUpperCase()}`,
    `maralee+${at}@${domain}`,
    `m.a.r.a.l.e.e@${domain}`,
  ][at % 4] as string;

for (const [name, database, skip] of databases) {
  const check = (what: string, run: (t: TestContext) => Promise<void>) =>
    void test(`${name}: ${what}`, { skip }, run);

  check(
    'a flood of sign-ups for one mailbox is answered and sends few, and the owner resets',
    async (t) => {
      const { harness, owner, signUp, forgot, resets, sentTo } = await open(t, database);
      await owner('mara', 'mara.lee@example.com');
      const flood = async (source: (at: number) => string, start: number) => {
        const ats = Array.from({ length: 60 }, (_, at) => start + at);
        const answers = await Promise.all(
          ats.map((at) => signUp(`user${at}`, spellings(at, 'example.com'), from(source(at)))),
        );
        for (const { CodeDeliveryDetails } of answers) {
          assert.deepEqual(Object.keys(CodeDeliveryDetails ?? {}).toSorted(), [
            'AttributeName',
            'DeliveryMedium',
            'Destination',
          ]);
        }
      };
      await flood(() => '192.0.2.1', 0);
      assert.equal(await sentTo('example.com'), 10);
      await flood((at) => `192.0.2.${at}`, 100);
      assert.equal(await sentTo('example.com'), 15);
      harness.advance(1);
      await forgot('mara', from('198.51.100.7'));
      assert.equal(await sentTo('example.com'), 16);
      // Even who uses up all that is left sends the owner what lets the owner in.
      for (let at = 0; at < 10; at += 1) {
        harness.advance(1);
        await forgot('mara', from('192.0.2.1'));
      }
      assert.equal(await sentTo('example.com'), 20);
      await forgot('mara', from('198.51.100.7'));
      assert.equal(await sentTo('example.com'), 20);
      const last = await harness.code('mara.lee@example.com');
      assert.ok(await resets('mara', last, from('198.51.100.7')));
    },
  );

  check('one source leaves as many as are kept for recovery, whatever it asks for', async (t) => {
    const { harness, owner, signUp, forgot, resets, sentTo } = await open(t, database);
    await owner('mara', 'mara@example.com');
    const stranger = from('192.0.2.1');
    for (let at = 0; at < 20; at += 1) {
      await signUp(`user${at}`, 'mara@example.com', stranger);
      await forgot('mara', stranger);
    }
    assert.equal(await sentTo('example.com'), 15);
    for (let at = 0; at < 5; at += 1) {
      harness.advance(1);
      await forgot('mara', from('198.51.100.7'));
    }
    assert.equal(await sentTo('example.com'), 20);
    assert.ok(await resets('mara', await harness.code('mara@example.com'), from('198.51.100.7')));
  });

  check(
    'parallel requests from everywhere stay within the budget, on one node and on two',
    async (t) => {
      const { harness, owner, forgot, signUp, sentTo } = await open(t, database);
      const nodes = name === 'PostgreSQL' ? [harness, await harness.secondNode()] : [harness];
      await owner('mara', 'mara@example.com');
      const everywhere = Array.from({ length: 60 }, (_, at) => from(`2001:db8:${at}::/64`));
      const nodeOf = (at: number) => nodes[at % nodes.length];
      await Promise.all(everywhere.map((caller, at) => forgot('mara', caller, nodeOf(at))));
      assert.equal(await sentTo('example.com'), 20);
      await Promise.all(
        everywhere.map((caller, at) => signUp(`u${at}`, 'bob@example.org', caller, nodeOf(at))),
      );
      assert.equal(await sentTo('example.org'), 15);
      harness.advance(HOUR_MS);
      await Promise.all(everywhere.map((caller, at) => forgot('mara', caller, nodeOf(at))));
      assert.equal(await sentTo('example.com'), 40);
    },
  );

  check(
    'where the budget is spent no code is made, and the last one sent stays good',
    async (t) => {
      const { harness, owner, signUp, forgot, resets, ClientId } = await open(t, database);
      await owner('mara', 'mara@example.com');
      const caller = from('192.0.2.1');
      for (let at = 0; at < 5; at += 1) {
        harness.advance(1);
        await forgot('mara', caller);
      }
      const last = await harness.code('mara@example.com');
      for (let at = 0; at < 5; at += 1) await forgot('mara', caller);
      assert.equal(await harness.code('mara@example.com'), last);
      assert.ok(await resets('mara', last, caller));
      // A sign-up's code is used up by nothing but a newer one that was sent.
      await signUp('bob', 'bob@example.com', caller);
      const first = await harness.code('bob@example.com');
      for (let at = 0; at < 12; at += 1) await signUp(`b${at}`, 'bob@example.com', caller);
      await harness.call('ResendConfirmationCode', { ClientId, Username: 'bob' }, caller);
      const confirm = { ClientId, Username: 'bob', ConfirmationCode: first };
      await harness.call('ConfirmSignUp', confirm, caller);
    },
  );

  check('a change that is undone takes nothing from the budget', async (t) => {
    const { harness, owner, signUp, sentTo } = await open(t, database);
    await owner('mara', 'mara@example.com');
    const caller = from('192.0.2.1');
    for (let at = 0; at < 30; at += 1) {
      await assert.rejects(signUp('mara', 'new@example.org', caller), {
        code: 'UsernameExistsException',
      });
    }
    // Those that meet in the insert are undone with all that they wrote.
    await Promise.allSettled(
      Array.from({ length: 30 }, () => signUp('twin', 'new@example.org', caller)),
    );
    assert.equal(await sentTo('example.org'), 1);
    for (let at = 0; at < 9; at += 1) await signUp(`u${at}`, 'new@example.org', caller);
    assert.equal(await sentTo('example.org'), 10);
    assert.equal((await harness.messages()).length, 10);
  });
}

test('administrators are neither held by the budget nor spend it', async (t) => {
  const { harness, owner, forgot, sentTo, UserPoolId } = await open(t, sqliteTestDatabase);
  const invited = {
    UserPoolId,
    Username: 'ada',
    UserAttributes: [{ Name: 'email', Value: 'mara@example.com' }],
    DesiredDeliveryMediums: ['EMAIL' as const],
  };
  await harness.call('AdminCreateUser', invited);
  for (let at = 0; at < 24; at += 1) {
    await harness.call('AdminCreateUser', { ...invited, MessageAction: 'RESEND' });
  }
  await owner('mara', 'mara@example.com');
  for (let at = 0; at < 25; at += 1) {
    await harness.call('AdminResetUserPassword', { UserPoolId, Username: 'mara' });
  }
  assert.equal(await sentTo('example.com'), 50);
  await forgot('mara', from('192.0.2.1'));
  assert.equal(await sentTo('example.com'), 51);
});

test('signed-in people cannot flood an address either, nor by the address that waits for its proof', async (t) => {
  const { harness, signUp, sentTo, UserPoolId, ClientId } = await open(t, sqliteTestDatabase);
  await signUp('bob', 'bob@example.net', from('192.0.2.1'));
  await harness.call('AdminConfirmSignUp', { UserPoolId, Username: 'bob' });
  const { AuthenticationResult } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'bob', PASSWORD: password },
  });
  const AccessToken = AuthenticationResult?.AccessToken ?? '';
  for (let at = 0; at < 18; at += 1) {
    const UserAttributes = [{ Name: 'email', Value: `victim+${at}@example.com` }];
    await harness.call('UpdateUserAttributes', { AccessToken, UserAttributes }, from('192.0.2.1'));
  }
  assert.equal(await sentTo('example.com'), 10);
  for (const source of ['192.0.2.2', '192.0.2.3']) {
    for (let at = 0; at < 5; at += 1) {
      await harness.call(
        'GetUserAttributeVerificationCode',
        { AccessToken, AttributeName: 'email' },
        from(source),
      );
    }
  }
  assert.equal(await sentTo('example.com'), 15);
});

test('short messages and back ends have a budget too, and each pool its own', async (t) => {
  const { harness, signUp, sentTo } = await open(t, sqliteTestDatabase);
  const { ClientId: other } = await harness.makePool({ AutoVerifiedAttributes: ['phone_number'] });
  for (let at = 0; at < 30; at += 1) {
    await harness.call('SignUp', {
      ClientId: other,
      Username: `user${at}`,
      Password: password,
      UserAttributes: [
        { Name: 'phone_number', Value: '+15550100' },
        { Name: 'email', Value: 'mara@example.com' },
      ],
    });
  }
  assert.equal((await harness.messages('+15550100')).length, 15);
  // A pool cannot use up the budget of another.
  await signUp('mara', 'mara@example.com', from('192.0.2.1'));
  assert.equal(await sentTo('example.com'), 1);
});

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import { poolId } from '../domain/ids.ts';
import { openHarness } from '../testing/harness.ts';
import { addUser, attributes, goodPassword, signIn } from '../testing/signed-in.ts';
import { sms } from '../testing/sms-role.ts';
import { noticeTexts } from './notice-texts.ts';

const MAIL = { email: 'ada@example.com', email_verified: 'true' };
const PHONE = { phone_number: '+15550001111', phone_number_verified: 'true' };

const HOUR_MS = 3_600_000;

const databases: readonly (readonly [string, MakeDatabase, string | false])[] = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
];

async function open(
  t: TestContext,
  {
    values = MAIL,
    pool = {},
    database,
  }: {
    readonly values?: Readonly<Record<string, string>>;
    readonly pool?: Partial<InputOf<'CreateUserPool'>>;
    readonly database?: MakeDatabase;
  } = {},
) {
  const harness = await openHarness(t, { database });
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'], ...pool });
  await addUser(harness, made, 'ada', values);
  const { AccessToken } = await signIn(harness, made, 'ada');
  let count = 0;
  /** Changes an address, which is a factor. */
  const change = async (source?: string) => {
    count += 1;
    const UserAttributes = attributes({ phone_number: `+1555000${1000 + count}` });
    const input = { AccessToken, UserAttributes };
    await harness.call('UpdateUserAttributes', input, { kind: 'anyone', source });
  };
  const turn = (FactorChanges: 'ENABLED' | 'DISABLED') =>
    harness.storage.stores.configurations.change(
      { poolId: poolId(made.UserPoolId), kind: 'notices' },
      () => ({ FactorChanges }),
      harness.world.clock.nowMs(),
    );
  const told = async () => (await harness.notices()).map(({ to }) => to);
  return { harness, made, AccessToken, change, turn, told };
}

for (const [name, database, skip] of databases) {
  test(
    `ten changes an hour are told, whoever else writes to the address, on ${name}`,
    { skip },
    async (t) => {
      const { harness, made, change, told } = await open(t, { database });
      const { ClientId, UserPoolId } = made;
      for (let at = 0; at < 20; at += 1) {
        const caller = { kind: 'anyone', source: `192.0.2.${at}` } as const;
        await harness.call('ForgotPassword', { ClientId, Username: 'ada' }, caller);
      }
      const codes = (await harness.messages()).length;
      for (let at = 0; at < 12; at += 1) await change('192.0.2.1');
      assert.equal((await told()).length, 10);
      assert.equal((await harness.messages()).length, codes);
      // Administrators spend nothing.
      const Password = 'Another-Horse-9';
      const set = { UserPoolId, Username: 'ada', Password, Permanent: true };
      await harness.call('AdminSetUserPassword', set);
      assert.equal((await told()).length, 11);
    },
  );

  test(
    `notices leave the budget of codes as it is, and come again after an hour, on ${name}`,
    { skip },
    async (t) => {
      const { harness, made, change, told } = await open(t, { database });
      for (let at = 0; at < 11; at += 1) await change();
      assert.equal((await told()).length, 10);
      await harness.call('ForgotPassword', { ClientId: made.ClientId, Username: 'ada' });
      assert.equal((await harness.messages()).length, 1);
      harness.advance(HOUR_MS);
      const { AccessToken } = await signIn(harness, made, 'ada');
      const UserAttributeNames = ['phone_number'];
      await harness.call('DeleteUserAttributes', { AccessToken, UserAttributeNames });
      assert.equal((await told()).length, 11);
    },
  );
}

test('a pool can turn its notices off, and on again', async (t) => {
  const { change, turn, told } = await open(t);
  await turn('DISABLED');
  await change();
  assert.deepEqual(await told(), []);
  await turn('ENABLED');
  await change();
  assert.deepEqual(await told(), [MAIL.email]);
});

test('whoever has proved only a telephone gets one text message, if the pool sends any', async (t) => {
  const pool = { SmsConfiguration: sms };
  const { harness, made, told } = await open(t, { values: PHONE, pool });
  const set = { Username: 'ada', Password: 'Another-Horse-9', Permanent: true };
  await harness.call('AdminSetUserPassword', { UserPoolId: made.UserPoolId, ...set });
  assert.deepEqual(await told(), [PHONE.phone_number]);
  const [notice] = await harness.notices();
  assert.deepEqual([notice?.medium, notice?.subject], ['SMS', undefined]);
  assert.equal(
    notice?.body,
    'Your account: The password was changed. If this was not you, change your password at once and ask for help.',
  );
  const none = await open(t, { values: PHONE });
  const { UserPoolId } = none.made;
  await none.harness.call('AdminSetUserPassword', { UserPoolId, ...set });
  assert.deepEqual(await none.told(), []);
});

test('nobody is told who has proved no address', async (t) => {
  const { harness, AccessToken, change, told } = await open(t, {
    values: { email: 'ada@example.com', email_verified: 'false' },
  });
  await change();
  // Not even the address that is proved by the change: it may be somebody else's who took over.
  await harness.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' });
  const Code = await harness.code('ada@example.com');
  await harness.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code });
  assert.deepEqual(await told(), []);
});

test('what is refused is not told, nor what changes nothing', async (t) => {
  const { harness, AccessToken, told } = await open(t);
  const input = { AccessToken, PreviousPassword: 'Wrong-Horse-7', ProposedPassword: 'Other-1234' };
  await harness.refuses('ChangePassword', input, 'NotAuthorizedException');
  const UserAttributes = attributes({ email: 'ada@example.com' });
  await harness.call('UpdateUserAttributes', { AccessToken, UserAttributes });
  assert.deepEqual(await told(), []);
});

test('where a function of the pool sends the mails, the change is made, and no mail of ours is', async (t) => {
  const { harness, made, told } = await open(t);
  const { UserPoolId } = made;
  const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:send';
  await harness.call('UpdateUserPool', {
    UserPoolId,
    LambdaConfig: {
      CustomEmailSender: { LambdaArn: arn, LambdaVersion: 'V1_0' },
      KMSKeyID: 'arn:aws:kms:eu-west-1:000000000000:key/00000000-0000-0000-0000-000000000000',
    },
  });
  const set = { UserPoolId, Username: 'ada', Password: 'Another-Horse-9', Permanent: true };
  await harness.call('AdminSetUserPassword', set);
  assert.deepEqual(await told(), []);
});

test('an account that an administrator is still making tells nobody of its passwords', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const user = { UserPoolId, Username: 'ada' };
  const UserAttributes = attributes(MAIL);
  await harness.call('AdminCreateUser', { ...user, UserAttributes, MessageAction: 'SUPPRESS' });
  const set = { ...user, Password: goodPassword };
  await harness.call('AdminSetUserPassword', set);
  await harness.call('AdminSetUserPassword', { ...set, Permanent: true });
  assert.deepEqual(await harness.notices(), []);
  await harness.call('AdminSetUserPassword', { ...set, Password: 'Another-Horse-9' });
  assert.equal((await harness.notices()).length, 1);
});

test('text messages are one each, however many changes there were', () => {
  const all = ['password-changed', 'software-token-added', 'SMS_MFA-on', 'email-changed'] as const;
  for (const changes of [all, all.slice(1), all.slice(2), ['email-unverified'] as const]) {
    const { sms: text } = noticeTexts(changes, 0);
    assert.ok(text.length <= 160, text);
  }
});

test('notices hold nothing that anybody has chosen', async (t) => {
  const { harness, made } = await open(t);
  await harness.call('AdminUpdateUserAttributes', {
    ...{ UserPoolId: made.UserPoolId, Username: 'ada' },
    UserAttributes: attributes({ email: 'evil@example.net', email_verified: 'true' }),
  });
  const notices = await harness.notices();
  assert.equal(notices.length, 2);
  for (const { body, subject } of notices) assert.doesNotMatch(`${subject} ${body}`, /evil|ada/);
});

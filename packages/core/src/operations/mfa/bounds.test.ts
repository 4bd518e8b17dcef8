import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import { authenticatorOf } from '../../testing/authenticator.ts';
import { openHarness } from '../../testing/harness.ts';
import { addUser, goodPassword, signIn } from '../../testing/signed-in.ts';
import { sms } from '../../testing/sms-role.ts';

const MINUTE_MS = 60_000;
const BOTH = {
  ...{ email: 'ann@example.com', email_verified: 'true' },
  ...{ phone_number: '+15550001111', phone_number_verified: 'true' },
};

const databases: readonly (readonly [string, MakeDatabase, string | false])[] = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
];

async function open(
  t: TestContext,
  MfaConfiguration: 'ON' | 'OPTIONAL',
  { database, values = {} }: { database?: MakeDatabase; values?: Record<string, string> } = {},
) {
  const harness = await openHarness(t, { database });
  const made = await harness.makePool();
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ann', values);
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId, MfaConfiguration, SoftwareTokenMfaConfiguration: { Enabled: true } },
    ...(MfaConfiguration === 'OPTIONAL' && {
      EmailMfaConfiguration: {},
      SmsMfaConfiguration: { SmsConfiguration: sms },
    }),
  });
  const begin = () =>
    harness.call('InitiateAuth', {
      ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
      AuthParameters: { USERNAME: 'ann', PASSWORD: goodPassword },
    });
  const user = { UserPoolId, Username: 'ann' };
  const target = { ...made, username: 'ann', password: goodPassword };
  return { harness, made, user, begin, authenticator: authenticatorOf(harness, target) };
}

for (const [name, database, skip] of databases) {
  test(
    `codes to an address that is deleted are turned off with it, on ${name}`,
    { skip },
    async (t) => {
      const { harness, made, user } = await open(t, 'OPTIONAL', { database, values: BOTH });
      const { AccessToken } = await signIn(harness, made, 'ann');
      const SMSMfaSettings = { Enabled: true };
      const EmailMfaSettings = { Enabled: true, PreferredMfa: true };
      await harness.call('SetUserMFAPreference', { AccessToken, SMSMfaSettings, EmailMfaSettings });
      await harness.call('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['email'] });
      const after = await harness.call('AdminGetUser', user);
      assert.deepEqual(
        [after.UserMFASettingList, after.PreferredMfaSetting],
        [['SMS_MFA'], undefined],
      );
      // By a blank value, and by an administrator.
      await harness.call('AdminUpdateUserAttributes', {
        ...{ ...user, UserAttributes: [{ Name: 'phone_number', Value: '' }] },
      });
      assert.equal((await harness.call('GetUser', { AccessToken })).UserMFASettingList, undefined);
    },
  );

  test(`a right code that is sent twice is no wrong guess, on ${name}`, { skip }, async (t) => {
    const { harness, made, user, begin, authenticator } = await open(t, 'OPTIONAL', { database });
    await authenticator.setUp();
    await harness.call('AdminSetUserMFAPreference', {
      ...{ ...user, SoftwareTokenMfaSettings: { Enabled: true } },
    });
    const answering = (Session: string | undefined, SOFTWARE_TOKEN_MFA_CODE: string) => ({
      ...{ ClientId: made.ClientId, Session, ChallengeName: 'SOFTWARE_TOKEN_MFA' as const },
      ChallengeResponses: { USERNAME: 'ann', SOFTWARE_TOKEN_MFA_CODE },
    });
    const code = authenticator.code();
    const signedIn = answering((await begin()).Session, code);
    await harness.call('RespondToAuthChallenge', signedIn);
    const { Session } = await begin();
    for (let at = 0; at < 8; at += 1) {
      const again = answering(Session, code);
      await harness.refuses('RespondToAuthChallenge', again, 'ExpiredCodeException');
    }
    await harness.call('RespondToAuthChallenge', answering(Session, authenticator.code()));
    // An older one may have been guessed, and counts; the fifth locks.
    const last = await begin();
    for (let at = 0; at < 5; at += 1) {
      const older = answering(last.Session, code);
      await harness.refuses('RespondToAuthChallenge', older, 'ExpiredCodeException');
    }
    const locked = answering(last.Session, code);
    await harness.refuses('RespondToAuthChallenge', locked, 'NotAuthorizedException');
  });
}

test('a Session that sets an application up is not renewed without end', async (t) => {
  const { harness, begin } = await open(t, 'ON');
  let { Session } = await begin();
  for (let minute = 0; minute < 14; minute += 2) {
    ({ Session } = await harness.call('AssociateSoftwareToken', { Session }));
    harness.advance(2 * MINUTE_MS);
  }
  ({ Session } = await harness.call('AssociateSoftwareToken', { Session }));
  harness.advance(MINUTE_MS);
  await harness.refuses(
    'AssociateSoftwareToken',
    { Session },
    'NotAuthorizedException',
    'Invalid session for the user, session is expired.',
  );
});

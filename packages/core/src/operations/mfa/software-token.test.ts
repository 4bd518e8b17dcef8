import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import type { InputOf } from '@poolhouse/model';
import { totpCode } from '../../crypto/index.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { addUser, goodPassword, signIn, type MadePool } from '../../testing/signed-in.ts';

const OFF = 'Software Token MFA has not been enabled by the userPool';
const NOT_VERIFIED = 'Code mismatch and fail enable Software Token MFA';
const WRONG = 'Invalid code received for user';
const USED = 'Your software token has already been used once.';
const INVALID = 'Invalid session for the user.';

const step = (harness: Harness) => Math.floor(harness.world.clock.nowMs() / 30_000);
const codeOf = (harness: Harness, secret: string) => totpCode(secret, step(harness));
const wrongCode = (harness: Harness, secret: string) =>
  codeOf(harness, secret) === '000000' ? '000001' : '000000';

async function open(t: TestContext, MfaConfiguration: 'ON' | 'OPTIONAL' = 'OPTIONAL') {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId } = made;
  await addUser(harness, made, 'ann');
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId, MfaConfiguration },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  return { harness, made, user: { UserPoolId, Username: 'ann' } };
}

/** Signs in by password, and answers what is asked then. */
const begin = (harness: Harness, { ClientId }: MadePool, PASSWORD = goodPassword) =>
  harness.call('InitiateAuth', {
    ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
    AuthParameters: { USERNAME: 'ann', PASSWORD },
  });

const answer = (
  { ClientId }: MadePool,
  Session: string | undefined,
  SOFTWARE_TOKEN_MFA_CODE: string,
): InputOf<'RespondToAuthChallenge'> => ({
  ...{ ClientId, Session, ChallengeName: 'SOFTWARE_TOKEN_MFA' },
  ChallengeResponses: { USERNAME: 'ann', SOFTWARE_TOKEN_MFA_CODE },
});

/** Sets an application up with the token of a sign-in, and takes it into use. */
async function setUp(harness: Harness, made: MadePool, FriendlyDeviceName?: string) {
  const { AccessToken } = await signIn(harness, made, 'ann');
  const { SecretCode = '' } = await harness.call('AssociateSoftwareToken', { AccessToken });
  const UserCode = codeOf(harness, SecretCode);
  await harness.call('VerifySoftwareToken', { AccessToken, UserCode, FriendlyDeviceName });
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  await harness.call('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings });
  return { AccessToken, secret: SecretCode };
}

test('an application is set up, turned on, and asked for from then on', async (t) => {
  const { harness, made, user } = await open(t);
  const { AccessToken } = await signIn(harness, made, 'ann');
  const associated = await harness.call('AssociateSoftwareToken', { AccessToken });
  assert.deepEqual(Object.keys(associated), ['SecretCode']);
  const { SecretCode = '' } = associated;
  await harness.refuses(
    'VerifySoftwareToken',
    { AccessToken, UserCode: wrongCode(harness, SecretCode) },
    'EnableSoftwareTokenMFAException',
    NOT_VERIFIED,
  );
  const on = { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
  const early = 'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA';
  await harness.refuses(
    'SetUserMFAPreference',
    { AccessToken, ...on },
    'InvalidParameterException',
    early,
  );
  const UserCode = codeOf(harness, SecretCode);
  const verified = { AccessToken, UserCode, FriendlyDeviceName: 'transparent' };
  assert.deepEqual(await harness.call('VerifySoftwareToken', verified), { Status: 'SUCCESS' });
  // It is there, and not yet asked for.
  assert((await begin(harness, made)).AuthenticationResult);
  assert.equal((await harness.call('GetUser', { AccessToken })).UserMFASettingList, undefined);
  await harness.call('SetUserMFAPreference', { AccessToken, ...on });
  for (const shown of [
    await harness.call('GetUser', { AccessToken }),
    await harness.call('AdminGetUser', user),
  ]) {
    assert.deepEqual(shown.UserMFASettingList, ['SOFTWARE_TOKEN_MFA']);
    assert.equal(shown.PreferredMfaSetting, 'SOFTWARE_TOKEN_MFA');
  }
  const asked = await begin(harness, made);
  assert.equal(asked.ChallengeName, 'SOFTWARE_TOKEN_MFA');
  assert.deepEqual(asked.ChallengeParameters, {
    FRIENDLY_DEVICE_NAME: 'transparent',
    USER_ID_FOR_SRP: 'ann',
  });
  // The code that verified it is used up, too.
  const again = answer(made, asked.Session, UserCode);
  await harness.refuses('RespondToAuthChallenge', again, 'ExpiredCodeException', USED);
  harness.advance(30_000);
  const wrong = answer(made, asked.Session, wrongCode(harness, SecretCode));
  await harness.refuses('RespondToAuthChallenge', wrong, 'CodeMismatchException', WRONG);
  const right = answer(made, asked.Session, codeOf(harness, SecretCode));
  const done = await harness.call('RespondToAuthChallenge', right);
  assert(done.AuthenticationResult?.AccessToken);
  assert.deepEqual(done.ChallengeParameters, {});
});

for (const [name, make, skip] of [
  ['SQLite', sqliteTestDatabase, undefined],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason],
] as const) {
  test(
    `one code is worth one sign-in, however many answers bring it at once (${name})`,
    { skip },
    async (t) => {
      const harness = await openHarness(t, { database: make });
      const made = await harness.makePool();
      await addUser(harness, made, 'ann');
      await harness.call('SetUserPoolMfaConfig', {
        ...{ UserPoolId: made.UserPoolId, MfaConfiguration: 'OPTIONAL' },
        SoftwareTokenMfaConfiguration: { Enabled: true },
      });
      const { secret } = await setUp(harness, made);
      harness.advance(60_000);
      const sessions = [];
      for (let at = 0; at < 4; at += 1) sessions.push((await begin(harness, made)).Session);
      const code = codeOf(harness, secret);
      const all = await Promise.allSettled(
        sessions.map((one) => harness.call('RespondToAuthChallenge', answer(made, one, code))),
      );
      assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
      // Nor in the next window, though the step beside it is right as well.
      harness.advance(29_000);
      const { Session } = await begin(harness, made);
      const late = answer(made, Session, code);
      await harness.refuses('RespondToAuthChallenge', late, 'ExpiredCodeException', USED);
    },
  );
}

test('wrong codes lock the user, whichever Sessions they come in', async (t) => {
  const { harness, made } = await open(t);
  const { secret } = await setUp(harness, made);
  harness.advance(60_000);
  for (let at = 0; at < 5; at += 1) {
    const { Session } = await begin(harness, made);
    const wrong = answer(made, Session, wrongCode(harness, secret));
    await harness.refuses('RespondToAuthChallenge', wrong, 'CodeMismatchException', WRONG);
  }
  await assert.rejects(begin(harness, made), { message: 'Password attempts exceeded' });
});

test('another application replaces the old one only once it is verified (security.md M05)', async (t) => {
  const { harness, made } = await open(t);
  const { AccessToken, secret } = await setUp(harness, made);
  const { SecretCode = '' } = await harness.call('AssociateSoftwareToken', { AccessToken });
  harness.advance(60_000);
  const first = await begin(harness, made);
  const byOld = answer(made, first.Session, codeOf(harness, secret));
  assert((await harness.call('RespondToAuthChallenge', byOld)).AuthenticationResult);
  harness.advance(60_000);
  const UserCode = codeOf(harness, SecretCode);
  await harness.call('VerifySoftwareToken', { AccessToken, UserCode });
  harness.advance(60_000);
  const { Session } = await begin(harness, made);
  const old = answer(made, Session, codeOf(harness, secret));
  await harness.refuses('RespondToAuthChallenge', old, 'CodeMismatchException', WRONG);
  const byNew = answer(made, Session, codeOf(harness, SecretCode));
  assert((await harness.call('RespondToAuthChallenge', byNew)).AuthenticationResult);
});

test('codes to verify by cannot be tried without end (security.md M12)', async (t) => {
  const { harness, made } = await open(t);
  const { AccessToken } = await signIn(harness, made, 'ann');
  const { SecretCode = '' } = await harness.call('AssociateSoftwareToken', { AccessToken });
  const wrong = { AccessToken, UserCode: wrongCode(harness, SecretCode) };
  for (let at = 0; at < 10; at += 1) {
    await harness.refuses('VerifySoftwareToken', wrong, 'EnableSoftwareTokenMFAException');
  }
  const right = { AccessToken, UserCode: codeOf(harness, SecretCode) };
  await harness.refuses('VerifySoftwareToken', right, 'TooManyRequestsException');
});

test('whoever must have a second factor sets it up before there are tokens', async (t) => {
  const { harness, made, user } = await open(t, 'ON');
  const { ClientId } = made;
  const asked = await begin(harness, made);
  assert.equal(asked.ChallengeName, 'MFA_SETUP');
  assert.deepEqual(asked.ChallengeParameters, { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' });
  const finish = (Session: string | undefined): InputOf<'RespondToAuthChallenge'> => ({
    ...{ ClientId, Session, ChallengeName: 'MFA_SETUP' },
    ChallengeResponses: { USERNAME: 'ann' },
  });
  // Nothing is set up yet.
  await harness.refuses(
    'RespondToAuthChallenge',
    finish(asked.Session),
    'NotAuthorizedException',
    INVALID,
  );
  const unmade = { Session: asked.Session, UserCode: '123456' };
  await harness.refuses('VerifySoftwareToken', unmade, 'EnableSoftwareTokenMFAException');
  const made1 = await harness.call('AssociateSoftwareToken', { Session: asked.Session });
  assert.deepEqual(Object.keys(made1), ['SecretCode', 'Session']);
  await harness.refuses(
    'RespondToAuthChallenge',
    finish(made1.Session),
    'NotAuthorizedException',
    INVALID,
  );
  const { SecretCode = '' } = made1;
  const wrong = { Session: made1.Session, UserCode: wrongCode(harness, SecretCode) };
  await harness.refuses(
    'VerifySoftwareToken',
    wrong,
    'EnableSoftwareTokenMFAException',
    NOT_VERIFIED,
  );
  const UserCode = codeOf(harness, SecretCode);
  const verified = await harness.call('VerifySoftwareToken', { Session: made1.Session, UserCode });
  assert.equal(verified.Status, 'SUCCESS');
  const done = await harness.call('RespondToAuthChallenge', finish(verified.Session));
  assert(done.AuthenticationResult?.RefreshToken);
  const { UserMFASettingList } = await harness.call('AdminGetUser', user);
  assert.deepEqual(UserMFASettingList, ['SOFTWARE_TOKEN_MFA']);
  // The Sessions of the set-up are worth nothing any more, and the next sign-in asks for a code (security.md M08).
  await harness.refuses(
    'AssociateSoftwareToken',
    { Session: asked.Session },
    'NotAuthorizedException',
    INVALID,
  );
  await harness.refuses(
    'VerifySoftwareToken',
    { Session: made1.Session, UserCode },
    'NotAuthorizedException',
    INVALID,
  );
  await harness.refuses(
    'RespondToAuthChallenge',
    finish(verified.Session),
    'NotAuthorizedException',
  );
  const next = await begin(harness, made);
  assert.equal(next.ChallengeName, 'SOFTWARE_TOKEN_MFA');
  const again = answer(made, next.Session, UserCode);
  await harness.refuses('RespondToAuthChallenge', again, 'ExpiredCodeException', USED);
});

test('of two applications set up at once, one is the user’s', async (t) => {
  const { harness, made } = await open(t, 'ON');
  const prepared = [];
  for (const asked of [await begin(harness, made), await begin(harness, made)]) {
    const one = await harness.call('AssociateSoftwareToken', { Session: asked.Session });
    const UserCode = codeOf(harness, one.SecretCode ?? '');
    const verified = await harness.call('VerifySoftwareToken', { Session: one.Session, UserCode });
    prepared.push(verified.Session);
  }
  const all = await Promise.allSettled(
    prepared.map((Session) =>
      harness.call('RespondToAuthChallenge', {
        ...{ ClientId: made.ClientId, Session, ChallengeName: 'MFA_SETUP' },
        ChallengeResponses: { USERNAME: 'ann' },
      }),
    ),
  );
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('a Session sets up nothing for another user, password, or challenge', async (t) => {
  const { harness, made, user } = await open(t, 'ON');
  const { Session } = await begin(harness, made);
  const set = { ...user, Password: 'Another-Horse-8', Permanent: true };
  await harness.call('AdminSetUserPassword', set);
  await harness.refuses('AssociateSoftwareToken', { Session }, 'NotAuthorizedException', INVALID);
  const { Session: later } = await begin(harness, made, 'Another-Horse-8');
  await harness.call('AdminDisableUser', user);
  await harness.refuses(
    'AssociateSoftwareToken',
    { Session: later },
    'NotAuthorizedException',
    'User is disabled.',
  );
  await harness.call('AdminEnableUser', user);
  for (const broken of [
    `x${later}`,
    later?.slice(0, -4),
    `${later}AAAA`,
    'a'.repeat(20),
    '.'.repeat(20),
  ]) {
    await harness.refuses(
      'AssociateSoftwareToken',
      { Session: broken },
      'NotAuthorizedException',
      INVALID,
    );
  }
  harness.advance(181_000);
  await harness.refuses(
    'AssociateSoftwareToken',
    { Session: later },
    'NotAuthorizedException',
    'Invalid session for the user, session is expired.',
  );
  await harness.refuses('AssociateSoftwareToken', {}, 'InvalidParameterException');
});

test('an administrator removes a lost application; where MFA is required, another is set up', async (t) => {
  const { harness, made, user } = await open(t);
  await setUp(harness, made);
  await harness.call('AdminDeleteSoftwareToken', user);
  assert.equal((await harness.call('AdminGetUser', user)).UserMFASettingList, undefined);
  assert((await begin(harness, made)).AuthenticationResult);
  // Nothing is left to remove, which is no error.
  await harness.call('AdminDeleteSoftwareToken', user);
  await setUp(harness, made);
  await harness.call('UpdateUserPool', { UserPoolId: user.UserPoolId, MfaConfiguration: 'ON' });
  assert.equal((await begin(harness, made)).ChallengeName, 'SOFTWARE_TOKEN_MFA');
  const off = { ...user, SoftwareTokenMfaSettings: { Enabled: false } };
  await harness.call('AdminSetUserMFAPreference', off);
  assert.equal((await begin(harness, made)).ChallengeName, 'MFA_SETUP');
});

test('a pool without applications sets none up', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  await addUser(harness, made, 'ann');
  const { AccessToken } = await signIn(harness, made, 'ann');
  await harness.refuses(
    'AssociateSoftwareToken',
    { AccessToken },
    'SoftwareTokenMFANotFoundException',
    OFF,
  );
});

test('a device has a name of any script, but no endless one', async (t) => {
  const { harness, made } = await open(t, 'ON');
  const { Session } = await begin(harness, made);
  const one = await harness.call('AssociateSoftwareToken', { Session });
  const verify = (FriendlyDeviceName: string) => ({
    ...{ Session: one.Session, UserCode: codeOf(harness, one.SecretCode ?? '') },
    FriendlyDeviceName,
  });
  const endless = verify('x'.repeat(129));
  await harness.refuses('VerifySoftwareToken', endless, 'InvalidParameterException');
  const name = '\u{1F4F1}'.repeat(64);
  const verified = await harness.call('VerifySoftwareToken', verify(name));
  await harness.call('RespondToAuthChallenge', {
    ...{ ClientId: made.ClientId, ChallengeName: 'MFA_SETUP', Session: verified.Session },
    ChallengeResponses: { USERNAME: 'ann' },
  });
  const asked = await begin(harness, made);
  assert.equal(asked.ChallengeParameters?.['FRIENDLY_DEVICE_NAME'], name);
});

test('where the server wants it, who signed in long ago changes no factor (security.md M05)', async (t) => {
  const harness = await openHarness(t, { freshSignInMs: 300_000 });
  const made = await harness.makePool();
  await addUser(harness, made, 'ann');
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId: made.UserPoolId, MfaConfiguration: 'OPTIONAL' },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const { AccessToken } = await setUp(harness, made);
  harness.advance(300_001);
  const off = { AccessToken, SoftwareTokenMfaSettings: { Enabled: false } };
  await harness.refuses('AssociateSoftwareToken', { AccessToken }, 'NotAuthorizedException');
  await harness.refuses('SetUserMFAPreference', off, 'NotAuthorizedException');
  const older = { AccessToken, MFAOptions: [] };
  await harness.refuses('SetUserSettings', older, 'NotAuthorizedException');
});

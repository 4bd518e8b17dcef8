import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import { totpCode } from '../crypto/index.ts';
import { poolId } from '../domain/ids.ts';
import { authenticatorOf } from '../testing/authenticator.ts';
import { openHarness } from '../testing/harness.ts';
import { addUser, attributes, goodPassword, sessionOf } from '../testing/signed-in.ts';
import { FLOWS } from '../testing/target.ts';

/* What an access token counts for where an app asks for a level (TARGET_ACR_VALUES with ACCESS_TOKEN). */

const LEVEL = (level: number) => `urn:cognito:loa:${level}`;
const invalid = { code: 'NotAuthorizedException', message: 'Invalid Access Token' };
const revoked = { code: 'NotAuthorizedException', message: 'Access Token has been revoked' };

/** Ann, who has an authenticator application and has signed in by her password. */
async function open(t: TestContext, database?: MakeDatabase) {
  const harness = await openHarness(t, { database });
  const made = await harness.makePool(
    { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
    { ExplicitAuthFlows: [...FLOWS], PreventUserExistenceErrors: 'ENABLED' },
  );
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ann', { email: 'ann@example.com', email_verified: 'true' });
  await addUser(harness, made, 'bob');
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const authenticator = authenticatorOf(harness, {
    ...{ ...made, username: 'ann', password: goodPassword },
  });
  await authenticator.setUp();
  harness.advance(60_000);
  const signIn = async (USERNAME = 'ann') => {
    const { AuthenticationResult } = await harness.call('InitiateAuth', {
      ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
      AuthParameters: { USERNAME, PASSWORD: goodPassword },
    });
    assert(AuthenticationResult?.AccessToken);
    return { ...AuthenticationResult, AccessToken: AuthenticationResult.AccessToken };
  };
  const request = (token: string, more: Readonly<Record<string, string>> = {}) => ({
    ...{ ClientId, AuthFlow: 'USER_AUTH' as const },
    AuthParameters: {
      ...{ USERNAME: 'ann', TARGET_ACR_VALUES: LEVEL(4), ACCESS_TOKEN: token, ...more },
    },
  });
  const start = (token: string, more: Readonly<Record<string, string>> = {}) =>
    harness.call('InitiateAuth', request(token, more));
  const answer = ({ Session, ChallengeName }: Awaited<ReturnType<typeof start>>) =>
    harness.call('RespondToAuthChallenge', {
      ...{ ClientId, ChallengeName, Session },
      ChallengeResponses: { USERNAME: 'ann', SOFTWARE_TOKEN_MFA_CODE: authenticator.code() },
    } as InputOf<'RespondToAuthChallenge'>);
  const tokens = await signIn();
  const ref = { UserPoolId, Username: 'ann' };
  return { harness, made, ref, tokens, signIn, request, start, answer };
}

type Opened = Awaited<ReturnType<typeof open>>;

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  suite(`a step-up, on ${name}`, { skip }, () => {
    test('asks only for the factor that is missing, and starts a session of its own', async (t) => {
      const { harness, tokens, start, answer } = await open(t, database);
      harness.advance(30_000);
      const asked = await start(tokens.AccessToken);
      assert.equal(asked.ChallengeName, 'SOFTWARE_TOKEN_MFA');
      // The application's next code comes half a minute later.
      const { AuthenticationResult: after } = await answer(asked);
      const session = await sessionOf(harness, after?.RefreshToken);
      const before = await sessionOf(harness, tokens.RefreshToken);
      assert.notEqual(session.id, before.id);
      assert.deepEqual(
        session.proofs?.map(({ challenge, atMs }) => [challenge, atMs - before.authTimeMs]),
        [
          ['PASSWORD', 0],
          ['SOFTWARE_TOKEN_MFA', 60_000],
        ],
      );
      const claims = JSON.parse(
        Buffer.from((after?.AccessToken ?? '').split('.')[1] ?? '', 'base64url').toString(),
      ) as Readonly<Record<string, unknown>>;
      assert.equal(claims['acr'], LEVEL(4));
      assert.equal(claims['auth_time'], Math.floor(harness.world.clock.nowMs() / 1000));
      await harness.call('GetUser', { AccessToken: tokens.AccessToken });
      await harness.call('GetUser', { AccessToken: after?.AccessToken ?? '' });
    });

    const ends: Readonly<Record<string, (opened: Opened) => Promise<unknown>>> = {
      'the user signs out everywhere': ({ harness, tokens }) =>
        harness.call('GlobalSignOut', { AccessToken: tokens.AccessToken }),
      'its refresh token is revoked': ({ harness, made, tokens }) =>
        harness.call('RevokeToken', {
          ...{ ClientId: made.ClientId, Token: tokens.RefreshToken ?? '' },
        }),
      'the user is disabled': ({ harness, ref }) => harness.call('AdminDisableUser', ref),
      'the password changes': ({ harness, tokens }) =>
        harness.call('ChangePassword', {
          ...{ AccessToken: tokens.AccessToken, PreviousPassword: goodPassword },
          ProposedPassword: 'Another-1234',
        }),
    };
    for (const [what, end] of Object.entries(ends)) {
      test(`${what} between question and answer: no tokens, and no session`, async (t) => {
        const opened = await open(t, database);
        const { harness, made, tokens, start, answer } = opened;
        const asked = await start(tokens.AccessToken);
        const { sub: id } = await sessionOf(harness, tokens.RefreshToken);
        const { sessions } = harness.storage.stores;
        const user = { poolId: poolId(made.UserPoolId), sub: id };
        const count = async () => (await sessions.liveOf(user, 0, 60)).items.length;
        await end(opened);
        const before = await count();
        await assert.rejects(answer(asked), { code: 'NotAuthorizedException' });
        assert.equal(await count(), before);
      });
    }
  });
}

test('a token counts for nobody else, at no other app client, and not once its session has ended', async (t) => {
  const { harness, made, tokens, signIn, request, start } = await open(t);
  const { AccessToken: ofBob } = await signIn('bob');
  for (const [token, more] of [
    [ofBob, {}],
    [tokens.AccessToken, { USERNAME: 'bob' }],
    [tokens.AccessToken, { USERNAME: 'nobody' }],
    [tokens.IdToken ?? '', {}],
    [`${tokens.AccessToken}x`, {}],
    ['', {}],
    ['no token', { USERNAME: 'nobody' }],
  ] as const) {
    await assert.rejects(start(token, more), invalid);
  }
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    ...{ UserPoolId: made.UserPoolId, ClientName: 'other', ExplicitAuthFlows: [...FLOWS] },
  });
  const other = { ...request(tokens.AccessToken), ClientId: UserPoolClient?.ClientId ?? '' };
  await assert.rejects(harness.call('InitiateAuth', other), invalid);
  await harness.call('GlobalSignOut', { AccessToken: tokens.AccessToken });
  await assert.rejects(start(tokens.AccessToken), revoked);
});

test('a token alone never leads to tokens, not even to those of the level that it has', async (t) => {
  const { tokens, start, answer } = await open(t);
  const { ChallengeName, AuthenticationResult } = await start(tokens.AccessToken, {
    TARGET_ACR_VALUES: LEVEL(1),
  });
  assert.equal(ChallengeName, 'SELECT_CHALLENGE');
  assert.equal(AuthenticationResult, undefined);
  const { AuthenticationResult: best } = await answer(await start(tokens.AccessToken));
  const again = await start(best?.AccessToken ?? '');
  assert.equal(again.ChallengeName, 'SOFTWARE_TOKEN_MFA');
});

test('what was proved longer ago than MAX_AGE is proved anew', async (t) => {
  const { harness, tokens, start } = await open(t);
  harness.advance(60_000);
  const at = (MAX_AGE: string) => start(tokens.AccessToken, { MAX_AGE });
  assert.equal((await at('60')).ChallengeName, 'SOFTWARE_TOKEN_MFA');
  assert.equal((await at('59')).ChallengeName, 'SELECT_CHALLENGE');
  assert.equal((await at('0')).ChallengeName, 'SELECT_CHALLENGE');
  await harness.call('GetUser', { AccessToken: tokens.AccessToken });
});

test('whoever has only a token steps up with no factor that they have set themselves (security.md M05)', async (t) => {
  const change: Readonly<Record<string, (opened: Opened) => Promise<unknown>>> = {
    'a mail address': ({ harness, tokens: { AccessToken } }) => {
      const UserAttributes = attributes({ email: 'thief@example.com' });
      return harness.call('UpdateUserAttributes', { AccessToken, UserAttributes });
    },
    'an application': async ({ harness, tokens: { AccessToken } }) => {
      const { SecretCode = '' } = await harness.call('AssociateSoftwareToken', { AccessToken });
      const step = Math.floor(harness.world.clock.nowMs() / 30_000);
      const UserCode = totpCode(SecretCode, step);
      await harness.call('VerifySoftwareToken', { AccessToken, UserCode });
    },
  };
  for (const [what, run] of Object.entries(change)) {
    const opened = await open(t);
    const { harness, made, tokens, start } = opened;
    await harness.call('SetUserPoolMfaConfig', {
      ...{ UserPoolId: made.UserPoolId, MfaConfiguration: 'OPTIONAL' },
      ...{ EmailMfaConfiguration: {}, SoftwareTokenMfaConfiguration: { Enabled: true } },
    });
    await run(opened);
    for (const level of [3, 4]) {
      const wanted = { TARGET_ACR_VALUES: LEVEL(level) };
      const { ChallengeName } = await start(tokens.AccessToken, wanted);
      assert.equal(ChallengeName, 'SELECT_CHALLENGE', what);
    }
    assert.deepEqual(await harness.messages('thief@example.com'), []);
  }
});

test('what is no factor may change', async (t) => {
  const { harness, ref, tokens, start } = await open(t);
  const UserAttributes = attributes({ nickname: 'Ann' });
  await harness.call('AdminUpdateUserAttributes', { ...ref, UserAttributes });
  assert.equal((await start(tokens.AccessToken)).ChallengeName, 'SOFTWARE_TOKEN_MFA');
});

test('a lock stops a step-up as it stops a sign-in', async (t) => {
  const { harness, made, tokens, start } = await open(t);
  for (let count = 0; count < 5; count += 1) {
    const wrong = {
      ...{ ClientId: made.ClientId, AuthFlow: 'USER_PASSWORD_AUTH' as const },
      AuthParameters: { USERNAME: 'ann', PASSWORD: 'Wrong-1234' },
    };
    await harness.refuses('InitiateAuth', wrong, 'NotAuthorizedException');
  }
  await assert.rejects(start(tokens.AccessToken), { message: 'Password attempts exceeded' });
});

test('a back end steps its users up, too', async (t) => {
  const { harness, made, tokens, request } = await open(t);
  const input = { ...request(tokens.AccessToken), UserPoolId: made.UserPoolId };
  const { ChallengeName } = await harness.call('AdminInitiateAuth', input);
  assert.equal(ChallengeName, 'SOFTWARE_TOKEN_MFA');
});

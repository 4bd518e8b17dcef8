import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import { authenticatorOf } from '../testing/authenticator.ts';
import { openWithDevice } from '../testing/device-sign-in.ts';
import { openHarness } from '../testing/harness.ts';
import { addUser, goodPassword } from '../testing/signed-in.ts';

const LEVEL = (level: number) => `urn:cognito:loa:${level}`;
const PASSWORDS = ['PASSWORD_SRP', 'PASSWORD'];
const MAIL = 'ann@example.com';

async function open(
  t: TestContext,
  {
    pool = {},
    database,
    withToken = true,
  }: {
    readonly pool?: Partial<InputOf<'CreateUserPool'>>;
    readonly database?: MakeDatabase;
    /** Whether ann has an authenticator application, which she has not turned on. */
    readonly withToken?: boolean;
  } = {},
) {
  const harness = await openHarness(t, { database });
  const made = await harness.makePool(
    {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      ...pool,
    },
    {
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
    },
  );
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ann', { email: MAIL, email_verified: 'true' });
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const authenticator = authenticatorOf(harness, {
    ...{ ...made, username: 'ann', password: goodPassword },
  });
  if (withToken) await authenticator.setUp();
  const request = (parameters: Readonly<Record<string, string>>) => ({
    ...{ ClientId, AuthFlow: 'USER_AUTH' as const },
    AuthParameters: { USERNAME: 'ann', ...parameters },
  });
  const start = (TARGET_ACR_VALUES: string, more: Readonly<Record<string, string>> = {}) =>
    harness.call('InitiateAuth', request({ TARGET_ACR_VALUES, ...more }));
  const answer = (
    asked: Awaited<ReturnType<typeof start>>,
    responses: Readonly<Record<string, string>>,
  ) =>
    harness.call('RespondToAuthChallenge', {
      ...{ ClientId, ChallengeName: asked.ChallengeName, Session: asked.Session },
      ChallengeResponses: { USERNAME: 'ann', ...responses },
    } as InputOf<'RespondToAuthChallenge'>);
  return { harness, made, authenticator, request, start, answer };
}

const acrOf = (token = '') =>
  (
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      readonly acr?: string;
    }
  ).acr;

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  test(
    `a second factor that is not turned on is asked for where the level needs it, on ${name}`,
    { skip },
    async (t) => {
      const { start, answer, authenticator } = await open(t, { database });
      const asked = await start(LEVEL(4));
      assert.deepEqual(asked.AvailableChallenges, PASSWORDS);
      const second = await answer(asked, { ANSWER: 'PASSWORD', PASSWORD: goodPassword });
      assert.equal(second.ChallengeName, 'SOFTWARE_TOKEN_MFA');
      const { AuthenticationResult: tokens } = await answer(second, {
        SOFTWARE_TOKEN_MFA_CODE: authenticator.code(),
      });
      assert.equal(acrOf(tokens?.AccessToken), LEVEL(4));
      assert.equal(acrOf(tokens?.IdToken), LEVEL(4));
    },
  );
}

test('of several levels the first that the user can reach is meant, and names that the pool lacks are ignored', async (t) => {
  const { harness, start, answer } = await open(t, { withToken: false });
  const asked = await start(`urn:nobody ${LEVEL(4)} ${LEVEL(2)} ${LEVEL(1)}`, {
    PREFERRED_CHALLENGE: 'EMAIL_OTP',
  });
  assert.equal(asked.ChallengeName, 'EMAIL_OTP');
  assert.deepEqual(asked.AvailableChallenges, ['EMAIL_OTP']);
  const { AuthenticationResult: tokens } = await answer(asked, {
    EMAIL_OTP_CODE: await harness.code(MAIL),
  });
  assert.equal(acrOf(tokens?.AccessToken), LEVEL(2));
});

test('a factor that cannot lead to the level is not offered, and not asked for', async (t) => {
  const { start } = await open(t);
  const preferred = await start(LEVEL(4), { PREFERRED_CHALLENGE: 'EMAIL_OTP' });
  assert.equal(preferred.ChallengeName, 'SELECT_CHALLENGE');
  assert.deepEqual(preferred.AvailableChallenges, PASSWORDS);
  const lowest = await start(LEVEL(1));
  assert.deepEqual(lowest.AvailableChallenges, [...PASSWORDS, 'EMAIL_OTP']);
});

test('there are no tokens below the level, and only who knows the password learns of it', async (t) => {
  const { harness, request, start } = await open(t, { withToken: false });
  const known = await start(LEVEL(4));
  const unknown = await harness.call(
    'InitiateAuth',
    request({ TARGET_ACR_VALUES: LEVEL(4), USERNAME: 'nobody' }),
  );
  assert.deepEqual(known.AvailableChallenges, PASSWORDS);
  assert.deepEqual(unknown.AvailableChallenges, PASSWORDS);
  for (const levels of [LEVEL(2), `${LEVEL(3)} ${LEVEL(1)}`]) {
    const [ann, nobody] = await Promise.all(
      ['ann', 'nobody'].map((USERNAME) =>
        harness.call('InitiateAuth', request({ TARGET_ACR_VALUES: levels, USERNAME })),
      ),
    );
    assert.deepEqual(nobody?.AvailableChallenges, ann?.AvailableChallenges, levels);
  }
  const parameters = { TARGET_ACR_VALUES: LEVEL(4), PREFERRED_CHALLENGE: 'PASSWORD' };
  const wrong = request({ ...parameters, PASSWORD: 'Wrong-1234' });
  await harness.refuses('InitiateAuth', wrong, 'NotAuthorizedException');
  const right = request({ ...parameters, PASSWORD: goodPassword });
  await harness.refuses('InitiateAuth', right, 'UnsupportedOperationException');
});

test('a remembered device stands in for a second factor, but not where a level is asked for', async (t) => {
  const opened = await openWithDevice(t);
  const { harness, made, device } = opened;
  await opened.turnOn('application');
  const start = (more: Readonly<Record<string, string>>) =>
    harness.call('InitiateAuth', {
      ...{ ClientId: made.ClientId, AuthFlow: 'USER_AUTH' },
      AuthParameters: {
        ...{ USERNAME: 'ann', PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: goodPassword },
        ...{ DEVICE_KEY: device.key, ...more },
      },
    });
  assert.equal((await start({})).ChallengeName, 'DEVICE_SRP_AUTH');
  const asked = await start({ TARGET_ACR_VALUES: LEVEL(4) });
  const { AuthenticationResult: tokens } = await opened.answerCode(asked);
  assert.equal(acrOf(tokens?.AccessToken), LEVEL(4));
});

test('what makes no sense is refused', async (t) => {
  const { harness, request, made } = await open(t);
  const odd: readonly Readonly<Record<string, string>>[] = [
    { TARGET_ACR_VALUES: 'urn:nobody' },
    { TARGET_ACR_VALUES: '' },
    { ACCESS_TOKEN: 'x' },
    { TARGET_ACR_VALUES: LEVEL(2), MAX_AGE: '-1' },
    { TARGET_ACR_VALUES: LEVEL(2), MAX_AGE: 'soon' },
  ];
  for (const parameters of odd) {
    await harness.refuses('InitiateAuth', request(parameters), 'InvalidParameterException');
  }
  const AcrConfiguration = { Level2: { AcrValue: 'urn:shop:code' } };
  await harness.call('UpdateUserPool', {
    ...{ UserPoolId: made.UserPoolId, AcrConfiguration },
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
  });
  const former = request({ TARGET_ACR_VALUES: LEVEL(2) });
  await harness.refuses('InitiateAuth', former, 'InvalidParameterException');
  const own = await harness.call('InitiateAuth', request({ TARGET_ACR_VALUES: 'urn:shop:code' }));
  assert.equal(own.ChallengeName, 'SELECT_CHALLENGE');
});

test('a pool below Essentials has no levels to reach', async (t) => {
  const { harness, request, made } = await open(t, {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } } },
  });
  const { UserPoolId } = made;
  await harness.call('UpdateUserPool', { UserPoolId, UserPoolTier: 'LITE' });
  const wanted = request({ TARGET_ACR_VALUES: LEVEL(1) });
  await harness.refuses('InitiateAuth', wanted, 'FeatureUnavailableInTierException');
});

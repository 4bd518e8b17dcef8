import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf, LambdaConfigType, OperationName } from '@poolhouse/model';
import { poolId } from '../domain/ids.ts';
import { unbuiltSettings } from '../domain/pools/unbuilt-settings.ts';
import { openHarness } from '../testing/harness.ts';
import { signInBySrp } from '../testing/srp-client.ts';

const lambda = 'arn:aws:lambda:eu-west-1:000000000000:function:mine';
const sender = { LambdaArn: lambda, LambdaVersion: 'V1_0' } as const;
const senders = (name: 'CustomEmailSender' | 'CustomSMSSender'): LambdaConfigType => ({
  [name]: sender,
  KMSKeyID: 'arn:aws:kms:eu-west-1:000000000000:key/00000000-0000-0000-0000-000000000000',
});
const password = 'Right-1234';
const ada = { Username: 'ada' };
const email = (Value: string) => [{ Name: 'email', Value }];

/** A pool with a user who has tokens, one who has signed up, and one whom an administrator has made. */
async function fixture(t: TestContext) {
  const harness = await openHarness(t);
  const pool = await harness.makePool({ AutoVerifiedAttributes: ['email'] });
  const { UserPoolId, ClientId } = pool;
  for (const Username of ['ada', 'new']) {
    const UserAttributes = email(`${Username}@example.com`);
    await harness.call('SignUp', { ClientId, Username, Password: password, UserAttributes });
  }
  await harness.call('AdminConfirmSignUp', { UserPoolId, ...ada });
  await harness.call('AdminUpdateUserAttributes', {
    UserPoolId,
    ...ada,
    UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
  });
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'invited',
    UserAttributes: email('invited@example.com'),
    DesiredDeliveryMediums: ['EMAIL'],
  });
  const { AuthenticationResult } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ada', PASSWORD: password },
  });
  harness.advance(1000);
  await harness.call('ForgotPassword', { ClientId, ...ada });
  const resetCode = await harness.code('ada@example.com');
  const signUpCode = await harness.code('new@example.com');
  const AccessToken = AuthenticationResult?.AccessToken ?? '';
  return { harness, UserPoolId, ClientId, AccessToken, resetCode, signUpCode };
}

type Fixture = Awaited<ReturnType<typeof fixture>>;
interface Attempt {
  readonly name: OperationName;
  readonly inputOf: (at: Fixture) => InputOf<OperationName>;
}

function attempt<Name extends OperationName>(
  name: Name,
  inputOf: (at: Fixture) => InputOf<Name>,
): Attempt {
  return { name, inputOf };
}

const sendsMail: readonly Attempt[] = [
  attempt('SignUp', ({ ClientId }) => ({
    ClientId,
    Username: 'late',
    Password: password,
    UserAttributes: email('late@example.com'),
  })),
  attempt('ResendConfirmationCode', ({ ClientId }) => ({ ClientId, Username: 'new' })),
  attempt('ForgotPassword', ({ ClientId }) => ({ ClientId, ...ada })),
  attempt('GetUserAttributeVerificationCode', ({ AccessToken }) => ({
    AccessToken,
    AttributeName: 'email',
  })),
  attempt('UpdateUserAttributes', ({ AccessToken }) => ({
    AccessToken,
    UserAttributes: email('other@example.com'),
  })),
  attempt('AdminUpdateUserAttributes', ({ UserPoolId }) => ({
    UserPoolId,
    ...ada,
    UserAttributes: email('other@example.com'),
  })),
  attempt('AdminResetUserPassword', ({ UserPoolId }) => ({ UserPoolId, ...ada })),
  attempt('AdminCreateUser', ({ UserPoolId }) => ({
    UserPoolId,
    Username: 'late',
    UserAttributes: email('late@example.com'),
    DesiredDeliveryMediums: ['EMAIL'],
  })),
  attempt('AdminCreateUser', ({ UserPoolId }) => ({
    UserPoolId,
    Username: 'invited',
    MessageAction: 'RESEND',
    DesiredDeliveryMediums: ['EMAIL'],
  })),
];

const points: readonly (readonly [LambdaConfigType, string, readonly Attempt[]])[] = [
  [
    { PreSignUp: lambda },
    'PreSignUp',
    [
      attempt('SignUp', ({ ClientId }) => ({ ClientId, Username: 'late', Password: password })),
      attempt('AdminCreateUser', ({ UserPoolId }) => ({
        UserPoolId,
        Username: 'late',
        MessageAction: 'SUPPRESS',
      })),
    ],
  ],
  [
    { PostConfirmation: lambda },
    'PostConfirmation',
    [
      attempt('ConfirmSignUp', ({ ClientId, signUpCode }) => ({
        ClientId,
        Username: 'new',
        ConfirmationCode: signUpCode,
      })),
      attempt('AdminConfirmSignUp', ({ UserPoolId }) => ({ UserPoolId, Username: 'new' })),
      attempt('ConfirmForgotPassword', ({ ClientId, resetCode }) => ({
        ClientId,
        ...ada,
        ConfirmationCode: resetCode,
        Password: 'Other-1234',
      })),
    ],
  ],
  [{ CustomMessage: lambda }, 'CustomMessage', sendsMail],
  [senders('CustomEmailSender'), 'CustomEmailSender', sendsMail],
];

for (const [LambdaConfig, trigger, attempts] of points) {
  for (const [at, { name, inputOf }] of attempts.entries()) {
    test(`${trigger} that cannot be run refuses ${name} (${at + 1}) before anything is stored`, async (t) => {
      const here = await fixture(t);
      const { harness, UserPoolId } = here;
      const { stores } = harness.storage;
      const state = async () =>
        JSON.stringify([
          (await stores.users.list(poolId(UserPoolId), 60)).items,
          (await harness.messages()).length,
        ]);
      await harness.call('UpdateUserPool', {
        UserPoolId,
        AutoVerifiedAttributes: ['email'],
        LambdaConfig,
      });
      const before = await state();
      await harness.refuses(
        name,
        inputOf(here),
        'UnexpectedLambdaException',
        `${trigger} invocation failed due to error ResourceNotFoundException.`,
      );
      assert.equal(await state(), before);
      // Without the function the very same request passes.
      await harness.call('UpdateUserPool', { UserPoolId, AutoVerifiedAttributes: ['email'] });
      await harness.call(name, inputOf(here));
    });
  }
}

test('what sends nothing goes on, whoever would send', async (t) => {
  const { harness, UserPoolId } = await fixture(t);
  const LambdaConfig = senders('CustomSMSSender');
  await harness.call('UpdateUserPool', {
    UserPoolId,
    AutoVerifiedAttributes: ['email'],
    LambdaConfig,
  });
  await harness.call('AdminResetUserPassword', { UserPoolId, ...ada });
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'quiet',
    MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'phone_number', Value: '+15550100' }],
  });
});

test('who does not exist is refused like who does', async (t) => {
  const { harness, UserPoolId, ClientId } = await fixture(t);
  await harness.call('UpdateUserPoolClient', {
    UserPoolId,
    ClientId,
    PreventUserExistenceErrors: 'ENABLED',
  });
  await harness.call('UpdateUserPool', { UserPoolId, LambdaConfig: { CustomMessage: lambda } });
  for (const Username of ['ada', 'nobody']) {
    await harness.refuses('ForgotPassword', { ClientId, Username }, 'UnexpectedLambdaException');
  }
});

for (const [medium, name] of [
  ['EMAIL', 'CustomEmailSender'],
  ['SMS', 'CustomSMSSender'],
] as const) {
  test(`by ${medium} alone refused, nobody can be told from somebody by the way to them`, async (t) => {
    const { harness, UserPoolId, ClientId } = await fixture(t);
    const phone = (Username: string, ...more: { Name: string; Value: string }[]) =>
      harness.call('AdminCreateUser', {
        UserPoolId,
        Username,
        MessageAction: 'SUPPRESS',
        UserAttributes: [{ Name: 'phone_number', Value: '+15550100' }, ...more],
      });
    await phone('caller', { Name: 'phone_number_verified', Value: 'true' });
    await harness.call('AdminSetUserPassword', {
      UserPoolId,
      Username: 'caller',
      Password: password,
      Permanent: true,
    });
    await harness.call('UpdateUserPoolClient', {
      UserPoolId,
      ClientId,
      PreventUserExistenceErrors: 'ENABLED',
    });
    await harness.call('UpdateUserPool', {
      UserPoolId,
      AutoVerifiedAttributes: ['email', 'phone_number'],
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
      LambdaConfig: senders(name),
    });
    const names = ['ada', 'caller', 'new', 'nobody', 'nobody@example.com', '+15550199'];
    for (const Username of names) {
      for (const operation of ['ForgotPassword', 'ResendConfirmationCode'] as const) {
        await harness.refuses(operation, { ClientId, Username }, 'UnexpectedLambdaException');
      }
    }
  });
}

test('a proof by SRP after which a factor has to be set up is spent, and forgets failures once', async (t) => {
  const { harness, UserPoolId, ClientId } = await fixture(t);
  const factor: InputOf<'UpdateUserPool'> = {
    UserPoolId,
    MfaConfiguration: 'ON',
    AutoVerifiedAttributes: ['phone_number'],
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
  };
  const credentials = { UserPoolId, ClientId, username: 'ada', password };
  let sent: InputOf<'RespondToAuthChallenge'> | undefined;
  await harness.call('UpdateUserPool', factor);
  const prove = () => signInBySrp(harness, credentials, (answer) => (sent = answer));
  assert.equal((await prove()).ChallengeName, 'MFA_SETUP');
  assert(sent);
  for (let at = 0; at < 3; at += 1) {
    const AuthParameters = { USERNAME: 'ada', PASSWORD: 'Wrong-1234' };
    const wrong = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters } as const;
    await harness.refuses('InitiateAuth', wrong, 'NotAuthorizedException');
  }
  const failures = async () =>
    (await harness.storage.stores.users.byName(poolId(UserPoolId), 'ada'))?.failedAttempts;
  assert.equal(await failures(), 3);
  await harness.refuses('RespondToAuthChallenge', sent, 'NotAuthorizedException');
  assert.equal(await failures(), 3, 'neither forgotten nor one more');
});

test('a wrong password is told before a missing factor, and the right one leaves no failure', async (t) => {
  const { harness, UserPoolId, ClientId } = await fixture(t);
  await harness.call('UpdateUserPool', {
    UserPoolId,
    MfaConfiguration: 'ON',
    AutoVerifiedAttributes: ['phone_number'],
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
  });
  const signIn = (PASSWORD: string) => ({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH' as const,
    AuthParameters: { USERNAME: 'ada', PASSWORD },
  });
  for (let at = 0; at < 4; at += 1) {
    await harness.refuses('InitiateAuth', signIn('Wrong-1234'), 'NotAuthorizedException');
  }
  for (let at = 0; at < 8; at += 1) {
    const asked = await harness.call('InitiateAuth', signIn(password));
    assert.equal(asked.ChallengeName, 'MFA_SETUP');
    assert.equal(asked.AuthenticationResult, undefined);
  }
});

test('OPTIONAL factors and AUDIT promise nothing, so sign-in goes on', async (t) => {
  const { harness, UserPoolId, ClientId } = await fixture(t);
  await harness.call('UpdateUserPool', {
    UserPoolId,
    MfaConfiguration: 'OPTIONAL',
    AutoVerifiedAttributes: ['phone_number'],
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
    UserPoolTier: 'PLUS',
    UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
  });
  const { AuthenticationResult } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ada', PASSWORD: password },
  });
  assert.ok(AuthenticationResult?.AccessToken);
  const pool = await harness.storage.stores.pools.get(poolId(UserPoolId));
  assert.deepEqual(pool && unbuiltSettings(pool), []);
});

test('a pool tells which of its settings refuse', () => {
  const settings = {
    UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    LambdaConfig: {
      PreTokenGenerationConfig: { LambdaArn: lambda, LambdaVersion: 'V3_0' },
      UserMigration: lambda,
    },
  };
  assert.deepEqual(
    unbuiltSettings({ settings } as never).map(({ setting }) => setting),
    [
      'AdvancedSecurityMode ENFORCED',
      'LambdaConfig.PreTokenGeneration',
      'LambdaConfig.UserMigration',
    ],
  );
});

/** The AWS SDK for JavaScript, unmodified: refusals arrive as the SDK's own exception classes, at the first attempt. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { REGION, startServer } from './server-under-test.ts';
import { BY_CODE, makeTutorialPool, makeUser, PASSWORD } from './tutorial-pool.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const { UserPoolId, ClientId } = await makeTutorialPool(aws, BY_CODE);
await makeUser(aws, UserPoolId, 'ada');
await makeUser(aws, UserPoolId, 'bob');
await aws.signUp({
  ClientId,
  Username: 'unconfirmed',
  Password: PASSWORD,
  UserAttributes: [{ Name: 'email', Value: 'unconfirmed@example.com' }],
});

const signIn = (USERNAME: string, password = PASSWORD) =>
  aws.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD: password },
  });
const ada = { UserPoolId, Username: 'ada' };
const noPool = `${REGION}_AAAAAAAAA`;
const noClient = 'a'.repeat(26);

type ExceptionClass = new (...words: never[]) => sdk.CognitoIdentityProviderServiceException;

const refusals: readonly (readonly [ExceptionClass, string | RegExp, () => Promise<unknown>])[] = [
  [
    sdk.UserNotFoundException,
    'User does not exist.',
    () => aws.adminGetUser({ UserPoolId, Username: 'nobody' }),
  ],
  [sdk.UserNotFoundException, 'User does not exist.', () => signIn('nobody')],
  [
    sdk.ResourceNotFoundException,
    `User pool ${noPool} does not exist.`,
    () => aws.describeUserPool({ UserPoolId: noPool }),
  ],
  [
    sdk.ResourceNotFoundException,
    `User pool client ${noClient} does not exist.`,
    () => aws.forgotPassword({ ClientId: noClient, Username: 'ada' }),
  ],
  [
    sdk.ResourceNotFoundException,
    /group/i,
    () => aws.getGroup({ UserPoolId, GroupName: 'nobodies' }),
  ],
  [sdk.NotAuthorizedException, 'Incorrect username or password.', () => signIn('ada', 'wrong')],
  [sdk.NotAuthorizedException, 'Invalid Access Token', () => aws.getUser({ AccessToken: 'a.b.c' })],
  [
    sdk.NotAuthorizedException,
    'Invalid Refresh Token',
    () =>
      aws.initiateAuth({
        ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: 'nothing' },
      }),
  ],
  [sdk.UserNotConfirmedException, 'User is not confirmed.', () => signIn('unconfirmed')],
  [
    sdk.UsernameExistsException,
    'User already exists',
    () =>
      aws.signUp({
        ClientId,
        Username: 'ada',
        Password: PASSWORD,
        UserAttributes: [{ Name: 'email', Value: 'other@example.com' }],
      }),
  ],
  [
    sdk.InvalidPasswordException,
    'Password did not conform with policy: Password not long enough',
    () => aws.adminSetUserPassword({ ...ada, Password: 'Aa1!' }),
  ],
  [
    sdk.AliasExistsException,
    'An account with the given email already exists.',
    () =>
      aws.adminUpdateUserAttributes({
        ...ada,
        UserAttributes: [
          { Name: 'email', Value: 'bob@example.com' },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
  ],
  [
    sdk.CodeMismatchException,
    'Invalid verification code provided, please try again.',
    async () => {
      const code = await server.code('unconfirmed@example.com');
      const ConfirmationCode = code === '000000' ? '000001' : '000000';
      return aws.confirmSignUp({ ClientId, Username: 'unconfirmed', ConfirmationCode });
    },
  ],
  [
    sdk.ExpiredCodeException,
    'Invalid code provided, please request a code again.',
    () =>
      aws.confirmForgotPassword({
        ClientId,
        Username: 'ada',
        ConfirmationCode: '123456',
        Password: PASSWORD,
      }),
  ],
  [
    sdk.GroupExistsException,
    'A group with the name already exists',
    () => aws.createGroup({ UserPoolId, GroupName: 'admin' }),
  ],
  [
    sdk.UnsupportedUserStateException,
    /not FORCE_CHANGE_PASSWORD/,
    () => aws.adminCreateUser({ ...ada, MessageAction: 'RESEND' }),
  ],
  [
    sdk.InvalidParameterException,
    /^1 validation error detected: Value 'no pool' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    () => aws.listUsers({ UserPoolId: 'no pool' }),
  ],
  [
    sdk.InvalidParameterException,
    'Attributes did not conform to the schema: email: The attribute is required\n',
    () => aws.signUp({ ClientId, Username: 'bare', Password: PASSWORD }),
  ],
  [
    sdk.InvalidParameterException,
    'USER_PASSWORD_AUTH flow not enabled for this client',
    async () => {
      const made = await aws.createUserPoolClient({
        UserPoolId,
        ClientName: 'srp',
        ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      });
      return aws.initiateAuth({
        ClientId: made.UserPoolClient?.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD },
      });
    },
  ],
  [
    sdk.FeatureUnavailableInTierException,
    /LITE/,
    () =>
      aws.createUserPool({
        PoolName: 'small',
        UserPoolTier: 'LITE',
        Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 5 } },
      }),
  ],
];

suite('a refusal', () => {
  for (const [Exception, message, attempt] of refusals) {
    test(`${Exception.name}: ${String(message).slice(0, 80).trim()}`, async () => {
      await assert.rejects(attempt(), (error) => {
        assert(error instanceof Exception, String(error));
        assert.equal(error.name, Exception.name);
        if (typeof message === 'string') assert.equal(error.message, message);
        else assert.match(error.message, message);
        assert.equal(error.$fault, 'client');
        assert.equal(error.$metadata.httpStatusCode, 400);
        assert.equal(error.$metadata.attempts, 1);
        assert.match(error.$metadata.requestId ?? '', /^[0-9a-f-]{36}$/);
        return true;
      });
    });
  }

  test('for too many wrong passwords names the lockout, even with the right one', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await assert.rejects(signIn('bob', 'wrong'), { message: 'Incorrect username or password.' });
    }
    await assert.rejects(signIn('bob'), {
      name: 'NotAuthorizedException',
      message: 'Password attempts exceeded',
    });
  });
});

suite('a signature', () => {
  const listing = (client: sdk.CognitoIdentityProvider) => client.listUserPools({ MaxResults: 1 });
  const keyed = (accessKeyId: string, secretAccessKey: string) =>
    server.client({ credentials: { accessKeyId, secretAccessKey } });

  for (const [what, client, name] of [
    ['by the wrong secret', keyed('local', 'another'), 'InvalidSignatureException'],
    ['by a key that nobody made', keyed('AKIDNOBODY', 'local'), 'UnrecognizedClientException'],
  ] as const) {
    test(`${what} is refused at the first attempt`, async () => {
      await assert.rejects(listing(client), (error) => {
        assert(error instanceof sdk.CognitoIdentityProviderServiceException);
        assert.equal(error.name, name);
        assert.equal(error.$metadata.httpStatusCode, 400);
        assert.equal(error.$metadata.attempts, 1);
        assert(!error.message.includes('another'));
        return true;
      });
    });
  }

  test('for any region is accepted, and the pools of that region are listed', async () => {
    const elsewhere = server.client({ region: 'ap-south-1' });
    assert.deepEqual((await listing(elsewhere)).UserPools, []);
    const { UserPool } = await elsewhere.createUserPool({ PoolName: 'elsewhere' });
    assert.match(UserPool?.Id ?? '', /^ap-south-1_/);
    assert.equal((await listing(elsewhere)).UserPools?.length, 1);
    assert.equal((await listing(aws)).UserPools?.[0]?.Id, UserPoolId);
  });

  test('by a clock that is an hour wrong: the SDK finds the right time and succeeds', async () => {
    const late = server.client({ systemClockOffset: -3_600_000 });
    const { $metadata } = await listing(late);
    assert.equal($metadata.attempts, 2);
    assert.equal((await listing(late)).$metadata.attempts, 1);
  });

  test('is not required where people act for themselves', async () => {
    const anonymous = server.client({ credentials: undefined, signer: { sign: refuseToSign } });
    const { AuthenticationResult } = await anonymous.initiateAuth({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD },
    });
    const { Username } = await anonymous.getUser({
      AccessToken: AuthenticationResult?.AccessToken,
    });
    assert.equal(Username, 'ada');
  });
});

function refuseToSign(): never {
  throw new Error('this request needs no signature');
}

test('an operation that the server does not offer yet gets that answer, without a retry', async () => {
  await assert.rejects(aws.listTerms({ UserPoolId }), (error) => {
    assert(error instanceof sdk.CognitoIdentityProviderServiceException);
    assert.equal(error.name, 'UnknownOperationException');
    assert.equal(error.$metadata.attempts, 1);
    return true;
  });
});

test('many simultaneous requests are all answered, over kept-alive connections', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => aws.adminGetUser({ UserPoolId, Username: 'ada' })),
  );
  assert(
    answers.every(({ Username, $metadata }) => Username === 'ada' && $metadata.attempts === 1),
  );
  assert.equal(new Set(answers.map(({ $metadata }) => $metadata.requestId)).size, 200);
});

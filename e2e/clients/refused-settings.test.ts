/** Refusals that people reported from the live service, requested from this server with the unmodified AWS SDK. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, test } from 'node:test';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { startServer } from './server-under-test.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const PASSWORD = 'Passw0rd!x';

async function makePool(settings: Partial<sdk.CreateUserPoolCommandInput> = {}): Promise<string> {
  const { UserPool } = await aws.createUserPool({ PoolName: 'reports', ...settings });
  return UserPool?.Id ?? '';
}

async function makeClient(
  UserPoolId: string,
  settings: Partial<sdk.CreateUserPoolClientCommandInput> = {},
): Promise<sdk.UserPoolClientType> {
  const { UserPoolClient } = await aws.createUserPoolClient({
    UserPoolId,
    ClientName: 'reports',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    ...settings,
  });
  assert(UserPoolClient);
  return UserPoolClient;
}

const invalid = (message: string | RegExp) => ({ name: 'InvalidParameterException', message });

test('an app client that could never sign anybody up is refused, and so is a change to one', async () => {
  const UserPoolId = await makePool({
    Schema: [{ Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true }],
  });
  await assert.rejects(
    makeClient(UserPoolId, { WriteAttributes: ['given_name'] }),
    invalid('Invalid write attributes specified while creating a client'),
  );
  const { ClientId } = await makeClient(UserPoolId);
  await assert.rejects(
    aws.updateUserPoolClient({ UserPoolId, ClientId, WriteAttributes: ['email_verified'] }),
    invalid('Invalid write attributes specified while updating a client'),
  );
});

test('messages that could never be sent are refused together with the pool that would send them', async () => {
  await assert.rejects(
    makePool({ AutoVerifiedAttributes: ['phone_number'] }),
    invalid('SMS configuration is required when phone_number is selected for auto verification'),
  );
  await assert.rejects(
    makePool({
      AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: 'Welcome {username}' } },
    }),
    invalid(
      /^1 validation error detected: Value 'Welcome \{username\}' at 'adminCreateUserConfig\.inviteMessage\.emailMessage' failed to satisfy constraint: /,
    ),
  );
  await assert.rejects(
    makePool({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } }),
    invalid('Source ARN is required to use DEVELOPER email sending owner'),
  );
});

test('for a feature that the tier lacks, the refusal names it, with the exception that SDKs know', async () => {
  await assert.rejects(
    makePool({
      UserPoolTier: 'LITE',
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    }),
    (error) => {
      assert(error instanceof sdk.FeatureUnavailableInTierException);
      assert.equal(
        error.message,
        'The following features need to be disabled for the LITE pricing tier configured: Passwordless Sign-In',
      );
      return true;
    },
  );
});

test('disabled rotation is described with the grace period that Terraform computes', async () => {
  const UserPoolId = await makePool();
  const { ClientId } = await makeClient(UserPoolId, {
    RefreshTokenRotation: { Feature: 'DISABLED' },
  });
  const { UserPoolClient } = await aws.describeUserPoolClient({ UserPoolId, ClientId });
  assert.equal(UserPoolClient?.RefreshTokenRotation?.RetryGracePeriodSeconds, 0);
});

test('a refresh whose hash is over the typed address is told that the hash does not match', async () => {
  const UserPoolId = await makePool({ UsernameAttributes: ['email'] });
  const { ClientId = '', ClientSecret = '' } = await makeClient(UserPoolId, {
    GenerateSecret: true,
  });
  const Username = 'ann@example.com';
  await aws.adminCreateUser({ UserPoolId, Username, MessageAction: 'SUPPRESS' });
  await aws.adminSetUserPassword({ UserPoolId, Username, Password: PASSWORD, Permanent: true });
  const SECRET_HASH = createHmac('sha256', ClientSecret)
    .update(Username + ClientId)
    .digest('base64');
  const { AuthenticationResult } = await aws.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: Username, PASSWORD, SECRET_HASH },
  });
  await assert.rejects(
    aws.initiateAuth({
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '', SECRET_HASH },
    }),
    {
      name: 'NotAuthorizedException',
      message: `SecretHash does not match for the client: ${ClientId}`,
    },
  );
});

test('a pool outside the SDK’s region is not found', async () => {
  const UserPoolId = await makePool();
  const elsewhere = server.client({ region: 'us-east-1' });
  await assert.rejects(elsewhere.describeUserPool({ UserPoolId }), {
    name: 'ResourceNotFoundException',
    message: `User pool ${UserPoolId} does not exist.`,
  });
});

test('an update of one setting leaves policies and second factors alone', async () => {
  const UserPoolId = await makePool({
    Policies: { PasswordPolicy: { MinimumLength: 20 } },
    MfaConfiguration: 'OPTIONAL',
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' },
  });
  await aws.updateUserPool({ UserPoolId, DeletionProtection: 'INACTIVE' });
  const { UserPool } = await aws.describeUserPool({ UserPoolId });
  assert.equal(UserPool?.Policies?.PasswordPolicy?.MinimumLength, 20);
  assert.equal(UserPool.MfaConfiguration, 'OPTIONAL');
});

import assert from 'node:assert/strict';
import type {
  AuthFactorType,
  CognitoIdentityProvider,
} from '@aws-sdk/client-cognito-identity-provider';

/** Creates a pool in which people choose their first factor, with an app client for every way to sign in. */
export async function makeChoosingPool(
  aws: CognitoIdentityProvider,
  factors: readonly AuthFactorType[] = ['PASSWORD', 'EMAIL_OTP'],
): Promise<{ readonly UserPoolId: string; readonly ClientId: string }> {
  const { UserPool } = await aws.createUserPool({
    PoolName: 'choosing',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: [...factors] } },
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'test' },
  });
  const UserPoolId = UserPool?.Id;
  assert(UserPoolId);
  const { UserPoolClient } = await aws.createUserPoolClient({
    UserPoolId,
    ClientName: 'application',
    ExplicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_USER_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ],
  });
  assert(UserPoolClient?.ClientId);
  return { UserPoolId, ClientId: UserPoolClient.ClientId };
}

import type { TestContext } from 'node:test';
import type { AuthFactorType, ChallengeNameType, InputOf } from '@poolhouse/model';
import { openHarness } from './harness.ts';
import { addUser } from './signed-in.ts';
import { sms } from './sms-role.ts';

/** The addresses of the user `ann`. */
export const EMAIL = 'ann@example.com';
/** The same. */
export const PHONE = '+15550123456';

const everything = {
  ...{ email: EMAIL, email_verified: 'true' },
  ...{ phone_number: PHONE, phone_number_verified: 'true' },
};

/** A pool with the user `ann`, who chooses how to sign in. */
export async function openChoosing(
  t: TestContext,
  allowed: readonly AuthFactorType[] = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
  client: Partial<InputOf<'CreateUserPoolClient'>> = {},
) {
  const harness = await openHarness(t);
  const made = await harness.makePool(
    {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: allowed } },
      SmsConfiguration: sms,
    },
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], ...client },
  );
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ann', everything);
  const start = (parameters: Readonly<Record<string, string>> = {}, USERNAME = 'ann') =>
    harness.call('InitiateAuth', {
      ...{ ClientId, AuthFlow: 'USER_AUTH' },
      AuthParameters: { USERNAME, ...parameters },
    });
  const answering = (
    Session: string | undefined,
    ChallengeName: ChallengeNameType,
    responses: Readonly<Record<string, string>>,
    USERNAME = 'ann',
  ): InputOf<'RespondToAuthChallenge'> => ({
    ...{ ClientId, ChallengeName, Session },
    ChallengeResponses: { USERNAME, ...responses },
  });
  const answer = (...given: Parameters<typeof answering>) =>
    harness.call('RespondToAuthChallenge', answering(...given));
  return { harness, made, user: { UserPoolId, Username: 'ann' }, start, answering, answer };
}

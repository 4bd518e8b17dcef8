import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE } from '../testing/choosing.ts';
import { openHarness } from '../testing/harness.ts';
import { addUser, goodPassword, signIn } from '../testing/signed-in.ts';

const OLD = ['NotAuthorizedException', 'Sign in again to do this.'] as const;

test('an address is neither changed nor deleted long after the sign-in: it may be the second factor (security.md M05)', async (t) => {
  const harness = await openHarness(t, { freshSignInMs: 300_000 });
  const made = await harness.makePool();
  await addUser(harness, made, 'ann', { phone_number: PHONE, phone_number_verified: 'true' });
  const { AccessToken } = await signIn(harness, made, 'ann');
  harness.advance(301_000);
  const moved = { AccessToken, UserAttributes: [{ Name: 'phone_number', Value: '+15550999999' }] };
  await harness.refuses('UpdateUserAttributes', moved, ...OLD);
  const gone = { AccessToken, UserAttributeNames: ['phone_number'] };
  await harness.refuses('DeleteUserAttributes', gone, ...OLD);
  const UserAttributes = [{ Name: 'name', Value: 'Ann' }];
  await harness.call('UpdateUserAttributes', { AccessToken, UserAttributes });
});

test('nor does who has no password get one', async (t) => {
  const harness = await openHarness(t, { freshSignInMs: 300_000 });
  const { ClientId } = await harness.makePool(
    {
      AutoVerifiedAttributes: ['email'],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    },
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
  );
  const bob = { ClientId, Username: 'bob' };
  const email = 'bob@example.com';
  await harness.call('SignUp', { ...bob, UserAttributes: [{ Name: 'email', Value: email }] });
  const ConfirmationCode = await harness.code(email);
  const { Session } = await harness.call('ConfirmSignUp', { ...bob, ConfirmationCode });
  const AuthParameters = { USERNAME: 'bob' };
  const start = { ClientId, Session, AuthFlow: 'USER_AUTH', AuthParameters } as const;
  const { AccessToken } = (await harness.call('InitiateAuth', start)).AuthenticationResult ?? {};
  assert(AccessToken);
  harness.advance(301_000);
  const change = { AccessToken, ProposedPassword: goodPassword };
  await harness.refuses('ChangePassword', change, ...OLD);
});

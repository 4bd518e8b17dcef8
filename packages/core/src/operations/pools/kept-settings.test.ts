import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf, UserPoolType } from '@poolhouse/model';
import { openHarness, type Harness } from '../../testing/harness.ts';

/* Which members an UpdateUserPool that leaves them out keeps, and which it resets. Source: settings.md 3#9 to 3#11. */

const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' };
const shownSms = { ...SmsConfiguration, SnsRegion: 'eu-west-1' };

async function update(
  harness: Harness,
  UserPoolId: string,
  given: Omit<InputOf<'UpdateUserPool'>, 'UserPoolId'>,
): Promise<UserPoolType> {
  await harness.call('UpdateUserPool', { UserPoolId, ...given });
  const { UserPool } = await harness.call('DescribeUserPool', { UserPoolId });
  assert(UserPool);
  return UserPool;
}

test('both policies stay, each by itself; what a given one leaves out is false', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({
    Policies: {
      PasswordPolicy: {
        MinimumLength: 12,
        RequireSymbols: true,
        PasswordHistorySize: 4,
        TemporaryPasswordValidityDays: 3,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] },
    },
  });
  const PasswordPolicy = {
    MinimumLength: 12,
    RequireUppercase: false,
    RequireLowercase: false,
    RequireNumbers: false,
    RequireSymbols: true,
    PasswordHistorySize: 4,
    TemporaryPasswordValidityDays: 3,
  };
  const SignInPolicy = { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] };
  const plain = await update(harness, UserPoolId, { PoolName: 'renamed' });
  assert.deepEqual(plain.Policies, { PasswordPolicy, SignInPolicy });
  assert.equal(plain.AdminCreateUserConfig?.UnusedAccountValidityDays, 3);

  const signIn = { AllowedFirstAuthFactors: ['PASSWORD' as const] };
  const factors = await update(harness, UserPoolId, { Policies: { SignInPolicy: signIn } });
  assert.deepEqual(factors.Policies, { PasswordPolicy, SignInPolicy: signIn });

  await update(harness, UserPoolId, { Policies: { SignInPolicy: SignInPolicy as never } });
  const password = await update(harness, UserPoolId, {
    Policies: { PasswordPolicy: { RequireNumbers: true } },
  });
  assert.deepEqual(password.Policies, {
    PasswordPolicy: {
      MinimumLength: 8,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: true,
      RequireSymbols: false,
      TemporaryPasswordValidityDays: 7,
    },
    SignInPolicy,
  });
  const days = await update(harness, UserPoolId, {
    AdminCreateUserConfig: { UnusedAccountValidityDays: 30 },
  });
  assert.equal(days.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays, 30);
  assert.equal(days.Policies.PasswordPolicy.RequireNumbers, true);
});

test('multi-factor authentication stays, with the SMS that it is sent by, until it is turned off', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({ MfaConfiguration: 'OPTIONAL', SmsConfiguration });
  const plain = await update(harness, UserPoolId, { PoolName: 'renamed' });
  assert.equal(plain.MfaConfiguration, 'OPTIONAL');
  assert.deepEqual(plain.SmsConfiguration, shownSms);
  // A factor is there already, so that it may be demanded, and phones may be verified.
  const on = await update(harness, UserPoolId, {
    MfaConfiguration: 'ON',
    AutoVerifiedAttributes: ['phone_number'],
  });
  assert.equal(on.MfaConfiguration, 'ON');
  const off = await update(harness, UserPoolId, { MfaConfiguration: 'OFF' });
  assert.equal(off.MfaConfiguration, 'OFF');
  assert.equal(off.SmsConfiguration, undefined);
  await harness.refuses(
    'UpdateUserPool',
    { UserPoolId, MfaConfiguration: 'ON' },
    'InvalidParameterException',
    'Cannot turn MFA functionality ON, once the user pool has been created.',
  );
});

test('what was measured to be reset is reset', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({
    AutoVerifiedAttributes: ['email'],
    LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:000000000000:function:a' },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    UserPoolTier: 'PLUS',
    UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
  });
  const pool = await update(harness, UserPoolId, { UserPoolTier: 'PLUS' });
  assert.equal(pool.AutoVerifiedAttributes, undefined);
  assert.deepEqual(pool.LambdaConfig, {});
  assert.equal(pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly, false);
  assert.equal(pool.UserPoolAddOns, undefined);
});

test('what is kept is held against what is new', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({
    SmsConfiguration,
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } },
  });
  const before = await harness.call('DescribeUserPool', { UserPoolId });
  await harness.refuses(
    'UpdateUserPool',
    { UserPoolId, PoolName: 'without SMS' },
    'InvalidParameterException',
    'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration',
  );
  await harness.refuses(
    'UpdateUserPool',
    { UserPoolId, SmsConfiguration, UserPoolTier: 'LITE' },
    'FeatureUnavailableInTierException',
    'The following features need to be disabled for the LITE pricing tier configured: Passwordless Sign-In',
  );
  assert.deepEqual(await harness.call('DescribeUserPool', { UserPoolId }), before);
});

test('a described pool can be written back as it is', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({
    AutoVerifiedAttributes: ['email', 'phone_number'],
    MfaConfiguration: 'OPTIONAL',
    SmsConfiguration,
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
  });
  const { UserPool } = await harness.call('DescribeUserPool', { UserPoolId });
  assert(UserPool);
  await harness.call('UpdateUserPool', { ...(UserPool as object), UserPoolId });
  assert.deepEqual((await harness.call('DescribeUserPool', { UserPoolId })).UserPool, UserPool);
});

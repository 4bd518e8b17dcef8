import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf, UserPoolType } from '@poolhouse/model';
import { openHouse, type House } from '../../testing/house.ts';

/* Which members an UpdateUserPool that leaves them out keeps, and which it resets. Source: settings.md 3#9 to 3#11. */

const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' };
const shownSms = { ...SmsConfiguration, SnsRegion: 'eu-west-1' };

async function update(
  house: House,
  UserPoolId: string,
  given: Omit<InputOf<'UpdateUserPool'>, 'UserPoolId'>,
): Promise<UserPoolType> {
  await house.call('UpdateUserPool', { UserPoolId, ...given });
  const { UserPool } = await house.call('DescribeUserPool', { UserPoolId });
  assert(UserPool);
  return UserPool;
}

test('both policies stay, each by itself; what a given one leaves out is false', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool({
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
  const plain = await update(house, UserPoolId, { PoolName: 'renamed' });
  assert.deepEqual(plain.Policies, { PasswordPolicy, SignInPolicy });
  assert.equal(plain.AdminCreateUserConfig?.UnusedAccountValidityDays, 3);

  const signIn = { AllowedFirstAuthFactors: ['PASSWORD' as const] };
  const factors = await update(house, UserPoolId, { Policies: { SignInPolicy: signIn } });
  assert.deepEqual(factors.Policies, { PasswordPolicy, SignInPolicy: signIn });

  await update(house, UserPoolId, { Policies: { SignInPolicy: SignInPolicy as never } });
  const password = await update(house, UserPoolId, {
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
  const days = await update(house, UserPoolId, {
    AdminCreateUserConfig: { UnusedAccountValidityDays: 30 },
  });
  assert.equal(days.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays, 30);
  assert.equal(days.Policies.PasswordPolicy.RequireNumbers, true);
});

test('multi-factor authentication stays, with the SMS that it is sent by, until it is turned off', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool({ MfaConfiguration: 'OPTIONAL', SmsConfiguration });
  const plain = await update(house, UserPoolId, { PoolName: 'renamed' });
  assert.equal(plain.MfaConfiguration, 'OPTIONAL');
  assert.deepEqual(plain.SmsConfiguration, shownSms);
  // A factor is there already, so that it may be demanded, and phones may be verified.
  const on = await update(house, UserPoolId, {
    MfaConfiguration: 'ON',
    AutoVerifiedAttributes: ['phone_number'],
  });
  assert.equal(on.MfaConfiguration, 'ON');
  const off = await update(house, UserPoolId, { MfaConfiguration: 'OFF' });
  assert.equal(off.MfaConfiguration, 'OFF');
  assert.equal(off.SmsConfiguration, undefined);
  await house.refuses(
    'UpdateUserPool',
    { UserPoolId, MfaConfiguration: 'ON' },
    'InvalidParameterException',
    'Cannot turn MFA functionality ON, once the user pool has been created.',
  );
});

test('what was measured to be reset is reset', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool({
    AutoVerifiedAttributes: ['email'],
    LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:000000000000:function:a' },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    UserPoolTier: 'PLUS',
    UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
  });
  const pool = await update(house, UserPoolId, { UserPoolTier: 'PLUS' });
  assert.equal(pool.AutoVerifiedAttributes, undefined);
  assert.deepEqual(pool.LambdaConfig, {});
  assert.equal(pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly, false);
  assert.equal(pool.UserPoolAddOns, undefined);
});

test('what is kept is held against what is new', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool({
    SmsConfiguration,
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } },
  });
  const before = await house.call('DescribeUserPool', { UserPoolId });
  await house.refuses(
    'UpdateUserPool',
    { UserPoolId, PoolName: 'without SMS' },
    'InvalidParameterException',
    'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration',
  );
  await house.refuses(
    'UpdateUserPool',
    { UserPoolId, SmsConfiguration, UserPoolTier: 'LITE' },
    'FeatureUnavailableInTierException',
    'The following features need to be disabled for the LITE pricing tier configured: Passwordless Sign-In',
  );
  assert.deepEqual(await house.call('DescribeUserPool', { UserPoolId }), before);
});

test('a described pool can be written back as it is', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId } = await house.makePool({
    AutoVerifiedAttributes: ['email', 'phone_number'],
    MfaConfiguration: 'OPTIONAL',
    SmsConfiguration,
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
  });
  const { UserPool } = await house.call('DescribeUserPool', { UserPoolId });
  assert(UserPool);
  await house.call('UpdateUserPool', { ...(UserPool as object), UserPoolId });
  assert.deepEqual((await house.call('DescribeUserPool', { UserPoolId })).UserPool, UserPool);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';
import { sms } from '../../testing/sms-role.ts';

type Given = Omit<InputOf<'SetUserPoolMfaConfig'>, 'UserPoolId'>;

const SMS = { SmsConfiguration: sms };
const TOTP = { Enabled: true };
const together =
  "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.";
const none =
  "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.";

/** Source: settings.md 3; behaviour.md 3.4. */
const refusals: readonly (readonly [string, Given, string, Partial<InputOf<'CreateUserPool'>>?])[] =
  [
    ['off and a factor', { SoftwareTokenMfaConfiguration: TOTP }, together],
    [
      'off and a factor that is off',
      { MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: false } },
      together,
    ],
    ['off and mails', { MfaConfiguration: 'OFF', EmailMfaConfiguration: {} }, together],
    ['required without a factor', { MfaConfiguration: 'ON' }, none],
    ['optional without a factor', { MfaConfiguration: 'OPTIONAL' }, none],
    [
      'optional with a factor that is off',
      { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: false } },
      none,
    ],
    [
      'passkeys alone',
      { MfaConfiguration: 'OPTIONAL', WebAuthnConfiguration: { UserVerification: 'required' } },
      'Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.',
    ],
    [
      'text messages without a way to send them',
      { MfaConfiguration: 'ON', SmsMfaConfiguration: {} },
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    ],
    [
      'codes as both factors',
      { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: TOTP },
      'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
    ],
    [
      'passkeys as the only factor',
      { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: TOTP },
      'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
    ],
    [
      'recovery by the phone of the second factor',
      { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: SMS },
      'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.',
      {
        AccountRecoverySetting: {
          RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }],
        },
      },
    ],
    [
      'recovery by the mailbox of the second factor',
      { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} },
      'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_email as a recovery mechanism when Email MFA is configured.',
      { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] } },
    ],
  ];

for (const [what, given, text, pool] of refusals) {
  test(`refused, and nothing is changed: ${what}`, async (t) => {
    const harness = await openHarness(t);
    const { UserPoolId } = await harness.makePool(pool);
    const before = await harness.call('DescribeUserPool', { UserPoolId });
    const input = { UserPoolId, ...given };
    await harness.refuses('SetUserPoolMfaConfig', input, 'InvalidParameterException', text);
    assert.deepEqual(await harness.call('DescribeUserPool', { UserPoolId }), before);
    const config = await harness.call('GetUserPoolMfaConfig', { UserPoolId });
    assert.deepEqual(config, { MfaConfiguration: 'OFF' });
  });
}

test('what is set is answered and read; what is left out is off', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const all = {
    MfaConfiguration: 'OPTIONAL',
    SmsMfaConfiguration: { ...SMS, SmsAuthenticationMessage: 'Shop: {####}' },
    SoftwareTokenMfaConfiguration: TOTP,
    EmailMfaConfiguration: { Message: 'Shop: {####}', Subject: 'Shop' },
    WebAuthnConfiguration: { RelyingPartyId: 'shop.example', UserVerification: 'preferred' },
  } as const;
  const shown = {
    ...all,
    SmsMfaConfiguration: {
      ...all.SmsMfaConfiguration,
      SmsConfiguration: { ...sms, SnsRegion: 'eu-west-1' },
    },
    WebAuthnConfiguration: { ...all.WebAuthnConfiguration, FactorConfiguration: 'SINGLE_FACTOR' },
  };
  assert.deepEqual(await harness.call('SetUserPoolMfaConfig', { UserPoolId, ...all }), shown);
  assert.deepEqual(await harness.call('GetUserPoolMfaConfig', { UserPoolId }), shown);
  // UpdateUserPool leaves it alone, and turns MFA on now that there is a factor.
  await harness.call('UpdateUserPool', { UserPoolId, MfaConfiguration: 'ON' });
  assert.deepEqual(await harness.call('GetUserPoolMfaConfig', { UserPoolId }), {
    ...shown,
    MfaConfiguration: 'ON',
  });
  const one = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: TOTP } as const;
  assert.deepEqual(await harness.call('SetUserPoolMfaConfig', { UserPoolId, ...one }), one);
  const off = { MfaConfiguration: 'OFF' } as const;
  assert.deepEqual(await harness.call('SetUserPoolMfaConfig', { UserPoolId }), off);
  assert.deepEqual(await harness.call('GetUserPoolMfaConfig', { UserPoolId }), off);
  await harness.refuses(
    'UpdateUserPool',
    { UserPoolId, MfaConfiguration: 'ON' },
    'InvalidParameterException',
  );
});

test('mails as a factor need a tier that has them', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({ UserPoolTier: 'LITE' });
  await harness.refuses(
    'SetUserPoolMfaConfig',
    { UserPoolId, MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} },
    'FeatureUnavailableInTierException',
    /Email MFA/,
  );
});

test('another pool stays as it is, and one that is not there is told', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const other = await harness.makePool();
  const given = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: TOTP } as const;
  await harness.call('SetUserPoolMfaConfig', { UserPoolId, ...given });
  const config = await harness.call('GetUserPoolMfaConfig', { UserPoolId: other.UserPoolId });
  assert.deepEqual(config, { MfaConfiguration: 'OFF' });
  const gone = { UserPoolId: 'eu-west-1_missing00', ...given };
  await harness.refuses('SetUserPoolMfaConfig', gone, 'ResourceNotFoundException');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

/* What CreateUserPool and UpdateUserPool refuse, with the texts of the service where they are known. Source: settings.md 2.2, 3. */

type Given = Omit<InputOf<'UpdateUserPool'>, 'UserPoolId'>;

const role = 'arn:aws:iam::123456789012:role/sms';
const sms = { SmsConfiguration: { SnsCallerArn: role } };
const identity = (region: string) =>
  `arn:aws:ses:${region}:123456789012:identity/hello@example.com`;
const lambda = (name: string, region = 'eu-west-1') =>
  `arn:aws:lambda:${region}:000000000000:function:${name}`;
const sender = { LambdaVersion: 'V1_0', LambdaArn: lambda('a') } as const;
const key = (region: string) => `arn:aws:kms:${region}:000000000000:key/a`;
const recovery = (...mechanisms: (readonly [string, number])[]) => ({
  AccountRecoverySetting: {
    RecoveryMechanisms: mechanisms.map(([Name, Priority]) => ({ Name: Name as never, Priority })),
  },
});
const factors = (...AllowedFirstAuthFactors: string[]) => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: AllowedFirstAuthFactors as never } },
});

const invalid: readonly (readonly [Given, string])[] = [
  [
    { AutoVerifiedAttributes: ['phone_number'] },
    'SMS configuration is required when phone_number is selected for auto verification',
  ],
  [
    { AutoVerifiedAttributes: ['email', 'phone_number'] },
    'SMS configuration is required when phone_number is selected for auto verification',
  ],
  [
    { MfaConfiguration: 'OPTIONAL' },
    'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
  ],
  [
    factors('PASSWORD', 'SMS_OTP'),
    'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration',
  ],
  [factors('EMAIL_OTP'), 'Password should be configured as one of the allowed first auth factors.'],
  [
    factors('PASSWORD', 'SOFTWARE_TOKEN'),
    'SOFTWARE_TOKEN is not supported in AllowedFirstAuthFactors.',
  ],
  [
    { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
    'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
  ],
  [
    {
      AutoVerifiedAttributes: ['phone_number'],
      UserAttributeUpdateSettings: {
        AttributesRequireVerificationBeforeUpdate: ['email', 'phone_number'],
      },
      ...sms,
    },
    'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
  ],
  [
    {
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 5 } },
      AdminCreateUserConfig: { UnusedAccountValidityDays: 6 },
    },
    'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
  ],
  [
    recovery(['admin_only', 1], ['verified_email', 2]),
    'Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.',
  ],
  [
    recovery(['verified_email', 1], ['verified_email', 2]),
    'Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.',
  ],
  [
    recovery(['verified_email', 1], ['verified_phone_number', 1]),
    'Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.',
  ],
  [
    { ...recovery(['verified_phone_number', 1]), MfaConfiguration: 'OPTIONAL', ...sms },
    'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.',
  ],
  [
    { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } },
    'Source ARN is required to use DEVELOPER email sending owner',
  ],
  [
    {
      EmailConfiguration: {
        EmailSendingAccount: 'COGNITO_DEFAULT',
        SourceArn: identity('us-east-1'),
      },
    },
    'Cognito is not allowed to use your email identity',
  ],
  [
    { EmailConfiguration: { SourceArn: identity('us-east-1') } },
    'Cognito is not allowed to use your email identity',
  ],
  [
    {
      EmailConfiguration: {
        EmailSendingAccount: 'DEVELOPER',
        SourceArn: identity('eu-central-1'),
      },
    },
    'Provided SourceArn must be in one of the following SES regions: eu-west-1, us-east-1, us-west-2.',
  ],
  [
    { EmailConfiguration: { From: 'a@example.com\r\nBcc: b@example.com' } },
    'Provided From email address is invalid',
  ],
  [{ EmailConfiguration: { From: 'Example <hello>' } }, 'Provided From email address is invalid'],
  [
    {
      LambdaConfig: {
        PreTokenGeneration: lambda('a'),
        PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: lambda('b') },
      },
    },
    "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
  ],
  [
    { LambdaConfig: { CustomEmailSender: sender } },
    'KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.',
  ],
  [
    { LambdaConfig: { CustomSMSSender: sender } },
    'KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.',
  ],
  [
    { LambdaConfig: { CustomEmailSender: sender, KMSKeyID: key('us-east-1') } },
    'Invalid arn us-east-1',
  ],
  [
    { LambdaConfig: { PostConfirmation: lambda('a'), PreSignUp: lambda('a', 'us-east-1') } },
    'Cross-region lambda functions are not supported',
  ],
  [
    {
      LambdaConfig: {
        PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: lambda('a', 'us-east-1') },
      },
    },
    'Cross-region lambda functions are not supported',
  ],
  [
    { SmsConfiguration: { SnsCallerArn: role, SnsRegion: 'us-east-1' } },
    'Invalid snsRegion. Allowed SNS region for eu-west-1 is eu-west-1',
  ],
  [
    { SmsConfiguration: { ExternalId: 'x' } },
    'Provide either SnsCallerArn or EumsSms in SmsConfiguration.',
  ],
  [
    { SmsConfiguration: { EumsSms: { CallerArn: role, Region: 'us-east-1' } } },
    "EumsSms must be in the user pool's Region.",
  ],
  [
    { KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY' } },
    'KmsKeyArn is required for CUSTOMER_MANAGED_KEY.',
  ],
  [
    { UserPoolTags: { 'aws:x': '1' } },
    'aws: prefixed tag key names are not allowed for external use.',
  ],
];

const LITE = { UserPoolTier: 'LITE' } as const;
const disable = (tier: string) =>
  `The following features need to be disabled for the ${tier} pricing tier configured: `;
const aboveTier: readonly (readonly [Given, string])[] = [
  [{ ...LITE, ...factors('PASSWORD', 'EMAIL_OTP') }, `${disable('LITE')}Passwordless Sign-In`],
  [{ ...LITE, ...factors('PASSWORD', 'WEB_AUTHN') }, `${disable('LITE')}Passwordless Sign-In`],
  [
    { ...LITE, ...sms, ...factors('PASSWORD', 'SMS_OTP') },
    `${disable('LITE')}Passwordless Sign-In`,
  ],
  ...(['V2_0', 'V3_0'] as const).map(
    (LambdaVersion) =>
      [
        {
          ...LITE,
          LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion, LambdaArn: lambda('a') } },
        },
        `${disable('LITE')}Token Customization with Pre-Token Generation Lambda ${LambdaVersion}`,
      ] as const,
  ),
  [
    { ...LITE, Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } },
    `${disable('LITE')}Password History`,
  ],
  [
    { UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } },
    `${disable('ESSENTIALS')}Threat Protection`,
  ],
  [
    {
      ...LITE,
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      ...factors('PASSWORD', 'EMAIL_OTP'),
    },
    `${disable('LITE')}Passwordless Sign-In, Threat Protection`,
  ],
];

test('what does not fit is refused, when a pool is made and when it changes, with nothing done', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const before = await harness.call('DescribeUserPool', { UserPoolId });
  const refuse = async (given: Given, code: string, text: string) => {
    await harness.refuses('CreateUserPool', { PoolName: 'x', ...given }, code, text);
    await harness.refuses('UpdateUserPool', { UserPoolId, ...given }, code, text);
  };
  for (const [given, text] of invalid) await refuse(given, 'InvalidParameterException', text);
  for (const [given, text] of aboveTier) {
    await refuse(given, 'FeatureUnavailableInTierException', text);
  }
  assert.deepEqual(await harness.call('DescribeUserPool', { UserPoolId }), before);
  const { UserPools } = await harness.call('ListUserPools', { MaxResults: 60 });
  assert.equal(UserPools?.length, 1);
});

test('only one kind of names may be set, and multi-factor authentication comes on after a factor', async (t) => {
  const harness = await openHarness(t);
  await harness.refuses(
    'CreateUserPool',
    { PoolName: 'x', AliasAttributes: ['email'], UsernameAttributes: ['email'] },
    'InvalidParameterException',
    'Only one of the aliasAttributes or usernameAttributes can be set in a User pool.',
  );
  await harness.refuses(
    'CreateUserPool',
    { PoolName: 'x', MfaConfiguration: 'ON' },
    'InvalidParameterException',
    'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
  );
  const { UserPoolId } = await harness.makePool();
  await harness.refuses(
    'UpdateUserPool',
    { UserPoolId, MfaConfiguration: 'ON' },
    'InvalidParameterException',
    'Cannot turn MFA functionality ON, once the user pool has been created.',
  );
});

const accepted: readonly (readonly [string, Given])[] = [
  ['phones to verify, with SMS', { AutoVerifiedAttributes: ['phone_number'], ...sms }],
  ['codes by SMS, with SMS', { ...sms, ...factors('PASSWORD', 'SMS_OTP') }],
  [
    'a mail identity',
    {
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: identity('us-west-2') },
    },
  ],
  [
    'functions of another account',
    { LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:123456789012:function:a' } },
  ],
  [
    'two ways of recovery beside SMS as a second factor',
    {
      ...recovery(['verified_email', 1], ['verified_phone_number', 2]),
      MfaConfiguration: 'OPTIONAL',
      ...sms,
    },
  ],
  [
    'days that say the same twice, as pools are described',
    {
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 5 } },
      AdminCreateUserConfig: { UnusedAccountValidityDays: 5 },
    },
  ],
  ['the lowest tier with nothing above it', { ...LITE, ...factors('PASSWORD') }],
];

test('what the service accepts is accepted', async (t) => {
  const harness = await openHarness(t);
  for (const [what, given] of accepted) {
    const { UserPoolId } = await harness.makePool();
    await assert.doesNotReject(harness.call('CreateUserPool', { PoolName: 'x', ...given }), what);
    await assert.doesNotReject(harness.call('UpdateUserPool', { UserPoolId, ...given }), what);
  }
});

test('a region that AWS has not takes functions, keys and topics of any other', async (t) => {
  const harness = await openHarness(t);
  const caller = { kind: 'access-key', id: 'x', region: 'ph-local-1' } as const;
  const { UserPool } = await harness.call(
    'CreateUserPool',
    {
      PoolName: 'x',
      LambdaConfig: { CustomEmailSender: sender, KMSKeyID: key('us-east-1') },
      SmsConfiguration: { SnsCallerArn: role, SnsRegion: 'eu-west-1' },
    },
    caller,
  );
  assert.match(UserPool?.Id ?? '', /^ph-local-1_/);
});

test('what a request says is told before its pool is looked for, what depends on the pool after it', async (t) => {
  const harness = await openHarness(t);
  const UserPoolId = 'eu-west-1_none';
  await harness.refuses(
    'UpdateUserPool',
    { UserPoolId, EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } },
    'InvalidParameterException',
  );
  await harness.refuses(
    'UpdateUserPool',
    { UserPoolId, MfaConfiguration: 'ON' },
    'ResourceNotFoundException',
    'User pool eu-west-1_none does not exist.',
  );
});

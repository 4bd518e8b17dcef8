import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { createPool } from '../../pools/create-pool.ts';
import { serverContext } from '../../execute.ts';
import { Failure } from '../../failure.ts';
import { openHarness } from '../../testing/harness.ts';

type Input = Omit<InputOf<'CreateUserPool'>, 'PoolName'>;

test('a pool of which only the name is given has the defaults of the service', async (t) => {
  const harness = await openHarness(t);
  const { UserPool } = await harness.call('CreateUserPool', { PoolName: 'my pool' });
  assert(UserPool);
  const { Id, Arn, SchemaAttributes, ...rest } = UserPool;
  assert.match(Id ?? '', /^eu-west-1_[0-9A-Za-z]{9}$/);
  assert.equal(Arn, `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${Id}`);
  assert.equal(SchemaAttributes?.length, 21);
  assert.deepEqual(rest, {
    Name: 'my pool',
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireUppercase: true,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        TemporaryPasswordValidityDays: 7,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
    },
    AcrConfiguration: {
      Level1: { AcrValue: 'urn:cognito:loa:1' },
      Level2: { AcrValue: 'urn:cognito:loa:2' },
      Level3: { AcrValue: 'urn:cognito:loa:3' },
      Level4: { AcrValue: 'urn:cognito:loa:4' },
    },
    DeletionProtection: 'INACTIVE',
    LambdaConfig: {},
    LastModifiedDate: 1795424400,
    CreationDate: 1795424400,
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
    MfaConfiguration: 'OFF',
    EstimatedNumberOfUsers: 0,
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    UserPoolTags: {},
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
    UserPoolTier: 'ESSENTIALS',
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
    KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
  });
  assert.deepEqual(SchemaAttributes.at(-1), {
    Name: 'identities',
    AttributeDataType: 'String',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    StringAttributeConstraints: {},
  });
  const described = await harness.call('DescribeUserPool', { UserPoolId: Id ?? '' });
  assert.deepEqual(described.UserPool, UserPool);
  assert.doesNotMatch(JSON.stringify(UserPool), /null|allowsSrp/);
});

test('a pool has two signing keys of its own from the start', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const other = await harness.makePool();
  const keysOf = async (id: string) =>
    (await harness.world.signingKeys.of(id as never))?.jwks.map(({ kid }) => kid) ?? [];
  const kids = [...(await keysOf(UserPoolId)), ...(await keysOf(other.UserPoolId))];
  assert.equal(new Set(kids).size, 4);
});

const role = 'arn:aws:iam::000000000000:role/sms';
const lambda = (name: string) => `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;

const kept: readonly (readonly [string, Input, object])[] = [
  [
    'a given policy asks only for what it says',
    { Policies: { PasswordPolicy: { MinimumLength: 6, RequireNumbers: true } } },
    {
      Policies: {
        PasswordPolicy: {
          MinimumLength: 6,
          RequireUppercase: false,
          RequireLowercase: false,
          RequireNumbers: true,
          RequireSymbols: false,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
    },
  ],
  [
    'a template is mirrored to the older members and wins over them',
    {
      EmailVerificationMessage: 'old {####}',
      SmsVerificationMessage: 'sms {####}',
      VerificationMessageTemplate: { EmailMessage: 'new {####}', EmailSubject: 'New' },
    },
    {
      EmailVerificationMessage: 'new {####}',
      EmailVerificationSubject: 'New',
      SmsVerificationMessage: 'sms {####}',
      VerificationMessageTemplate: {
        EmailMessage: 'new {####}',
        EmailSubject: 'New',
        SmsMessage: 'sms {####}',
        DefaultEmailOption: 'CONFIRM_WITH_CODE',
      },
    },
  ],
  [
    "the region of SMS is the pool's own unless given",
    { MfaConfiguration: 'OPTIONAL', SmsConfiguration: { SnsCallerArn: role, ExternalId: 'x' } },
    {
      MfaConfiguration: 'OPTIONAL',
      SmsConfiguration: { SnsCallerArn: role, ExternalId: 'x', SnsRegion: 'eu-west-1' },
    },
  ],
  [
    'the older days of temporary passwords count where the policy has none',
    { AdminCreateUserConfig: { UnusedAccountValidityDays: 3, AllowAdminCreateUserOnly: true } },
    { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 3 } },
  ],
  [
    'both names of the pre token generation trigger agree',
    { LambdaConfig: { PreTokenGeneration: lambda('a'), PostConfirmation: lambda('b') } },
    {
      LambdaConfig: {
        PreTokenGeneration: lambda('a'),
        PostConfirmation: lambda('b'),
        PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: lambda('a') },
      },
    },
  ],
  [
    'settings of later steps are kept as given',
    {
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
      UserPoolTier: 'PLUS',
      IssuerConfiguration: { Type: 'ORIGINAL' },
      KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
      UsernameConfiguration: { CaseSensitive: false },
      UsernameAttributes: ['email', 'email'],
      AutoVerifiedAttributes: ['email'],
      AliasAttributes: [],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
      EmailConfiguration: { From: 'Example <hello@example.com>' },
      UserPoolTags: { team: 'blue' },
      DeletionProtection: 'ACTIVE',
    },
    {
      DeviceConfiguration: {
        ChallengeRequiredOnNewDevice: true,
        DeviceOnlyRememberedOnUserPrompt: false,
      },
      UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
      UserPoolTier: 'PLUS',
      IssuerConfiguration: { Type: 'ORIGINAL' },
      KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
      UsernameConfiguration: { CaseSensitive: false },
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      AliasAttributes: undefined,
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
      EmailConfiguration: {
        EmailSendingAccount: 'COGNITO_DEFAULT',
        From: 'Example <hello@example.com>',
      },
      UserPoolTags: { team: 'blue' },
      DeletionProtection: 'ACTIVE',
    },
  ],
];

test('settings are kept as given, with their defaults', async (t) => {
  const harness = await openHarness(t);
  for (const [what, input, expected] of kept) {
    const { UserPool } = await harness.call('CreateUserPool', { PoolName: 'x', ...input });
    for (const [member, value] of Object.entries(expected)) {
      assert.deepEqual(UserPool?.[member as keyof typeof UserPool], value, what);
    }
  }
});

test('a key that is limited to some pools makes none', async (t) => {
  const harness = await openHarness(t);
  const limited = { kind: 'access-key', id: 'x', region: 'eu-west-1', pools: [] } as const;
  await assert.rejects(
    harness.call('CreateUserPool', { PoolName: 'x' }, limited),
    (error) => error instanceof Failure && error.code === 'NotAuthorizedException',
  );
});

test('configuration may fix the id, which is then taken', async (t) => {
  const harness = await openHarness(t);
  const ctx = serverContext(harness.storage, harness.world);
  const pool = await createPool(ctx, { PoolName: 'x' }, { id: 'us-east-1_Fixed' });
  assert.equal(pool.region, 'us-east-1');
  const there = { kind: 'access-key', id: 'x', region: 'us-east-1' } as const;
  const { UserPool } = await harness.call(
    'DescribeUserPool',
    { UserPoolId: 'us-east-1_Fixed' },
    there,
  );
  assert.equal(UserPool?.Name, 'x');
  await assert.rejects(
    createPool(ctx, { PoolName: 'y' }, { id: 'us-east-1_Fixed' }),
    /User pool us-east-1_Fixed already exists\./,
  );
});

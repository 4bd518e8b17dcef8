import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserPoolType } from '@poolhouse/model';
import { issuerOf, recoveryOf, SettingsDraft } from './settings-draft.ts';

const pool: UserPoolType = {
  Id: 'local_aaaaaaaaa',
  Name: 'shop',
  Policies: {
    PasswordPolicy: {
      MinimumLength: 12,
      RequireLowercase: true,
      RequireUppercase: false,
      RequireNumbers: true,
      RequireSymbols: false,
      TemporaryPasswordValidityDays: 7,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
  },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    UnusedAccountValidityDays: 7,
    InviteMessageTemplate: { EmailSubject: 'Welcome' },
  },
  AutoVerifiedAttributes: ['email'],
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
  DeletionProtection: 'ACTIVE',
  UserPoolTags: { team: 'shop' },
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', From: 'a@example.com' },
  SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' },
  UserPoolTier: 'ESSENTIALS',
};
const draft = new SettingsDraft(pool);

test('saving an unchanged draft would leave the pool as it is', () => {
  assert.ok(!draft.isChanged);
  const { update } = draft;
  assert.equal(update.PoolName, undefined);
  assert.deepEqual(update.Policies?.SignInPolicy, pool.Policies?.SignInPolicy);
  assert.deepEqual(JSON.parse(JSON.stringify(update.Policies)), pool.Policies);
  assert.deepEqual(update.AdminCreateUserConfig, {
    AllowAdminCreateUserOnly: true,
    InviteMessageTemplate: { EmailSubject: 'Welcome' },
  });
  for (const name of [
    'AutoVerifiedAttributes',
    'AccountRecoverySetting',
    'DeletionProtection',
    'UserPoolTags',
    'EmailConfiguration',
    'SmsConfiguration',
    'UserPoolTier',
  ] as const) {
    assert.deepEqual(update[name], pool[name], name);
  }
});

test('what was edited is sent', () => {
  const { update } = draft
    .with({ name: 'web shop', selfSignUp: true, recovery: 'phone-then-email', isProtected: false })
    .with({ verifiesPhone: true, keepsOldAddress: true, history: '5' })
    .withTag(0, { value: 'web' });
  assert.equal(update.PoolName, 'web shop');
  assert.equal(update.AdminCreateUserConfig?.AllowAdminCreateUserOnly, false);
  assert.equal(update.DeletionProtection, 'INACTIVE');
  assert.deepEqual(update.UserPoolTags, { team: 'web' });
  assert.equal(update.Policies?.PasswordPolicy?.PasswordHistorySize, 5);
  assert.deepEqual(update.UserAttributeUpdateSettings, {
    AttributesRequireVerificationBeforeUpdate: ['email', 'phone_number'],
  });
  assert.deepEqual(
    update.AccountRecoverySetting?.RecoveryMechanisms?.map(({ Name }) => Name),
    ['verified_phone_number', 'verified_email'],
  );
});

test('the role that sends SMS changes with its external id, and takes it along when it goes', () => {
  const role = 'arn:aws:iam::123456789012:role/sms';
  const SmsConfiguration = { SnsCallerArn: role, ExternalId: 'shop', SnsRegion: 'eu-west-1' };
  const sends = new SettingsDraft({ ...pool, SmsConfiguration });
  assert.equal(sends.values.smsExternalId, 'shop');
  assert.deepEqual(sends.with({ smsExternalId: 'web' }).update.SmsConfiguration, {
    ...SmsConfiguration,
    ExternalId: 'web',
  });
  assert.deepEqual(sends.with({ name: 'other' }).update.SmsConfiguration, SmsConfiguration);
  assert.equal(sends.with({ smsRole: '' }).update.SmsConfiguration, undefined);
});

test('a pool that says nothing of recovery keeps saying nothing', () => {
  const silent = new SettingsDraft({ ...pool, AccountRecoverySetting: undefined });
  assert.equal(silent.values.recovery, 'unset');
  assert.equal(silent.update.AccountRecoverySetting, undefined);
  const mechanisms = [
    { Name: 'verified_email', Priority: 2 },
    { Name: 'verified_phone_number', Priority: 1 },
  ] as const;
  const AccountRecoverySetting = { RecoveryMechanisms: mechanisms };
  assert.equal(recoveryOf({ AccountRecoverySetting }), 'phone-then-email');
});

test('what the API would refuse is named at its field', () => {
  const cases = [
    [{ name: '' }, 'name', 'name'],
    [{ length: '5' }, 'length', 'length'],
    [{ length: '100' }, 'length', 'length'],
    [{ history: '25' }, 'history', 'history'],
    [{ temporaryDays: '0' }, 'temporaryDays', 'days'],
    [{ smsRole: 'sms' }, 'smsRole', 'sms-role'],
    [{ verifiesPhone: true, smsRole: '' }, 'smsRole', 'sms-needed'],
    [{ tags: [{ key: ' ', value: 'x' }] }, 'tags', 'tag-empty'],
    [
      {
        tags: [
          { key: 'a', value: '' },
          { key: 'a', value: '' },
        ],
      },
      'tags',
      'tag-twice',
    ],
    [{ tags: [{ key: 'aws:x', value: '' }] }, 'tags', 'tag-aws'],
  ] as const;
  for (const [values, field, problem] of cases) {
    assert.equal(draft.with(values).problems[field], problem, JSON.stringify(values));
  }
  assert.deepEqual(draft.problems, {});
});

test('the issuer is sent as it is, and in the words of the API when it was chosen anew', () => {
  assert.deepEqual([issuerOf(pool), draft.update.IssuerConfiguration], ['own', undefined]);
  const toAws = draft.with({ issuer: 'aws' });
  assert.ok(toAws.isChanged);
  assert.deepEqual(toAws.update.IssuerConfiguration, { Type: 'ORIGINAL' });
  assert.equal(toAws.with({ issuer: 'own' }).update.IssuerConfiguration, undefined);
  const original = new SettingsDraft({ ...pool, IssuerConfiguration: { Type: 'ORIGINAL' } });
  assert.equal(original.values.issuer, 'aws');
  assert.deepEqual(original.update.IssuerConfiguration, { Type: 'ORIGINAL' });
  assert.deepEqual(original.with({ issuer: 'own' }).update.IssuerConfiguration, {
    Type: 'UPDATED',
  });
});

test('phones are verified once the pool can send SMS, by a role or in the newer way', () => {
  const silent = new SettingsDraft({ ...pool, SmsConfiguration: undefined });
  assert.deepEqual(silent.problems, {});
  assert.equal(silent.update.SmsConfiguration, undefined);
  const asked = silent.with({ verifiesPhone: true });
  assert.equal(asked.problems.smsRole, 'sms-needed');
  const role = 'arn:aws:iam::000000000000:role/sms';
  const given = asked.with({ smsRole: role });
  assert.deepEqual(given.problems, {});
  assert.equal(given.update.SmsConfiguration?.SnsCallerArn, role);
  const EumsSms = { CallerArn: role };
  const newer = new SettingsDraft({ ...pool, SmsConfiguration: { EumsSms } });
  assert.deepEqual(newer.with({ verifiesPhone: true }).problems, {});
  assert.deepEqual(newer.update.SmsConfiguration, { EumsSms });
});

test('what is the second factor is not the only way back in', () => {
  const sms = { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: {} } as const;
  const mail = { MfaConfiguration: 'ON', EmailMfaConfiguration: {} } as const;
  const app = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
  const byPhone = draft.with({ recovery: 'phone' });
  assert.equal(byPhone.recoveryProblem(sms), 'phone-twice');
  assert.equal(draft.recoveryProblem(mail), 'mail-twice');
  for (const fine of [
    byPhone.recoveryProblem(app),
    byPhone.recoveryProblem(mail),
    draft.recoveryProblem(sms),
    draft.with({ recovery: 'phone-then-email' }).recoveryProblem({ ...sms, ...mail }),
  ]) {
    assert.equal(fine, undefined);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserPoolType } from '@poolhouse/model';
import { wholeUpdate } from './pool-update.ts';

const pool: UserPoolType = {
  Id: 'local_aaaaaaaaa',
  Name: 'shop',
  Arn: 'arn:x',
  SchemaAttributes: [{ Name: 'sub' }],
  AliasAttributes: ['email'],
  UsernameConfiguration: { CaseSensitive: false },
  EstimatedNumberOfUsers: 3,
  CreationDate: 1,
  LastModifiedDate: 2,
  Policies: { PasswordPolicy: { MinimumLength: 12, TemporaryPasswordValidityDays: 3 } },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 3 },
  UserPoolTags: { team: 'shop' },
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', From: 'a@example.com' },
  DeletionProtection: 'ACTIVE',
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
};

test('everything that may be changed is sent along, and nothing that is fixed', () => {
  const update = wholeUpdate(pool, { UserPoolTags: { team: 'web' } });
  const given = Object.fromEntries(
    Object.entries(update).filter(([, value]) => value !== undefined),
  );
  assert.deepEqual(given, {
    UserPoolId: 'local_aaaaaaaaa',
    Policies: pool.Policies,
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    UserPoolTags: { team: 'web' },
    EmailConfiguration: pool.EmailConfiguration,
    DeletionProtection: 'ACTIVE',
    VerificationMessageTemplate: pool.VerificationMessageTemplate,
  });
});

test('changing the days of temporary passwords does not meet the older member', () => {
  const Policies = { PasswordPolicy: { MinimumLength: 12, TemporaryPasswordValidityDays: 9 } };
  const update = wholeUpdate(pool, { Policies });
  assert.equal(update.AdminCreateUserConfig?.UnusedAccountValidityDays, undefined);
  assert.equal(update.Policies, Policies);
});

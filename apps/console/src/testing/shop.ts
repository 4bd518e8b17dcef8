import type { UserPoolType } from '@poolhouse/model';
import type { Role } from '../app/api/session';
import { FakeServer } from './fake-server';

/** The pool that tests are about. */
export const SHOP: UserPoolType = {
  Id: 'local_shop00001',
  Name: 'shop',
  EstimatedNumberOfUsers: 2,
  CreationDate: 1_700_000_000,
  LastModifiedDate: 1_700_000_000,
  AliasAttributes: ['email'],
  AutoVerifiedAttributes: ['email'],
  UsernameConfiguration: { CaseSensitive: false },
  SchemaAttributes: [
    { Name: 'sub', AttributeDataType: 'String', Required: true, Mutable: false },
    { Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true },
    { Name: 'name', AttributeDataType: 'String', Required: false, Mutable: true },
    { Name: 'custom:plan', AttributeDataType: 'String', Required: false, Mutable: true },
  ],
  Policies: { PasswordPolicy: { MinimumLength: 8, TemporaryPasswordValidityDays: 7 } },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
  DeletionProtection: 'INACTIVE',
};

/** A server that knows the pool, and whoever is signed in. */
export function shopServer(role: Role = 'owner', pool: Partial<UserPoolType> = {}): FakeServer {
  return new FakeServer(role)
    .on('DescribeUserPool', { UserPool: { ...SHOP, ...pool } })
    .on('GetUserPoolMfaConfig', { MfaConfiguration: pool.MfaConfiguration ?? 'OFF' })
    .on('ListUserPools', { UserPools: [{ Id: SHOP.Id, Name: SHOP.Name }] });
}

import type { AdminGetUserResponse } from '@poolhouse/model';
import type { ListedUser } from '../../shared/lists/user-shown.ts';
import type { FakeServer } from '../../../testing/fake-server';
import { SHOP, shopServer } from '../../../testing/shop';

/** Where the console asks for lists of users. */
export const LIST = `POST pools/${SHOP.Id}/users/list`;
/** Where it asks for the passkeys of one. */
export const PASSKEYS = `POST pools/${SHOP.Id}/passkeys/list`;
/** The address of the list. */
export const USERS = `/p/${SHOP.Id}/users`;

/** A confirmed user of this name. */
export function listed(Username: string, parts: Partial<ListedUser> = {}): ListedUser {
  return {
    Username,
    UserStatus: 'CONFIRMED',
    Enabled: true,
    UserCreateDate: 1_700_000_000,
    Attributes: attributesOf(Username),
    ...parts,
  };
}

/** The same as AdminGetUser has it. */
export function described(parts: Partial<AdminGetUserResponse> = {}): AdminGetUserResponse {
  return {
    Username: 'ann',
    UserStatus: 'CONFIRMED',
    Enabled: true,
    UserCreateDate: 1_700_000_000,
    UserLastModifiedDate: 1_700_000_000,
    UserAttributes: attributesOf('ann'),
    ...parts,
  };
}

/** A server whose pool has these users. */
export function peopleServer({
  users = [listed('ann'), listed('ben')],
  server = shopServer(),
}: { users?: readonly ListedUser[]; server?: FakeServer } = {}): FakeServer {
  return server
    .at(LIST, () => ({ users }))
    .on('AdminGetUser', () => described())
    .on('AdminGetUserAuthFactors', {
      Username: 'ann',
      ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP'],
    })
    .at(PASSKEYS, () => ({ passkeys: [] }))
    .on('AdminListDevices', { Devices: [] })
    .on('GetUserPoolSessionConfiguration', { UserSessionTracking: 'DISABLED' })
    .on('AdminListGroupsForUser', { Groups: [] })
    .on('ListGroups', { Groups: [{ GroupName: 'staff' }, { GroupName: 'testers' }] });
}

function attributesOf(name: string) {
  return [
    { Name: 'sub', Value: `sub-of-${name}` },
    { Name: 'email', Value: `${name}@example.com` },
    { Name: 'email_verified', Value: 'true' },
  ];
}

import { inject, Injectable } from '@angular/core';
import type { GroupType, OperationName } from '@poolhouse/model';
import { ConsoleApi } from '../../api/console-api';
import { waysTo } from './ways-to';

/** What can be done with one user, or with many. */
export type UserAction =
  'enable' | 'disable' | 'confirm' | 'reset' | 'sign-out' | 'resend' | 'add-to-group' | 'delete';

/** The operation behind each action, whose role decides who may. */
export const operationOf: Readonly<Record<UserAction, OperationName>> = {
  enable: 'AdminEnableUser',
  disable: 'AdminDisableUser',
  confirm: 'AdminConfirmSignUp',
  reset: 'AdminResetUserPassword',
  'sign-out': 'AdminUserGlobalSignOut',
  resend: 'AdminCreateUser',
  'add-to-group': 'AdminAddUserToGroup',
  delete: 'AdminDeleteUser',
};

const PAGE = 60;

/** Does things with users through the API. */
@Injectable({ providedIn: 'root' })
export class UserActions {
  readonly #api = inject(ConsoleApi);

  /** Does one thing with one user. `group` is for `add-to-group`. */
  async run(action: UserAction, UserPoolId: string, Username: string, group = ''): Promise<void> {
    const user = { UserPoolId, Username };
    switch (action) {
      case 'enable':
        return void (await this.#api.call('AdminEnableUser', user));
      case 'disable':
        return void (await this.#api.call('AdminDisableUser', user));
      case 'confirm':
        return void (await this.#api.call('AdminConfirmSignUp', user));
      case 'reset':
        return void (await this.#api.call('AdminResetUserPassword', user));
      case 'sign-out':
        return void (await this.#api.call('AdminUserGlobalSignOut', user));
      case 'resend':
        return this.#resend(user);
      case 'add-to-group':
        return void (await this.#api.call('AdminAddUserToGroup', { ...user, GroupName: group }));
      case 'delete':
        return void (await this.#api.call('AdminDeleteUser', user));
    }
  }

  async removeFromGroup(UserPoolId: string, Username: string, GroupName: string): Promise<void> {
    await this.#api.call('AdminRemoveUserFromGroup', { UserPoolId, Username, GroupName });
  }

  /** All groups of a pool, up to the most that a choice can show. */
  async groups(UserPoolId: string, most = 600): Promise<readonly GroupType[]> {
    return this.#all(most, (NextToken) =>
      this.#api.call('ListGroups', { UserPoolId, Limit: PAGE, NextToken }),
    );
  }

  /** All groups of a user. */
  async groupsOf(UserPoolId: string, Username: string): Promise<readonly GroupType[]> {
    return this.#all(200, (NextToken) =>
      this.#api.call('AdminListGroupsForUser', { UserPoolId, Username, Limit: PAGE, NextToken }),
    );
  }

  async #resend(user: { readonly UserPoolId: string; readonly Username: string }): Promise<void> {
    const { UserAttributes = [] } = await this.#api.call('AdminGetUser', user);
    const DesiredDeliveryMediums = waysTo(UserAttributes);
    await this.#api.call('AdminCreateUser', {
      ...user,
      MessageAction: 'RESEND',
      DesiredDeliveryMediums,
    });
  }

  async #all(
    most: number,
    page: (
      token: string | undefined,
    ) => Promise<{ readonly Groups?: readonly GroupType[]; readonly NextToken?: string }>,
  ): Promise<readonly GroupType[]> {
    const all: GroupType[] = [];
    let token: string | undefined;
    do {
      const { Groups = [], NextToken } = await page(token);
      all.push(...Groups);
      token = NextToken;
    } while (token !== undefined && all.length < most);
    return all;
  }
}

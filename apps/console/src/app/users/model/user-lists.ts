import { inject, Injectable } from '@angular/core';
import { ConsoleApi } from '../../api/console-api';
import type { FetchUsers } from '../../shared/lists/user-pages.ts';
import type { UserSort } from '../../shared/lists/user-query.ts';
import type { ListedUser } from '../../shared/lists/user-shown.ts';

interface Answer {
  readonly users: readonly ListedUser[];
  readonly next?: string;
}

/** The server's lists of users for the console: in an order, with the last sign-in of each. */
@Injectable({ providedIn: 'root' })
export class UserLists {
  readonly #api = inject(ConsoleApi);

  /** Reads pages of a pool's users, in an order where there is one. */
  pagesOf(poolId: string, sort: UserSort | undefined): FetchUsers {
    return async (filter, token, limit) => {
      const path = `pools/${encodeURIComponent(poolId)}/users/list`;
      const { users, next } = await this.#api.write<Answer>(path, { filter, sort, token, limit });
      return { users, next };
    };
  }

  /** When a user signed in last, as {@link ListedUser} has it. */
  async lastSignInOf(poolId: string, sub: string): Promise<number | undefined> {
    const { users } = await this.pagesOf(poolId, undefined)(`sub = "${sub}"`, undefined, 1);
    return users[0]?.LastSignInDate;
  }
}

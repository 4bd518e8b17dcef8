import { computed, inject, Injectable, resource, signal } from '@angular/core';
import { Router } from '@angular/router';
import { ConsoleApi } from '../../api/console-api';
import { Sessions } from '../../api/session';
import { Commands, type Command } from '../../shared/commands';
import { CurrentPool } from '../../shared/pieces/current-pool';
import { segmentOf } from '../../shared/checks/path-segment.ts';
import { userPages } from '../../shared/lists/user-pages.ts';
import { UserQuery } from '../../shared/lists/user-query.ts';
import { shownUser } from '../../shared/lists/user-shown.ts';

/** The most that the API answers of groups and app clients at once: enough to choose from by name. */
const MOST = 60;
/** More users than that are for their own page. */
const MOST_USERS = 8;
/** One letter finds everybody. */
const SHORTEST = 2;

/** What of the current pool the palette leads to. Read while it is open. */
@Injectable({ providedIn: 'root' })
export class FoundRecords {
  readonly #api = inject(ConsoleApi);
  readonly #router = inject(Router);
  readonly #sessions = inject(Sessions);
  readonly #pool = inject(CurrentPool);
  readonly #commands = inject(Commands);
  /** The pool whose records are wanted; none while the palette is closed. */
  readonly #wanted = computed(() => (this.#commands.isOpen() ? this.#pool.id() : undefined));
  readonly #text = signal('');
  /** What `users` were looked for with. */
  readonly text = this.#text.asReadonly();

  readonly #lists = resource({
    params: () => this.#wanted(),
    loader: async ({ params: UserPoolId, abortSignal: signal }) => {
      const [groups, clients] = await Promise.all([
        this.#may('ListGroups')
          ? this.#api.call('ListGroups', { UserPoolId, Limit: MOST }, { signal })
          : undefined,
        this.#may('ListUserPoolClients')
          ? this.#api.call('ListUserPoolClients', { UserPoolId, MaxResults: MOST }, { signal })
          : undefined,
      ]);
      return [
        ...(groups?.Groups ?? []).map(({ GroupName = '', Description }) =>
          this.#to(UserPoolId, 'groups', GroupName, { title: GroupName, hint: Description }),
        ),
        ...(clients?.UserPoolClients ?? []).map(({ ClientId = '', ClientName = '' }) =>
          this.#to(UserPoolId, 'clients', ClientId, { title: ClientName, hint: ClientId }),
        ),
      ];
    },
  });
  readonly #people = resource({
    params: () => {
      const [pool, text] = [this.#wanted(), this.#text()];
      return pool && text.length >= SHORTEST && this.#may('ListUsers') ? { pool, text } : undefined;
    },
    loader: async ({ params: { pool: UserPoolId, text }, abortSignal: signal }) => {
      const pages = userPages(new UserQuery(text), async (Filter, PaginationToken, Limit) => {
        const input = { UserPoolId, Filter, PaginationToken, Limit };
        const { Users, PaginationToken: next } = await this.#api.call('ListUsers', input, {
          signal,
        });
        return { users: Users ?? [], next };
      });
      const { items } = await pages.page(1);
      return items
        .slice(0, MOST_USERS)
        .map(shownUser)
        .map(({ id, title, email }) =>
          this.#to(UserPoolId, 'users', id, { title, hint: email === title ? undefined : email }),
        );
    },
  });

  /** Groups and app clients, to be matched by their names. */
  readonly named = computed<readonly Command[]>(() =>
    this.#lists.hasValue() ? this.#lists.value() : [],
  );
  /** Users whom the server found for what is typed. */
  readonly users = computed<readonly Command[]>(() =>
    this.#people.hasValue() ? this.#people.value() : [],
  );
  readonly isLooking = computed(() => this.#people.isLoading() || this.#lists.isLoading());

  /** Looks for users. */
  find(text: string): void {
    this.#text.set(text.trim());
  }

  #may(operation: Parameters<Sessions['may']>[0]): boolean {
    return this.#sessions.may(operation);
  }

  #to(
    pool: string,
    page: keyof typeof KINDS,
    name: string,
    shown: { readonly title: string; readonly hint: string | undefined },
  ): Command {
    const run = () => this.#router.navigate(['/p', pool, page, segmentOf(name)]);
    return { title: shown.title, kind: KINDS[page], ...(shown.hint && { hint: shown.hint }), run };
  }
}

const KINDS = { users: 'User', groups: 'Group', clients: 'App client' } as const;

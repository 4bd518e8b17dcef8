import type { ElementRef } from '@angular/core';
import {
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { UserType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { Connection } from '../api/connection';
import { AfterTyping } from '../shared/after-typing';
import { CurrentPool } from '../shared/current-pool';
import { FailurePanel } from '../shared/failure-panel';
import { manageTexts } from '../shared/manage-texts';
import { Needs } from '../shared/needs';
import { PageList } from '../shared/page-list';
import { Pager } from '../shared/pager';
import { segmentOf } from '../shared/path-segment.ts';
import { SkeletonRows } from '../shared/skeleton-rows';
import type { TokenPage } from '../shared/token-pages.ts';
import { When } from '../shared/when';
import { BulkDialog } from './bulk-dialog';
import { CreateUser } from './create-user';
import { actionTexts, filterNames, searchNames, stateNames, userTexts } from './texts';
import { operationOf, type UserAction } from './user-actions';
import { userPages, type FetchUsers } from '../shared/user-pages.ts';
import { SEARCHES, STATES, UserQuery } from '../shared/user-query.ts';
import { shownUser, stateTones, type UserShown } from '../shared/user-shown.ts';

const TYPING_MS = 180;

/** The users of a pool: found as one types, a page at a time, one or many to be acted on. */
@Component({
  selector: 'pc-user-list',
  imports: [BulkDialog, CreateUser, FailurePanel, Needs, Pager, RouterLink, SkeletonRows, When],
  templateUrl: './user-list.html',
  styleUrl: './user-list.css',
})
export class UserList {
  readonly #api = inject(ConsoleApi);
  readonly #router = inject(Router);
  readonly poolId = input.required<string>();
  readonly q = input<string>();
  readonly by = input<string>();
  readonly state = input<string>();

  protected readonly texts = userTexts;
  protected readonly manage = manageTexts;
  protected readonly searches = SEARCHES;
  protected readonly states = STATES;
  protected readonly searchNames = searchNames;
  protected readonly filterNames = filterNames;
  protected readonly stateNames = stateNames;
  protected readonly tones = stateTones;
  protected readonly actions = actionTexts;
  protected readonly operationOf = operationOf;
  protected readonly segmentOf = segmentOf;
  protected readonly bulkActions: readonly UserAction[] = [
    'add-to-group',
    'enable',
    'disable',
    'reset',
    'sign-out',
    'delete',
  ];
  protected readonly current = inject(CurrentPool);

  protected readonly query = computed(() => {
    const url: Readonly<Record<string, string | undefined>> = {
      q: this.q(),
      by: this.by(),
      state: this.state(),
    };
    return UserQuery.fromUrl((name) => url[name] ?? null);
  });
  protected readonly list = new PageList(() =>
    userPages(this.query(), this.#fetchFrom(this.poolId())),
  );
  /** What was found last stays while one types on. */
  protected readonly page = linkedSignal<
    TokenPage<UserType> | undefined,
    TokenPage<UserType> | undefined
  >({
    source: this.list.page,
    computation: (page, before) => page ?? before?.value,
  });
  protected readonly rows = computed(() => (this.page()?.items ?? []).map(shownUser));
  /** What the chosen are called, by id. */
  protected readonly chosen = linkedSignal<string, ReadonlyMap<string, string>>({
    source: this.poolId,
    computation: () => new Map(),
  });
  protected readonly allChosen = computed(
    () => this.rows().length > 0 && this.rows().every(({ id }) => this.chosen().has(id)),
  );
  protected readonly someChosen = computed(() =>
    this.rows().some(({ id }) => this.chosen().has(id)),
  );
  protected readonly range = computed(() => {
    const page = this.page();
    if (page === undefined) return '';
    if (!this.query().isPaged) return this.texts.found(page.items.length);
    const total = this.query().isEverybody
      ? this.current.pool()?.EstimatedNumberOfUsers
      : undefined;
    return this.texts.range(
      page.items.length === 0 ? 0 : page.from + 1,
      page.from + page.items.length,
      total,
    );
  });
  protected readonly nobody: ReadonlyMap<string, string> = new Map();
  protected readonly creating = signal(false);
  protected readonly acting = signal<UserAction | undefined>(undefined);

  protected readonly searchField = viewChild<ElementRef<HTMLInputElement>>('field');
  readonly #afterTyping = new AfterTyping(TYPING_MS);

  constructor() {
    const connection = inject(Connection);
    let seen = connection.reconnections();
    effect(() => {
      const count = connection.reconnections();
      if (count !== seen) this.refresh();
      seen = count;
    });
    // The back button changes the address: the field follows, unless somebody types in it.
    effect(() => {
      const { text } = this.query();
      const field = this.searchField()?.nativeElement;
      if (field && field !== document.activeElement) field.value = text;
    });
  }

  protected typed(text: string): void {
    this.#afterTyping.run(() => this.#go(new UserQuery(text, this.query().by, this.query().state)));
  }

  protected searchBy(value: string, text: string): void {
    this.#go(
      new UserQuery(
        text,
        SEARCHES.find((name) => name === value),
        this.query().state,
      ),
    );
  }

  protected narrow(value: string, text: string): void {
    this.#go(
      new UserQuery(
        text,
        this.query().by,
        STATES.find((name) => name === value),
      ),
    );
  }

  protected clear(): void {
    const field = this.searchField()?.nativeElement;
    if (field) field.value = '';
    this.#go(new UserQuery());
  }

  refresh(): void {
    this.list.refresh();
  }

  protected choose({ id, title }: UserShown, isChosen: boolean): void {
    this.chosen.update((chosen) => {
      const next = new Map(chosen);
      if (isChosen) next.set(id, title);
      else next.delete(id);
      return next;
    });
  }

  protected chooseAll(isChosen: boolean): void {
    for (const user of this.rows()) this.choose(user, isChosen);
  }

  protected acted(): void {
    this.acting.set(undefined);
    this.chosen.set(new Map());
    this.current.reload();
    this.refresh();
  }

  protected made(id: string | undefined): void {
    this.creating.set(false);
    this.current.reload();
    this.refresh();
    if (id !== undefined) void this.#router.navigate(['/p', this.poolId(), 'users', segmentOf(id)]);
  }

  #go(query: UserQuery): void {
    this.#afterTyping.cancel();
    void this.#router.navigate(['/p', this.poolId(), 'users'], {
      queryParams: query.toUrl(),
      replaceUrl: true,
    });
  }

  #fetchFrom(UserPoolId: string): FetchUsers {
    return async (Filter, PaginationToken, Limit) => {
      const answer = await this.#api.call('ListUsers', {
        UserPoolId,
        Filter,
        PaginationToken,
        Limit,
      });
      return { users: answer.Users ?? [], next: answer.PaginationToken };
    };
  }
}

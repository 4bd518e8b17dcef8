import type { ElementRef } from '@angular/core';
import {
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  resource,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ConsoleApi } from '../api/console-api';
import { Connection } from '../api/connection';
import { CurrentPool } from '../shared/current-pool';
import { FailurePanel } from '../shared/failure-panel';
import { manageTexts } from '../shared/manage-texts';
import { Needs } from '../shared/needs';
import { segmentOf } from '../shared/path-segment.ts';
import { SkeletonRows } from '../shared/skeleton-rows';
import { When } from '../shared/when';
import { BulkDialog } from './bulk-dialog';
import { CreateUser } from './create-user';
import { actionTexts, filterNames, searchNames, stateNames, userTexts } from './texts';
import { operationOf, type UserAction } from './user-actions';
import { UserPages, type FetchUsers, type UserPage } from '../shared/user-pages.ts';
import { SEARCHES, STATES, UserQuery } from '../shared/user-query.ts';
import { shownUser, stateTones, type UserShown } from '../shared/user-shown.ts';

const TYPING_MS = 180;

/** The users of a pool: found as one types, a page at a time, one or many to be acted on. */
@Component({
  selector: 'pc-user-list',
  imports: [BulkDialog, CreateUser, FailurePanel, Needs, RouterLink, SkeletonRows, When],
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
  readonly #pages = computed(() => new UserPages(this.query(), this.#fetchFrom(this.poolId())));
  readonly #step = linkedSignal<UserPages, { readonly go: 'current' | 'next' | 'previous' }>({
    source: this.#pages,
    computation: () => ({ go: 'current' }),
  });
  protected readonly loaded = resource({
    params: () => ({ pages: this.#pages(), step: this.#step() }),
    loader: ({ params }) => params.pages[params.step.go](),
  });
  /** The last page that was loaded: it stays while the next one is on its way. */
  protected readonly page = linkedSignal<UserPage | undefined, UserPage | undefined>({
    source: () => (this.loaded.hasValue() ? this.loaded.value() : undefined),
    computation: (page, before) => page ?? before?.value,
  });
  protected readonly rows = computed(() => (this.page()?.users ?? []).map(shownUser));
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
    if (!this.query().isPaged) return this.texts.found(page.users.length);
    const total = this.query().isEverybody
      ? this.current.pool()?.EstimatedNumberOfUsers
      : undefined;
    return this.texts.range(
      page.users.length === 0 ? 0 : page.from + 1,
      page.from + page.users.length,
      total,
    );
  });
  protected readonly nobody: ReadonlyMap<string, string> = new Map();
  protected readonly creating = signal(false);
  protected readonly acting = signal<UserAction | undefined>(undefined);

  protected readonly searchField = viewChild<ElementRef<HTMLInputElement>>('field');
  #typing: ReturnType<typeof setTimeout> | undefined;

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
    clearTimeout(this.#typing);
    this.#typing = setTimeout(
      () => this.#go(new UserQuery(text, this.query().by, this.query().state)),
      TYPING_MS,
    );
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

  protected go(where: 'next' | 'previous'): void {
    this.#step.set({ go: where });
  }

  refresh(): void {
    this.#step.set({ go: 'current' });
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
    clearTimeout(this.#typing);
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

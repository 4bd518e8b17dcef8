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
import { Connection } from '../api/connection';
import { AfterTyping } from '../shared/checks/after-typing';
import { Anchored } from '../shared/pieces/anchored';
import { CurrentPool } from '../shared/pieces/current-pool';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { manageTexts } from '../shared/manage-texts';
import { Needs } from '../shared/pieces/needs';
import { PageList } from '../shared/lists/page-list';
import { Pager } from '../shared/lists/pager';
import { segmentOf } from '../shared/checks/path-segment.ts';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import type { TokenPage } from '../shared/lists/token-pages.ts';
import { When } from '../shared/when';
import { BulkDialog } from './bulk-dialog';
import { CreateUser } from './create-user';
import { LastSignIn } from './last-sign-in';
import { SortHead } from './sort-head';
import {
  actionTexts,
  filterNames,
  searchNames,
  sortNames,
  stateNames,
  userTexts,
} from './model/texts';
import { operationOf, type UserAction } from './model/user-actions';
import { UserLists } from './model/user-lists';
import { userPages } from '../shared/lists/user-pages.ts';
import { SEARCHES, SORTS, STATES, UserQuery, type UserSort } from '../shared/lists/user-query.ts';
import {
  shownUser,
  stateTones,
  type ListedUser,
  type UserShown,
} from '../shared/lists/user-shown.ts';

const TYPING_MS = 180;

/** The two orders of a column, that of the first press first, and which way each goes. */
const COLUMNS = {
  user: { 'a-z': 'ascending', 'z-a': 'descending' },
  created: { newest: 'descending', oldest: 'ascending' },
} as const satisfies Record<string, Partial<Record<UserSort, 'ascending' | 'descending'>>>;

/** The users of a pool: found as one types, a page at a time, one or many to be acted on. */
@Component({
  selector: 'pc-user-list',
  imports: [
    Anchored,
    BulkDialog,
    CreateUser,
    FailurePanel,
    LastSignIn,
    Needs,
    Pager,
    RouterLink,
    SkeletonRows,
    SortHead,
    When,
  ],
  templateUrl: './user-list.html',
  styleUrl: './user-list.css',
})
export class UserList {
  readonly #lists = inject(UserLists);
  readonly #router = inject(Router);
  readonly poolId = input.required<string>();
  readonly q = input<string>();
  readonly by = input<string>();
  readonly state = input<string>();
  readonly sort = input<string>();

  protected readonly texts = userTexts;
  protected readonly manage = manageTexts;
  protected readonly searches = SEARCHES;
  protected readonly states = STATES;
  protected readonly searchNames = searchNames;
  protected readonly filterNames = filterNames;
  protected readonly sortNames = sortNames;
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
      sort: this.sort(),
    };
    return UserQuery.fromUrl((name) => url[name] ?? null);
  });
  protected readonly list = new PageList(() =>
    userPages(this.query(), this.#lists.pagesOf(this.poolId(), this.query().order)),
  );
  /** What was found last stays while one types on. */
  protected readonly page = linkedSignal<
    TokenPage<ListedUser> | undefined,
    TokenPage<ListedUser> | undefined
  >({
    source: this.list.page,
    computation: (page, before) => page ?? before?.value,
  });
  protected readonly rows = computed(() => (this.page()?.items ?? []).map(shownUser));
  /** Where addresses are names, they stand in the first column already. */
  protected readonly hasContacts = computed(() =>
    this.rows().some(({ username, sub }) => username !== sub),
  );
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
    this.#afterTyping.run(() => this.#go(this.query().with({ text })));
  }

  protected searchBy(value: string, text: string): void {
    this.#go(this.query().with({ text, by: SEARCHES.find((name) => name === value) }));
  }

  protected narrow(value: string, text: string): void {
    this.#go(this.query().with({ text, state: STATES.find((name) => name === value) }));
  }

  protected clear(): void {
    const field = this.searchField()?.nativeElement;
    if (field) field.value = '';
    this.#go(new UserQuery().with({ sort: this.query().sort }));
  }

  /** Which way the rows go by a column; `undefined` when they go by another. */
  protected directionOf(column: keyof typeof COLUMNS): 'ascending' | 'descending' | undefined {
    const directions: Partial<Record<UserSort, 'ascending' | 'descending'>> = COLUMNS[column];
    const { order } = this.query();
    return order && directions[order];
  }

  protected isSortedBy(column: keyof typeof COLUMNS): boolean {
    return this.query().sorts.some((name) => name in COLUMNS[column]);
  }

  /** Sorts by a column, or turns its order round. A step in the history of the browser, so that Back leads back. */
  protected turn(column: keyof typeof COLUMNS): void {
    const [first, second] = Object.keys(COLUMNS[column]);
    this.sortBy((this.query().order === first ? second : first) ?? '');
  }

  protected sortBy(value: string): void {
    const text = this.searchField()?.nativeElement.value ?? '';
    const sort = SORTS.find((name) => name === value);
    this.#go(this.query().with({ text, sort }), { replaceUrl: false });
  }

  refresh(): void {
    this.list.refresh();
  }

  /** Whoever looks for an id wants to see it. */
  protected isFoundById({ sub }: UserShown): boolean {
    const { text } = this.query();
    return text !== '' && sub.startsWith(text.toLowerCase());
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

  #go(query: UserQuery, { replaceUrl } = { replaceUrl: true }): void {
    this.#afterTyping.cancel();
    void this.#router.navigate(['/p', this.poolId(), 'users'], {
      queryParams: query.toUrl(),
      replaceUrl,
    });
  }
}

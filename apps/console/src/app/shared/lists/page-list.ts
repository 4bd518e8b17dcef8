import {
  computed,
  inject,
  Injectable,
  linkedSignal,
  resource,
  signal,
  type Signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, type ParamMap } from '@angular/router';
import type { Position, TokenPage, TokenPages } from './token-pages.ts';

/** The walks through lists of this visit, by the address without the page: Back finds its page with one request. */
@Injectable({ providedIn: 'root' })
class Trails {
  readonly #trails = new Map<string, Position[]>();

  of(address: string): Position[] {
    const trail = this.#trails.get(address) ?? [];
    this.#trails.set(address, trail);
    return trail;
  }
}

/** A list of the API for a page of the console: which page is shown stands in the address, as `?page=3`. */
export class PageList<Item> {
  readonly #router = inject(Router);
  readonly #route = inject(ActivatedRoute);
  readonly #trails = inject(Trails);
  readonly #address = toSignal(this.#route.queryParamMap, { requireSync: true });
  readonly #pages: Signal<TokenPages<Item>>;
  /** Counts how often the page was asked for again. */
  readonly #again = signal(0);
  readonly #loaded;
  /** The last page that was loaded: it stays while the next one is on its way. */
  readonly page: Signal<TokenPage<Item> | undefined>;
  readonly items = computed(() => this.page()?.items ?? []);
  readonly error: Signal<Error | undefined>;
  readonly isLoading: Signal<boolean>;

  /** `source` makes the walk through the list, and makes it anew when what it reads changes. Needs an injection context. */
  constructor(source: () => TokenPages<Item>) {
    const rest = computed(() => restOf(this.#address()));
    const pages = computed(() => {
      const walk = source();
      const path = this.#route.snapshot.pathFromRoot.flatMap(({ url }) => url.map(String));
      return walk.follow(this.#trails.of(`${path.join('/')}?${rest()}`));
    });
    this.#pages = pages;
    const number = computed(() => pageIn(this.#address().get('page')));
    const loaded = resource({
      params: () => ({ pages: this.#pages(), number: number(), again: this.#again() }),
      loader: ({ params }) => params.pages.page(params.number),
    });
    this.#loaded = loaded;
    this.error = loaded.error;
    this.isLoading = loaded.isLoading;
    this.page = linkedSignal<
      { pages: TokenPages<Item>; page: TokenPage<Item> | undefined },
      TokenPage<Item> | undefined
    >({
      source: () => ({ pages: pages(), page: loaded.hasValue() ? loaded.value() : undefined }),
      computation: ({ pages: now, page }, before) =>
        page ?? (before?.source.pages === now ? before.value : undefined),
    });
  }

  /** Reads the page again, after a change or a failure. */
  refresh(): void {
    this.#again.update((count) => count + 1);
  }

  /** A step in the history of the browser, so that Back leads back. */
  go(where: 'next' | 'previous'): void {
    const page = this.page();
    if (page === undefined || this.#loaded.isLoading()) return;
    const number = page.number + (where === 'next' ? 1 : -1);
    void this.#router.navigate([], {
      relativeTo: this.#route,
      queryParams: { page: number > 1 ? number : null },
      queryParamsHandling: 'merge',
    });
  }
}

/** The query of an address without the page. */
function restOf(address: ParamMap): string {
  const names = address.keys.filter((name) => name !== 'page').sort();
  return JSON.stringify(names.map((name) => [name, address.get(name)]));
}

function pageIn(text: string | null): number {
  const number = Number(text ?? 1);
  return Number.isInteger(number) && number > 0 ? number : 1;
}

import { computed, linkedSignal, resource, type Signal } from '@angular/core';
import type { TokenPages } from './token-pages.ts';
import { type TokenPage } from './token-pages.ts';

/** A list of the API for a page of the console: the page that is shown, and going on and back. */
export class PageList<Item> {
  readonly #pages: Signal<TokenPages<Item>>;
  readonly #step;
  readonly #loaded;
  /** The last page that was loaded: it stays while the next one is on its way. */
  readonly page: Signal<TokenPage<Item> | undefined>;
  readonly items = computed(() => this.page()?.items ?? []);
  readonly error: Signal<Error | undefined>;
  readonly isLoading: Signal<boolean>;

  /** `source` makes the walk through the list, and makes it anew when what it reads changes. Needs an injection context. */
  constructor(source: () => TokenPages<Item>) {
    const pages = computed(source);
    this.#pages = pages;
    this.#step = linkedSignal<TokenPages<Item>, { readonly go: 'current' | 'next' | 'previous' }>({
      source: pages,
      computation: () => ({ go: 'current' }),
    });
    const loaded = resource({
      params: () => ({ pages: this.#pages(), step: this.#step() }),
      loader: ({ params }) => params.pages[params.step.go](),
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
    this.#step.set({ go: 'current' });
  }

  go(where: 'next' | 'previous'): void {
    if (!this.#loaded.isLoading()) this.#step.set({ go: where });
  }
}

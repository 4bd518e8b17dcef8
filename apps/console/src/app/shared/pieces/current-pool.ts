import { computed, inject, Injectable, resource, signal } from '@angular/core';
import type { UserPoolType } from '@poolhouse/model';
import { ConsoleApi } from '../../api/console-api';

/** The user pool that the page is about, as the address names it. */
@Injectable({ providedIn: 'root' })
export class CurrentPool {
  readonly #api = inject(ConsoleApi);
  readonly #id = signal<string | undefined>(undefined);
  readonly #described = resource({
    params: () => this.#id(),
    loader: async ({ params, abortSignal }) => {
      const { UserPool } = await this.#api.call(
        'DescribeUserPool',
        { UserPoolId: params },
        { signal: abortSignal },
      );
      return UserPool;
    },
  });

  /** Its id; `undefined` on pages about no pool. */
  readonly id = this.#id.asReadonly();
  /** What DescribeUserPool says; `undefined` until it answers. */
  readonly pool = computed<UserPoolType | undefined>(
    () => (this.#described.hasValue() ? this.#described.value() : undefined),
    // Reading it again and finding it as it was is no change: what people have begun to edit stays.
    { equal: isSame },
  );
  readonly error = this.#described.error;
  readonly loading = this.#described.isLoading;
  readonly name = computed(() => this.pool()?.Name);
  /** What to call it: its name, nothing while that is being read, and its id where it cannot be. */
  readonly title = computed(() => this.name() ?? (this.error() ? this.#id() : undefined));

  /** To be told by the frame around a pool's pages. */
  enter(id: string | undefined): void {
    this.#id.set(id);
  }

  /** Reads the pool again, after a change. */
  reload(): void {
    this.#described.reload();
  }
}

function isSame(one: UserPoolType | undefined, other: UserPoolType | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

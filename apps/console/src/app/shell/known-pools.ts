import { computed, inject, Injectable, resource, signal } from '@angular/core';
import type { UserPoolDescriptionType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { Regions } from '../api/region';

/** The most that ListUserPools answers at once: enough to choose from; the list of pools shows all. */
const MOST = 60;

/** Pools of the region, to switch to. Read when first wanted. */
@Injectable({ providedIn: 'root' })
export class KnownPools {
  readonly #api = inject(ConsoleApi);
  readonly #regions = inject(Regions);
  readonly #wanted = signal(0);
  readonly #list = resource({
    params: () =>
      this.#wanted() > 0 ? { region: this.#regions.region(), n: this.#wanted() } : undefined,
    loader: async ({ params: { region }, abortSignal }) => {
      const input = { MaxResults: MOST };
      const { UserPools } = await this.#api.call('ListUserPools', input, {
        region,
        signal: abortSignal,
      });
      return UserPools ?? [];
    },
  });

  readonly pools = computed<readonly UserPoolDescriptionType[]>(() =>
    this.#list.hasValue() ? this.#list.value() : [],
  );
  readonly loading = this.#list.isLoading;

  /** Reads them, again. */
  load(): void {
    this.#wanted.update((count) => count + 1);
  }
}

import { computed, inject, Injectable, signal } from '@angular/core';
import { ServerConfigs } from './server-config';

const KEY = 'poolhouse.region';

/** The region that pools are listed and made in. A pool's own region is in its id. */
@Injectable({ providedIn: 'root' })
export class Regions {
  readonly #configs = inject(ServerConfigs);
  readonly #chosen = signal(localStorage.getItem(KEY) ?? undefined);
  readonly #added = signal<readonly string[]>([]);

  readonly all = computed(() => {
    const known = this.#configs.config()?.regions ?? [];
    return [...new Set([...known, ...this.#added()])];
  });
  readonly region = computed(() => {
    const chosen = this.#chosen();
    const all = this.all();
    return chosen !== undefined && all.includes(chosen) ? chosen : (all[0] ?? 'ph-local-1');
  });

  /** Chooses a region, also one that no pool is in yet, and remembers it. */
  choose(region: string): void {
    this.#added.update((added) => (added.includes(region) ? added : [...added, region]));
    this.#chosen.set(region);
    localStorage.setItem(KEY, region);
  }
}

/** The region of a pool: what stands before the underscore of its id. */
export function regionOf(poolId: string): string {
  return poolId.split('_')[0] ?? '';
}

import { computed, inject, Injectable, signal } from '@angular/core';
import { POOLHOUSE_CONFIG } from '../config/poolhouse-config';
import { type ClientSettings, clientSettings, type ToldSettings } from './client-settings';
import { READ_SETTINGS } from './read-settings';

/**
 * What forms should know of the pool: sign-in names, the password policy and the like. A pool of Poolhouse tells it, and is asked once,
 * by whoever injects this first; until then, and at Amazon Cognito, it is what `providePoolhouse` was given.
 */
@Injectable({ providedIn: 'root' })
export class PoolSettings {
  readonly #config = inject(POOLHOUSE_CONFIG);
  readonly #read = inject(READ_SETTINGS);
  readonly #told = signal<ToldSettings | null>(null);
  #asking: Promise<void> | undefined;

  /** What counts now. */
  readonly current = computed(() => clientSettings(this.#config, this.#told()));

  constructor() {
    void this.ready();
  }

  /** What counts once the pool has answered, or cannot be asked; asks again if that is how it ended before. Never fails. */
  async ready(): Promise<ClientSettings> {
    this.#asking ??= this.#ask();
    await this.#asking;
    return this.current();
  }

  async #ask(): Promise<void> {
    try {
      this.#told.set(await this.#read());
    } catch {
      this.#asking = undefined;
    }
  }
}

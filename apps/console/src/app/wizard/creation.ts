import { inject, Injectable, signal } from '@angular/core';
import type { UserPoolClientType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import type { Draft } from './draft/draft';

/** What was made, with the inputs that made it. */
export interface Created {
  readonly poolId: string;
  readonly region: string;
  readonly draft: Draft;
  readonly client: UserPoolClientType | undefined;
}

/** Makes the pool and then its app client; where the second fails, the first stays, and is not made twice. */
@Injectable()
export class Creation {
  readonly #api = inject(ConsoleApi);
  readonly #working = signal(false);
  readonly #error = signal<unknown>(undefined);
  readonly #poolId = signal<string | undefined>(undefined);
  readonly #created = signal<Created | undefined>(undefined);

  readonly working = this.#working.asReadonly();
  readonly error = this.#error.asReadonly();
  /** The pool that was made while its client was not. */
  readonly poolId = this.#poolId.asReadonly();
  /** In the page's memory only: it may hold a secret. */
  readonly created = this.#created.asReadonly();

  async run(draft: Draft, region: string): Promise<boolean> {
    if (this.#working()) return false;
    this.#working.set(true);
    this.#error.set(undefined);
    try {
      const poolId = this.#poolId() ?? (await this.#makePool(draft, region));
      this.#poolId.set(poolId);
      this.#done(draft, poolId, region, await this.#makeClient(draft, poolId));
      return true;
    } catch (error) {
      this.#error.set(error);
      return false;
    } finally {
      this.#working.set(false);
    }
  }

  /** Goes on without the app client that could not be made. */
  skipClient(draft: Draft, region: string): void {
    const poolId = this.#poolId();
    if (poolId) this.#done(draft.with({ withClient: false }), poolId, region, undefined);
  }

  async #makePool(draft: Draft, region: string): Promise<string> {
    const { UserPool } = await this.#api.call('CreateUserPool', draft.toCreateUserPool(), {
      region,
    });
    if (!UserPool?.Id) throw new Error('The server made a pool and did not say which.');
    return UserPool.Id;
  }

  async #makeClient(draft: Draft, poolId: string): Promise<UserPoolClientType | undefined> {
    const input = draft.toCreateUserPoolClient(poolId);
    if (!input) return undefined;
    return (await this.#api.call('CreateUserPoolClient', input)).UserPoolClient;
  }

  #done(
    draft: Draft,
    poolId: string,
    region: string,
    client: UserPoolClientType | undefined,
  ): void {
    this.#poolId.set(undefined);
    this.#error.set(undefined);
    this.#created.set({ poolId, region, draft, client });
  }
}

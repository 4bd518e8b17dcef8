import { computed, inject, Injectable, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { UserPoolClientType, UserPoolType } from '@poolhouse/model';
import { toApiError } from '../../api/api-error';
import { ConsoleApi } from '../../api/console-api';
import { regionOf } from '../../api/region';
import type { Draft } from './draft';

const UNKNOWN = 'unknown';

/** What was made, with the inputs that made it. */
export interface Created {
  readonly pool: UserPoolType;
  readonly region: string;
  /** What it was made of; absent where the page was opened by its address. */
  readonly draft?: Draft;
  readonly client: UserPoolClientType | undefined;
}

/** What a pool that was made does not have yet. */
export type Missing = 'mfa' | 'client';

/**
 * Makes the pool, then its second factors, and then its app client, without which nobody can sign in before the second factors are asked for.
 * Where one fails, what was made stays, and is not made twice.
 */
@Injectable()
export class Creation {
  readonly #api = inject(ConsoleApi);
  readonly #router = inject(Router);
  readonly #working = signal(false);
  readonly #error = signal<unknown>(undefined);
  readonly #pool = signal<UserPoolType | undefined>(undefined);
  readonly #missing = signal<Missing | undefined>(undefined);
  /** The second factors that the pool has, as the request that gave it them; {@link UNKNOWN} where no answer arrived. */
  #mfa: string | undefined;
  readonly #created = signal<Created | undefined>(undefined);

  readonly working = this.#working.asReadonly();
  readonly error = this.#error.asReadonly();
  /** The pool that was made while something of it was not. */
  readonly poolId = computed(() => this.#pool()?.Id);
  /** What it lacks. */
  readonly missing = this.#missing.asReadonly();
  /** What was made just now, in the page's memory only. */
  readonly created = this.#created.asReadonly();

  async run(draft: Draft, region: string): Promise<boolean> {
    if (this.#working()) return false;
    this.#working.set(true);
    this.#error.set(undefined);
    try {
      const pool = this.#pool() ?? (await this.#makePool(draft, region));
      this.#pool.set(pool);
      this.#missing.set('mfa');
      await this.#setMfa(draft, pool.Id ?? '');
      this.#missing.set('client');
      this.#done(draft, pool, region, await this.#makeClient(draft, pool.Id ?? ''));
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
    const pool = this.#pool();
    if (pool) this.#done(draft.with({ withClient: false }), pool, region, undefined);
  }

  /** Leads to the page of what was made. It takes the place of the review, which has nothing to show any more. */
  async show(): Promise<void> {
    const { pool, client } = this.#created() ?? {};
    await this.#router.navigate(['/new/created', pool?.Id], {
      queryParams: { client: client?.ClientId },
      replaceUrl: true,
    });
  }

  /** Reads what was made some time ago. */
  async read(UserPoolId: string, ClientId: string | undefined): Promise<Created> {
    const [{ UserPool }, described] = await Promise.all([
      this.#api.call('DescribeUserPool', { UserPoolId }),
      ClientId === undefined
        ? undefined
        : this.#api.call('DescribeUserPoolClient', { UserPoolId, ClientId }),
    ]);
    if (!UserPool) throw new Error('The server did not say what this pool is.');
    return { pool: UserPool, region: regionOf(UserPoolId), client: described?.UserPoolClient };
  }

  async #makePool(draft: Draft, region: string): Promise<UserPoolType> {
    const { UserPool } = await this.#api.call('CreateUserPool', draft.toCreateUserPool(), {
      region,
    });
    if (!UserPool?.Id) throw new Error('The server made a pool and did not say which.');
    return UserPool;
  }

  /** Also where somebody has changed their mind since it was set, while the client could not be made. */
  async #setMfa(draft: Draft, poolId: string): Promise<void> {
    const input = draft.toSetUserPoolMfaConfig(poolId);
    const wanted = input && JSON.stringify(input);
    if (wanted === this.#mfa) return;
    const off = { UserPoolId: poolId, MfaConfiguration: 'OFF' } as const;
    try {
      await this.#api.call('SetUserPoolMfaConfig', input ?? off);
    } catch (error) {
      if (toApiError(error).code === 'Unreachable') this.#mfa = UNKNOWN;
      throw error;
    }
    this.#mfa = wanted;
  }

  async #makeClient(draft: Draft, poolId: string): Promise<UserPoolClientType | undefined> {
    const input = draft.toCreateUserPoolClient(poolId);
    if (!input) return undefined;
    return (await this.#api.call('CreateUserPoolClient', input)).UserPoolClient;
  }

  #done(
    draft: Draft,
    pool: UserPoolType,
    region: string,
    client: UserPoolClientType | undefined,
  ): void {
    this.#pool.set(undefined);
    this.#missing.set(undefined);
    this.#mfa = undefined;
    this.#error.set(undefined);
    this.#created.set({ pool, region, draft, client });
  }
}

import { computed, inject, Injectable, signal } from '@angular/core';
import type { OperationName } from '@poolhouse/model';
import { ApiError } from './api-error';
import { Requests } from './request';

/** What an administrator may do, from least to most. */
export type Role = 'viewer' | 'operator' | 'owner';

const ROLES: readonly Role[] = ['viewer', 'operator', 'owner'];

/** Who is signed in to the console. */
export interface ConsoleSession {
  readonly username: string;
  readonly email?: string;
  readonly role: Role;
  readonly csrfToken: string;
  readonly expiresAtMs: number;
  /** The operations that the console offers, with the least role of each. */
  readonly operations: Readonly<Partial<Record<OperationName, Role>>>;
}

/** The administrator's session. The proof of it is in a cookie that scripts cannot read. */
@Injectable({ providedIn: 'root' })
export class Sessions {
  readonly #requests = inject(Requests);
  readonly #session = signal<ConsoleSession | undefined>(undefined);
  readonly #lost = signal(false);
  #waiting: PromiseWithResolvers<boolean> | undefined;

  /** Who is signed in; `undefined` when nobody is, or nobody asked yet. */
  readonly session = this.#session.asReadonly();
  /** Whether the session ended while somebody was at work: the page stays, and asks to sign in again. */
  readonly lost = this.#lost.asReadonly();
  readonly role = computed(() => this.#session()?.role);

  /** Whether the signed-in administrator may run the operation. */
  may(operation: OperationName): boolean {
    const session = this.#session();
    const least = session?.operations[operation];
    return least !== undefined && session !== undefined && includes(session.role, least);
  }

  /** Whether the signed-in administrator has this role or a greater one. */
  is(least: Role): boolean {
    const role = this.role();
    return role !== undefined && includes(role, least);
  }

  /** Asks the server who is signed in. */
  async load(): Promise<ConsoleSession | undefined> {
    try {
      this.#show(await this.#requests.send<ConsoleSession>('session'));
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'SignedOut') throw error;
      if (!this.#lost()) this.#session.set(undefined);
      return undefined;
    }
    return this.#session();
  }

  /** Begins a session with the access token of a sign-in. */
  async begin(accessToken: string): Promise<void> {
    const headers = { Authorization: `Bearer ${accessToken}` };
    this.#show(
      await this.#requests.send<ConsoleSession>('session', { method: 'POST', body: {}, headers }),
    );
  }

  /** Ends the session on the server. */
  async end(): Promise<void> {
    const csrf = this.#session()?.csrfToken ?? '';
    try {
      await this.#requests.send('session', {
        method: 'DELETE',
        headers: { 'X-Poolhouse-Csrf': csrf },
      });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'SignedOut') throw error;
    }
    this.#session.set(undefined);
  }

  /** Asks the person to sign in again; `true` once that is done, `false` when it is given up. */
  waitForSignIn(): Promise<boolean> {
    this.#waiting ??= Promise.withResolvers<boolean>();
    this.#lost.set(true);
    return this.#waiting.promise;
  }

  /** Gives up what waits for a sign-in. */
  giveUp(): void {
    this.#session.set(undefined);
    this.#goOn(false);
  }

  #show(session: ConsoleSession): void {
    this.#session.set(session);
    this.#goOn(true);
  }

  #goOn(signedIn: boolean): void {
    this.#lost.set(false);
    this.#waiting?.resolve(signedIn);
    this.#waiting = undefined;
  }
}

function includes(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

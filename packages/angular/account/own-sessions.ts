import { inject, Injectable } from '@angular/core';
import { Auth, type UserSession } from '@poolhouse/angular';

/** A session of the person: one sign-in, on one device. What the pool does not know is absent. */
export interface OwnSession {
  readonly id: string;
  /** Browser and system, such as `Chrome 125 / Windows`. */
  readonly device?: string;
  /** UTC milliseconds, as the other one. */
  readonly createdAtMs?: number;
  readonly usedAtMs?: number;
  /** The network address that it was used from last. */
  readonly address?: string;
  /** Whether it is the one of this browser. */
  readonly isThis: boolean;
}

/** The sessions of the person who is signed in. Failures throw an `AuthError`. Source: API model, ListUserSessions. */
@Injectable({ providedIn: 'root' })
export class OwnSessions {
  readonly #auth = inject(Auth);

  /** Reads them all. */
  async list(): Promise<readonly OwnSession[]> {
    const found: UserSession[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.#auth.call('ListUserSessions', NextToken ? { NextToken } : {});
      found.push(...(page.Sessions ?? []));
      ({ NextToken } = page);
    } while (NextToken);
    return found.map(
      ({ SessionId, CreateDate, LastActiveDate, DeviceType, LastIPAddress, IsCurrentSession }) => ({
        ...{ id: SessionId, isThis: IsCurrentSession === true },
        ...(DeviceType && { device: DeviceType }),
        ...(CreateDate !== undefined && { createdAtMs: CreateDate * 1000 }),
        ...(LastActiveDate !== undefined && { usedAtMs: LastActiveDate * 1000 }),
        ...(LastIPAddress && { address: LastIPAddress }),
      }),
    );
  }

  /** Ends another session than the one that asks; that one is ended by `auth.signOut()`. */
  async end(id: string): Promise<void> {
    await this.#auth.call('RevokeUserSession', { SessionId: id });
  }
}

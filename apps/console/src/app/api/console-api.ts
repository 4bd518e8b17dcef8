import { inject, Injectable } from '@angular/core';
import type { InputOf, OperationName, OutputOf } from '@poolhouse/model';
import { ApiError } from './api-error';
import { Regions, regionOf } from './region';
import { Requests, type RequestParts } from './request';
import { Sessions } from './session';

/** How one call goes. */
export interface CallOptions {
  /** Default: the region of the pool that the input names, else the chosen one. */
  readonly region?: string;
  readonly signal?: AbortSignal;
}

/** The operations of the API, and what the console's server reads beside them, for the signed-in administrator. */
@Injectable({ providedIn: 'root' })
export class ConsoleApi {
  readonly #requests = inject(Requests);
  readonly #sessions = inject(Sessions);
  readonly #regions = inject(Regions);

  /** Runs an operation of the API. Times are in seconds, as in the API. Fails with an {@link ApiError}. */
  call<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    { region, signal }: CallOptions = {},
  ): Promise<OutputOf<Name>> {
    const { UserPoolId } = input as { UserPoolId?: string };
    return this.#send<OutputOf<Name>>(`operations/${name}`, {
      method: 'POST',
      body: {
        region: region ?? (UserPoolId ? regionOf(UserPoolId) : this.#regions.region()),
        input,
      },
      signal,
    });
  }

  /** Reads a report of the console's server; `undefined` values of the query are left out. */
  read<Answer>(
    path: string,
    query: Readonly<Record<string, string | number | undefined>> = {},
    signal?: AbortSignal,
  ): Promise<Answer> {
    const given = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const search = new URLSearchParams(given).toString();
    return this.#send<Answer>(search ? `${path}?${search}` : path, { signal });
  }

  /** Sends something that is no operation of the API, such as a test message. */
  write<Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
    return this.#send<Answer>(path, { method: 'POST', body, signal });
  }

  /** Sends with the session; when that has ended, waits for the person to sign in again and goes on. */
  async #send<Answer>(path: string, parts: RequestParts): Promise<Answer> {
    const send = () => {
      const csrf = this.#sessions.session()?.csrfToken ?? '';
      const headers: Record<string, string> =
        parts.method === 'POST' ? { 'X-Poolhouse-Csrf': csrf } : {};
      return this.#requests.send<Answer>(path, { ...parts, headers });
    };
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'SignedOut' && (await this.#sessions.waitForSignIn())) return send();
      // Another tab has signed in anew: this one only has to learn the new token.
      if (error.code === 'Csrf' && (await this.#sessions.load())) return send();
      // The role may have changed since the page was opened: what it offers follows.
      if (error.code === 'Forbidden') void this.#sessions.load().catch(() => undefined);
      throw error;
    }
  }
}

import { inject, Injectable } from '@angular/core';
import { ApiError, errorOf } from './api-error';
import { Connection } from './connection';
import { apiTexts } from './texts';

/** What a request carries. */
export interface RequestParts {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const API = '/console/api/';

/** Sends requests to the console's own API and watches whether it is there. */
@Injectable({ providedIn: 'root' })
export class Requests {
  readonly #connection = inject(Connection);

  /** The answer's JSON. Fails with an {@link ApiError}. */
  async send<Answer>(path: string, parts: RequestParts = {}): Promise<Answer> {
    const answer = await this.#fetch(path, parts);
    if (!answer.ok) throw await errorOf(answer);
    return (await answer.json()) as Answer;
  }

  async #fetch(path: string, { method = 'GET', body, headers, signal }: RequestParts) {
    try {
      const answer = await fetch(API + path, {
        method,
        headers: {
          ...headers,
          // Also without a body: what changes something is JSON of our own, which no form can send.
          ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ?? null,
        credentials: 'same-origin',
        cache: 'no-store',
      });
      // A proxy in front answers these when nobody is behind it.
      if (answer.status === 502 || answer.status === 504) this.#connection.failed();
      else this.#connection.answered();
      return answer;
    } catch (thrown) {
      if (signal?.aborted) throw thrown;
      this.#connection.failed();
      throw new ApiError('Unreachable', apiTexts.unreachable);
    }
  }
}

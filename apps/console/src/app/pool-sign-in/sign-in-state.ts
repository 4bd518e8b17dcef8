import { inject, Injectable } from '@angular/core';
import { ConsoleApi } from '../api/console-api';
import type { SignInChange } from './sign-in-draft.ts';
import type { SignInState } from './sign-in-values.ts';

/** Reads and writes all that decides how people sign in to a pool: it stands in three places of the API. */
@Injectable({ providedIn: 'root' })
export class SignInStates {
  readonly #api = inject(ConsoleApi);

  async read(UserPoolId: string, signal?: AbortSignal): Promise<SignInState> {
    const how = signal && { signal };
    const [{ UserPool = {} }, mfa, sessions] = await Promise.all([
      this.#api.call('DescribeUserPool', { UserPoolId }, how),
      this.#api.call('GetUserPoolMfaConfig', { UserPoolId }, how),
      this.#api.call('GetUserPoolSessionConfiguration', { UserPoolId }, how),
    ]);
    return { pool: UserPool, mfa, sessions };
  }

  async write(change: SignInChange): Promise<void> {
    switch (change.part) {
      case 'pool':
        await this.#api.call('UpdateUserPool', change.input);
        break;
      case 'mfa':
        await this.#api.call('SetUserPoolMfaConfig', change.input);
        break;
      case 'sessions':
        await this.#api.call('SetUserPoolSessionConfiguration', change.input);
    }
  }
}

import { inject, Injectable } from '@angular/core';
import { ConsoleApi } from '../api/console-api';
import type { Role } from '../api/session';

/** Somebody who may use the console. */
export interface Administrator {
  readonly username: string;
  readonly role: Role;
  readonly email?: string;
  /** `FORCE_CHANGE_PASSWORD` until somebody signs in and chooses a password. */
  readonly status?: string;
  readonly enabled: boolean;
}

/** Somebody who is invited. */
export interface Invitation {
  readonly username: string;
  readonly role: Role;
  readonly email?: string;
}

/** What an owner does with an administrator, without more to say about it. */
export type AdministratorAction = 'disable' | 'enable' | 'sign-out' | 'remove';

/** The console's administrators, for owners. */
@Injectable({ providedIn: 'root' })
export class AdministratorsApi {
  readonly #api = inject(ConsoleApi);

  async list(): Promise<readonly Administrator[]> {
    const { administrators } = await this.#api.read<{ administrators: readonly Administrator[] }>(
      'administrators',
    );
    return administrators;
  }

  /** Answers the link to hand on, which nobody can look up later. */
  async invite(invitation: Invitation): Promise<string> {
    return (await this.#write<{ link: string }>('add', invitation)).link;
  }

  /** As `invite`, for somebody who is there: the password until now ends, and so do the sessions. */
  async inviteAgain(username: string): Promise<string> {
    return (await this.#write<{ link: string }>('invite-again', { username })).link;
  }

  async changeRole(username: string, role: Role): Promise<void> {
    await this.#write('change-role', { username, role });
  }

  async run(action: AdministratorAction, username: string): Promise<void> {
    await this.#write(action, { username });
  }

  #write<Answer>(action: string, body: unknown): Promise<Answer> {
    return this.#api.write<Answer>(`administrators/${action}`, body);
  }
}

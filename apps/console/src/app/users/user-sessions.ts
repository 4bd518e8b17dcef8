import { Component, computed, inject, input, resource, signal } from '@angular/core';
import type { AdminGetUserResponse, SessionDescriptionType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { Toasts } from '../shared/dialogs/toasts';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { Needs } from '../shared/pieces/needs';
import { When } from '../shared/when';
import { signInTexts } from './model/sign-in-texts';

/** A user's sessions, each of which can be ended. Shown only where the pool tracks them. */
@Component({
  selector: 'pc-user-sessions',
  imports: [ConfirmDialog, FailurePanel, Needs, When],
  templateUrl: './user-sessions.html',
  styleUrl: './user-lines.css',
})
export class UserSessions {
  readonly #api = inject(ConsoleApi);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly username = input.required<string>();
  /** As AdminGetUser has it: whenever it is read again, so are the sessions. */
  readonly user = input.required<AdminGetUserResponse>();

  protected readonly texts = signInTexts;
  readonly #key = computed(() => ({ UserPoolId: this.poolId(), Username: this.username() }));
  /** `null` where the pool does not track sessions. */
  protected readonly sessions = resource({
    params: () => ({ key: this.#key(), user: this.user() }),
    loader: async ({ params: { key } }) => {
      const { UserSessionTracking } = await this.#api.call('GetUserPoolSessionConfiguration', {
        UserPoolId: key.UserPoolId,
      });
      return UserSessionTracking === 'ENABLED' ? this.#all(key) : null;
    },
  });
  protected readonly ending = signal<SessionDescriptionType | undefined>(undefined);
  protected readonly end = computed(() => {
    const [SessionId = '', key] = [this.ending()?.SessionId, this.#key()];
    return () => this.#api.call('AdminRevokeUserSession', { ...key, SessionId });
  });

  protected deviceOf({ DeviceType }: SessionDescriptionType): string {
    return DeviceType ?? signInTexts.unknownDevice;
  }

  protected done(): void {
    this.ending.set(undefined);
    this.#toasts.show(signInTexts.ended, { tone: 'good' });
    this.sessions.reload();
  }

  async #all(key: {
    readonly UserPoolId: string;
    readonly Username: string;
  }): Promise<readonly SessionDescriptionType[]> {
    const all: SessionDescriptionType[] = [];
    let token: string | undefined;
    do {
      const page = await this.#api.call('AdminListUserSessions', { ...key, NextToken: token });
      all.push(...(page.Sessions ?? []));
      token = page.NextToken;
    } while (token !== undefined);
    return all;
  }
}

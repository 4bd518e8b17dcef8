import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import type { AdminGetUserResponse } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { Toasts } from '../shared/dialogs/toasts';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { Needs } from '../shared/pieces/needs';
import { When } from '../shared/when';
import { passkeyTexts } from './model/passkey-texts';

/** A passkey as the console's server tells it; times are in seconds. */
interface ShownPasskey {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly createdAt: number;
  /** Absent until the first use. */
  readonly lastUsedAt?: number;
}

/** The passkeys of a user, and taking away one that is lost. The API has no operation for it, so this asks the console's own server. */
@Component({
  selector: 'pc-user-passkeys',
  imports: [ConfirmDialog, FailurePanel, Needs, When],
  templateUrl: './user-passkeys.html',
  styleUrl: './user-lines.css',
})
export class UserPasskeys {
  readonly #api = inject(ConsoleApi);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly username = input.required<string>();
  /** As AdminGetUser has it: whenever it is read again, so are the passkeys. */
  readonly user = input.required<AdminGetUserResponse>();
  readonly changed = output();

  protected readonly texts = passkeyTexts;
  readonly #path = computed(() => `pools/${encodeURIComponent(this.poolId())}/passkeys`);
  protected readonly passkeys = resource({
    params: () => ({ path: this.#path(), username: this.username(), user: this.user() }),
    loader: async ({ params: { path, username }, abortSignal }) => {
      const found = await this.#api.write<{ readonly passkeys: readonly ShownPasskey[] }>(
        `${path}/list`,
        { username },
        abortSignal,
      );
      return found.passkeys;
    },
  });
  protected readonly removing = signal<ShownPasskey | undefined>(undefined);
  protected readonly remove = computed(() => {
    const [path, username, credentialId] = [this.#path(), this.username(), this.removing()?.id];
    return () => this.#api.write(`${path}/remove`, { username, credentialId });
  });

  protected done(): void {
    this.removing.set(undefined);
    this.#toasts.show(passkeyTexts.removed, { tone: 'good' });
    this.changed.emit();
  }
}

import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { UserPoolType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { Busy } from '../shared/dialogs/busy';
import { CopyButton } from '../shared/pieces/copy-button';
import { manageTexts } from '../shared/manage-texts';
import { Modal } from '../shared/dialogs/modal';
import { sharedTexts } from '../shared/texts';
import { policyOf, unmet } from './model/new-user.ts';
import { PasswordEntry } from './password-entry';
import { userTexts } from './model/texts';

/** Sets a user's password, temporary or lasting, and shows it once. */
@Component({
  selector: 'pc-set-password-dialog',
  imports: [CopyButton, Modal, PasswordEntry],
  template: `
    <dialog class="dialog" pcModal aria-labelledby="set-heading" (dismissed)="close()">
      <form class="dialog-body" (submit)="submit($event)">
        <h2 id="set-heading">{{ isDone() ? texts.passwordSet : texts.setPassword }}</h2>
        @if (isDone()) {
          <p class="muted">{{ texts.once }}</p>
          <div class="code-block section-head">
            <span>{{ password() }}</span>
            <pc-copy-button [text]="password()" [label]="texts.copyPassword" />
          </div>
          <div class="dialog-foot">
            <button class="btn primary" type="button" (click)="close()">{{ texts.done }}</button>
          </div>
        } @else {
          <p class="muted">{{ texts.setLead }}</p>
          <pc-password-entry [policy]="policy()" [(password)]="password" />
          <label class="check">
            <input type="radio" name="lasts" checked (change)="lasts.set(false)" />
            <span>{{ texts.temporary }}</span>
          </label>
          <label class="check">
            <input type="radio" name="lasts" (change)="lasts.set(true)" />
            <span>{{ texts.lasting }}</span>
          </label>
          @if (busy.problem() || weak(); as text) {
            <p class="notice bad" role="alert">{{ text }}</p>
          }
          <div class="dialog-foot">
            <button class="btn" type="button" (click)="close()">{{ shared.cancel }}</button>
            <button class="btn primary" [disabled]="busy.now()">
              {{ busy.now() ? manage.working : texts.setNow }}
            </button>
          </div>
        }
      </form>
    </dialog>
  `,
})
export class SetPasswordDialog {
  readonly #api = inject(ConsoleApi);
  readonly pool = input.required<UserPoolType>();
  readonly username = input.required<string>();
  /** `true` when a password was set. */
  readonly closed = output<boolean>();
  protected readonly texts = userTexts;
  protected readonly manage = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly busy = new Busy();
  protected readonly password = signal('');
  protected readonly lasts = signal(false);
  protected readonly isDone = signal(false);
  protected readonly weak = signal('');
  protected readonly policy = computed(() => policyOf(this.pool()));

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const missing = unmet(this.policy(), this.password());
    this.weak.set(missing.length > 0 ? this.texts.weak : '');
    if (missing.length > 0) return;
    const worked = await this.busy.run(() =>
      this.#api.call('AdminSetUserPassword', {
        UserPoolId: this.pool().Id ?? '',
        Username: this.username(),
        Password: this.password(),
        Permanent: this.lasts(),
      }),
    );
    this.isDone.set(worked);
  }

  protected close(): void {
    if (!this.busy.now()) this.closed.emit(this.isDone());
  }
}

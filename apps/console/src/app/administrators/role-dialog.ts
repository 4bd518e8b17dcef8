import { Component, inject, input, linkedSignal, output } from '@angular/core';
import type { Role } from '../api/session';
import { Busy } from '../shared/dialogs/busy';
import { manageTexts } from '../shared/manage-texts';
import { Modal } from '../shared/dialogs/modal';
import { sharedTexts } from '../shared/texts';
import { AdministratorsApi, type Administrator } from './administrators-api';
import { RoleChoice } from './role-choice';
import { administratorTexts } from './texts';

/** Gives an administrator another role. */
@Component({
  selector: 'pc-role-dialog',
  imports: [Modal, RoleChoice],
  template: `
    <dialog class="dialog" pcModal aria-labelledby="role-dialog" (dismissed)="dismiss()">
      <form class="dialog-body" (submit)="submit($event)">
        <h2 id="role-dialog">{{ texts.roleHead(administrator().username) }}</h2>
        <pc-role-choice [legend]="texts.role" [(role)]="role" />
        @if (busy.problem(); as text) {
          <p class="notice bad" role="alert">{{ text }}</p>
        }
        <div class="dialog-foot">
          <button class="btn" type="button" (click)="dismiss()">{{ shared.cancel }}</button>
          <button class="btn primary" [disabled]="busy.now() || role() === administrator().role">
            {{ busy.now() ? manage.saving : texts.changeRole }}
          </button>
        </div>
      </form>
    </dialog>
  `,
})
export class RoleDialog {
  readonly #api = inject(AdministratorsApi);
  readonly administrator = input.required<Administrator>();
  /** The role that was given, or nothing when it was given up. */
  readonly closed = output<Role | undefined>();
  protected readonly texts = administratorTexts;
  protected readonly manage = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly busy = new Busy();
  protected readonly role = linkedSignal(() => this.administrator().role);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const role = this.role();
    const done = this.busy.run(() => this.#api.changeRole(this.administrator().username, role));
    if (await done) this.closed.emit(role);
  }

  protected dismiss(): void {
    if (!this.busy.now()) this.closed.emit(undefined);
  }
}

import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { Sessions } from '../../api/session';
import { Modal } from '../../shared/dialogs/modal';
import { SignInForm } from './sign-in-form';
import { signInTexts } from './texts';

/** Asks to sign in again, over the page, which stays as it is. */
@Component({
  selector: 'pc-signed-out-dialog',
  imports: [Modal, SignInForm],
  template: `
    <dialog class="dialog" pcModal aria-labelledby="signed-out-title">
      <div class="dialog-body">
        <div>
          <h2 id="signed-out-title">{{ texts.lostTitle }}</h2>
          <p class="muted">{{ texts.lostHint }}</p>
        </div>
        <pc-sign-in-form [known]="sessions.session()?.username">
          <button class="btn large" type="button" (click)="leave()">{{ texts.leave }}</button>
        </pc-sign-in-form>
      </div>
    </dialog>
  `,
})
export class SignedOutDialog {
  readonly #router = inject(Router);
  protected readonly sessions = inject(Sessions);
  protected readonly texts = signInTexts;

  protected leave(): void {
    const to = this.#router.url;
    this.sessions.giveUp();
    void this.#router.navigate(['/sign-in'], { queryParams: to === '/' ? {} : { to } });
  }
}

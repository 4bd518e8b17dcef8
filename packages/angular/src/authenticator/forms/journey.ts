import { signal, type Signal } from '@angular/core';
import type { ClientSettings } from '../../settings/client-settings';
import type { PoolhouseTexts } from '../../texts/poolhouse-texts';
import { Carried, type Next, type Screen, type ScreensAuth } from './carried';
import { ConfirmForm } from './confirm-form';
import { NewPasswordForm } from './new-password-form';
import { ResetForm } from './reset-form';
import { SignInForm } from './sign-in-form';
import { SignUpForm } from './sign-up-form';

/**
 * What a person has typed and reached so far, on all screens. It outlives each of them, so that nothing has to be typed
 * twice; passwords in it are dropped as soon as the person is signed in.
 */
export class Journey extends Carried {
  readonly screen = signal<Screen>('sign-in');
  readonly signIn: SignInForm;
  readonly signUp: SignUpForm;
  readonly confirm: ConfirmForm;
  readonly reset: ResetForm;
  readonly newPassword: NewPasswordForm;

  constructor(auth: ScreensAuth, texts: PoolhouseTexts, settings: Signal<ClientSettings>) {
    super(auth, texts, settings);
    this.signIn = new SignInForm(this);
    this.signUp = new SignUpForm(this);
    this.confirm = new ConfirmForm(this);
    this.reset = new ResetForm(this);
    this.newPassword = new NewPasswordForm(this);
  }

  /** Begins, or goes on with what was begun before the screens were opened, such as a challenge. */
  begin(screen: Screen): void {
    this.screen.set(this.takeChallenge() ?? screen);
  }

  /** Shows another screen, and hands over what it can use of what was typed. */
  go(to: Next): void {
    if (to === 'signed-in') {
      this.#forget();
      return;
    }
    this.signUp.handOver();
    if (to === 'sign-up') this.signUp.takeOver();
    if (to === 'sign-in' && this.auth.challenge()) this.auth.cancelChallenge();
    this.moved = true;
    this.screen.set(to);
  }

  /** As `go`, by the person's own wish: what was said before is over. */
  leaveFor(to: Screen): void {
    this.notice.set(null);
    for (const form of this.#forms()) form.settle();
    this.go(to);
  }

  /** Drops what nobody needs any more once the person is signed in. */
  #forget(): void {
    this.forgetWay();
    this.screen.set('sign-in');
    for (const form of this.#forms()) form.forget();
  }

  #forms() {
    return [this.signIn, this.signUp, this.confirm, this.reset, this.newPassword];
  }
}

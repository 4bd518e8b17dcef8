import { computed, type Signal } from '@angular/core';
import type { ClientSettings, PoolhouseTexts } from '@poolhouse/angular';
import { Carried, type Next, type Place, type Screen, type ScreensAuth } from './carried';
import { ChoiceForm } from './choice-form';
import { ConfirmForm } from './confirm-form';
import { LinkForm } from './link-form';
import { NewPasswordForm } from './new-password-form';
import { ResetForm } from './reset-form';
import { SecondFactorForm } from './second-factor-form';
import { SetUpForm } from './set-up-form';
import { SignInForm } from './sign-in-form';
import { SignUpForm } from './sign-up-form';

/**
 * What a person has typed and reached so far, on all screens. It outlives each of them, so that nothing has to be typed
 * twice; passwords in it are dropped as soon as the person is signed in.
 */
export class Journey extends Carried {
  readonly signIn: SignInForm;
  readonly choice: ChoiceForm;
  readonly signUp: SignUpForm;
  readonly confirm: ConfirmForm;
  readonly reset: ResetForm;
  readonly newPassword: NewPasswordForm;
  readonly secondFactor: SecondFactorForm;
  readonly setUp: SetUpForm;
  readonly link: LinkForm;
  /** Where the person is. */
  readonly place = computed<Place>(() => {
    const screen = this.screen();
    if (screen === 'reset-password' && this.reset.step() === 'change') return 'reset-code';
    if (screen !== 'set-up-factor') return screen;
    const step = this.setUp.step();
    return step === 'authenticator' || step === 'email' ? `set-up-${step}` : screen;
  });

  /** The title of the step. */
  readonly title = computed(() => {
    const { words } = this;
    const titles: Readonly<Record<Place, string>> = {
      'sign-in': words.signInTitle,
      'sign-up': words.signUpTitle,
      confirm: this.verification() === 'link' ? words.linkTitle : words.confirmTitle,
      'reset-password': words.resetTitle,
      'reset-code': words.resetCodeTitle,
      'new-password': words.newPasswordTitle,
      'choose-way': words.chooseWayTitle,
      'enter-password': words.enterPasswordTitle,
      'choose-factor': words.chooseFactorTitle,
      'enter-code': words.secondFactorTitle,
      'set-up-factor': this.setUp.step() === 'elsewhere' ? words.setUpPhoneTitle : words.setUpTitle,
      'set-up-authenticator': words.setUpAppTitle,
      'set-up-email': words.setUpEmailTitle,
      'link-code': words.linkCodeTitle,
    };
    return titles[this.place()];
  });

  constructor(auth: ScreensAuth, texts: PoolhouseTexts, settings: Signal<ClientSettings>) {
    super(auth, texts, settings);
    this.signIn = new SignInForm(this);
    this.choice = new ChoiceForm(this);
    this.signUp = new SignUpForm(this);
    this.confirm = new ConfirmForm(this);
    this.reset = new ResetForm(this);
    this.newPassword = new NewPasswordForm(this);
    this.secondFactor = new SecondFactorForm(this);
    this.setUp = new SetUpForm(this);
    this.link = new LinkForm(this, this.secondFactor);
  }

  /** Begins, or goes on with what was begun before the screens were opened, such as a challenge. */
  begin(screen: Screen): void {
    const first = this.takeChallenge() ?? screen;
    if (first === 'set-up-factor') this.setUp.begin();
    this.screen.set(first);
  }

  /** Shows another screen, and hands over what it can use of what was typed. */
  go(to: Next): void {
    if (to === 'signed-in') {
      this.#forget();
      return;
    }
    this.signUp.handOver();
    if (to === 'sign-up') this.signUp.takeOver();
    if (to === 'set-up-factor') this.setUp.begin();
    if (to === 'sign-in' && this.auth.challenge()) this.auth.cancelChallenge();
    this.moved = true;
    this.screen.set(to);
  }

  /** As `go`, by the person's own wish: what was said before is over. */
  leaveFor(to: Screen): void {
    this.#settle();
    this.go(to);
  }

  /**
   * Shows a step again, by Back, Forward or a reload. What it needs may be gone by now; then the person is at the step before it.
   */
  revisit(place: Place): void {
    this.#settle();
    switch (place) {
      case 'reset-password':
      case 'reset-code':
        this.reset.step.set(place === 'reset-code' && this.name.cleaned() ? 'change' : 'ask');
        return this.screen.set('reset-password');
      case 'new-password':
        if (this.auth.challenge()?.kind === 'new-password') return this.screen.set(place);
        this.notice.set(this.words.newPasswordAgain);
        return this.screen.set('sign-in');
      case 'choose-way':
        if (this.name.cleaned() && this.ways().length > 0) return this.screen.set(place);
        return this.screen.set('sign-in');
      case 'enter-password':
        return this.screen.set(this.name.cleaned() ? place : 'sign-in');
      case 'choose-factor':
        if (this.auth.challenge()?.kind === place) return this.screen.set(place);
        if (this.knowsFirstFactor && this.factors().length > 0) return this.screen.set(place);
        return this.#signInAgain();
      case 'enter-code':
        if (this.auth.challenge()?.kind === 'code') return this.screen.set(place);
        return this.#signInAgain();
      case 'set-up-factor':
      case 'set-up-authenticator':
      case 'set-up-email':
        if (this.auth.challenge()?.kind !== 'set-up-factor') return this.#signInAgain();
        if (place === 'set-up-factor') this.setUp.step.set('choose');
        else this.setUp.step.set(place === 'set-up-email' ? 'email' : 'authenticator');
        return this.screen.set('set-up-factor');
      case 'link-code':
        return this.screen.set(this.link.code() === null ? 'sign-in' : place);
      case 'confirm':
        if (!this.confirm.isDone()) return this.screen.set(place);
        this.notice.set(this.words.confirmed);
        return this.screen.set('sign-in');
      case 'sign-up':
        return this.screen.set(this.settings().signUpOpen ? place : 'sign-in');
      default:
        return this.screen.set(place);
    }
  }

  #signInAgain(): void {
    this.notice.set(this.words.secondFactorAgain);
    this.screen.set('sign-in');
  }

  /** Drops what nobody needs any more once the person is signed in. */
  #forget(): void {
    this.forgetWay();
    this.name.clear();
    this.screen.set('sign-in');
    for (const form of this.#forms()) form.forget();
  }

  /** What was said before is over. */
  #settle(): void {
    this.notice.set(null);
    for (const form of this.#forms()) form.settle();
  }

  #forms() {
    return [
      this.signIn,
      this.choice,
      this.signUp,
      this.confirm,
      this.reset,
      this.newPassword,
      this.secondFactor,
      this.link,
    ];
  }
}

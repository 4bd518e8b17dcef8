import { signal } from '@angular/core';
import {
  ɵcodeField as codeField,
  type ɵField as Field,
  ɵfill as fill,
  ɵForm as Form,
} from '@poolhouse/angular/fields';
import type { Carried, Next } from './carried';

/** Confirms a new account: by a code, or by a link in a mail that is opened elsewhere. */
export class ConfirmForm {
  readonly code: Field;
  readonly asksName = signal(false);
  readonly form: Form;
  /** Sending the message again, which has troubles of its own. */
  readonly again: Form;
  readonly #carried: Carried;
  #confirmedName = '';

  constructor(carried: Carried) {
    this.#carried = carried;
    this.code = codeField(carried.words);
    const unknown = carried.texts.errors.unknown;
    const name = () => this.asksName() && { username: carried.name };
    this.form = new Form(
      () => ({ ...name(), ...(carried.verification() === 'code' && { code: this.code }) }),
      unknown,
    );
    this.again = new Form(() => ({ ...name() }), unknown);
  }

  /** Whoever comes from nowhere says first whom to confirm. */
  begin(): void {
    this.asksName.set(this.#carried.name.cleaned() === '');
  }

  /** Sends the code, or looks whether the link was opened; null when the screen stays. */
  submit(): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    this.again.error.set(null);
    return carried.verification() === 'link' ? this.#look() : this.#send();
  }

  /** The link was opened elsewhere: the journey goes on by itself. */
  noticed(): Promise<Next | null> {
    const carried = this.#carried;
    return this.form.run(() => this.#enter(carried.password));
  }

  /** Asks for the message once more. */
  async resend(): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    this.form.error.set(null);
    return this.again.submit<Next | null>(
      async () => {
        carried.sentTo(await carried.auth.resendCode(carried.name.cleaned()));
        carried.notice.set(fill(carried.words.sentAgain, { address: carried.address() }));
        return null;
      },
      ({ code }) => (code === 'already-confirmed' ? this.#confirmed() : null),
    );
  }

  /** Whether the message went again just now. */
  isSentAgain(): boolean {
    return this.again.error() === null && this.#carried.notice() !== null;
  }

  /** Takes back what was said above the button. */
  settle(): void {
    this.form.error.set(null);
    this.again.error.set(null);
  }

  /** Drops what was typed and said. */
  forget(): void {
    this.settle();
    this.code.clear();
    this.#confirmedName = '';
  }

  /** Whether the account of this name is confirmed, so that Back need not ask again. */
  isDone(): boolean {
    return this.#confirmedName !== '' && this.#confirmedName === this.#carried.name.cleaned();
  }

  #confirmed(): Next {
    this.#note();
    this.#carried.notice.set(this.#carried.words.confirmed);
    return 'sign-in';
  }

  #enter(password: string, session?: string): Promise<Next> {
    this.#note();
    return this.#carried.enter(password, this.#carried.words.confirmed, session);
  }

  #note(): void {
    this.#confirmedName = this.#carried.name.cleaned();
  }

  #send(): Promise<Next | null> {
    const carried = this.#carried;
    return this.form.submit<Next>(
      async () => {
        const code = this.code.cleaned();
        const { session } = await carried.auth.confirmSignUp(carried.name.cleaned(), code);
        return this.#enter(carried.password, session);
      },
      ({ code }) => (code === 'already-confirmed' ? this.#confirmed() : null),
    );
  }

  /** Signing in is the only way to learn it; without the password that is the sign-in screen's work. */
  #look(): Promise<Next | null> {
    const carried = this.#carried;
    return this.form.submit<Next | null>(async () => {
      if (carried.password === '') return 'sign-in';
      const next = await carried.signInWith(carried.password);
      if (next !== 'confirm') return next;
      this.form.error.set(carried.words.linkNotYet);
      return null;
    });
  }
}

import { signal } from '@angular/core';
import {
  ɵcodeField as codeField,
  type ɵField as Field,
  ɵfill as fill,
  ɵForm as Form,
} from '@poolhouse/angular/fields';
import type { Carried, Next } from './carried';

/** A forgotten password: first a code is asked for, then it pays for a new password. */
export class ResetForm {
  readonly step = signal<'ask' | 'change'>('ask');
  readonly code: Field;
  readonly password: Field;
  readonly asking: Form;
  readonly changing: Form;
  /** Sending the code again, which has troubles of its own. */
  readonly again: Form;
  readonly #carried: Carried;

  constructor(carried: Carried) {
    this.#carried = carried;
    this.code = codeField(carried.words);
    this.password = carried.choosePassword();
    const unknown = carried.texts.errors.unknown;
    this.asking = new Form(() => ({ username: carried.name }), unknown);
    this.again = new Form(() => ({}), unknown);
    this.changing = new Form(() => ({ code: this.code, password: this.password }), unknown);
  }

  /** Asks for a code. */
  async ask(): Promise<void> {
    const carried = this.#carried;
    carried.notice.set(null);
    await this.asking.submit(async () => {
      carried.sentTo(await carried.auth.forgotPassword(carried.name.cleaned()));
      this.#goTo('change');
    });
  }

  /** The person has a code already, for example from an administrator's reset. */
  async haveCode(): Promise<void> {
    this.#carried.notice.set(null);
    await this.asking.submit(async () => this.#goTo('change'));
  }

  /** Asks for the code once more, without leaving the step; answers whether it was sent. */
  async resend(): Promise<boolean> {
    const carried = this.#carried;
    carried.notice.set(null);
    this.changing.error.set(null);
    const sent = await this.again.run(async () => {
      carried.sentTo(await carried.auth.forgotPassword(carried.name.cleaned()));
      carried.notice.set(fill(carried.words.sentAgain, { address: carried.address() }));
      return true;
    });
    return sent ?? false;
  }

  /** Back to the first step, for somebody else. */
  otherName(): void {
    this.#carried.notice.set(null);
    this.#carried.name.clear();
    this.forget();
    this.#goTo('ask');
  }

  /** Changes the password and signs in with it; null when the screen stays. */
  submit(): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    this.again.error.set(null);
    return this.changing.submit<Next>(async () => {
      const password = this.password.value();
      await carried.auth.confirmForgotPassword({
        username: carried.name.cleaned(),
        code: this.code.cleaned(),
        password,
      });
      const next = await carried.enter(password, carried.words.resetDone);
      this.forget();
      return next;
    });
  }

  /** Takes back what was said above the button. */
  settle(): void {
    this.asking.error.set(null);
    this.changing.error.set(null);
    this.again.error.set(null);
  }

  /** Drops what was typed and said. */
  forget(): void {
    this.settle();
    this.step.set('ask');
    this.code.clear();
    this.password.clear();
  }

  #goTo(step: 'ask' | 'change'): void {
    this.#carried.moved = true;
    this.step.set(step);
  }
}

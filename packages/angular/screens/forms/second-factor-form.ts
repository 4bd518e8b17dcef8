import { computed, linkedSignal } from '@angular/core';
import type { AuthError } from '@poolhouse/angular';
import {
  ɵcodeField as codeField,
  type ɵField as Field,
  ɵfill as fill,
  ɵForm as Form,
} from '@poolhouse/angular/fields';
import type { Carried, Next } from './carried';

/** The second factor of a sign-in: which one, where there are several, and its code. */
export class SecondFactorForm {
  readonly code: Field;
  readonly form: Form;
  readonly choosing: Form;
  /** Sending the message again, which has troubles of its own. */
  readonly again: Form;
  /** The factor that is chosen so far: the first one, until the person takes another. */
  readonly chosen = linkedSignal(() => this.#carried.factors()[0] ?? null);
  /** What is to be done, in words. */
  readonly intro = computed(() => {
    const { auth, factor, words, address } = this.#carried;
    const challenge = auth.challenge();
    const device = challenge?.kind === 'code' ? challenge.deviceName : undefined;
    if (factor() !== 'authenticator') {
      const { isFirstCode, settings } = this.#carried;
      const hasLink = isFirstCode() && factor() === 'email' && settings().signInLinks;
      const text = hasLink ? words.linkOrCodeSent : words.secondFactorSent;
      return fill(text, { address: address.call(this.#carried) });
    }
    return device ? fill(words.secondFactorDevice, { device }) : words.secondFactorApp;
  });
  readonly #carried: Carried;

  constructor(carried: Carried) {
    this.#carried = carried;
    this.code = codeField(carried.words, () => carried.isFirstCode());
    const unknown = carried.texts.errors.unknown;
    this.form = new Form(() => ({ code: this.code }), unknown);
    this.choosing = new Form(() => ({}), unknown);
    this.again = new Form(() => ({}), unknown);
  }

  /** Sends the code; null when the screen stays, as after a wrong one. */
  async submit(): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    this.again.error.set(null);
    const next = await this.form.submit<Next>(
      async () => carried.leadsTo(await carried.auth.enterCode(this.code.cleaned())),
      (error) => backToPassword(carried, error),
    );
    if (next !== null) this.code.clear();
    return next;
  }

  /** Takes the chosen factor; null when the screen stays. Who has come back chooses again, for which the sign-in begins anew. */
  choose(): Promise<Next | null> {
    const carried = this.#carried;
    const chosen = this.chosen();
    carried.notice.set(null);
    return this.choosing.submit<Next | null>(
      async () => {
        if (chosen === null) return null;
        if (carried.auth.challenge()?.kind !== 'choose-factor') return carried.signInAnew(chosen);
        return carried.leadsTo(await carried.auth.chooseFactor(chosen));
      },
      (error) => backToPassword(carried, error),
    );
  }

  /** Signs in anew, which sends another message; the API has no other way to ask for one. */
  resend(): Promise<Next | null> {
    const carried = this.#carried;
    const factor = carried.factor();
    carried.notice.set(null);
    this.form.error.set(null);
    return this.again.run<Next | null>(
      async () => {
        if (factor === null) return null;
        const next = await carried.signInAnew(factor);
        if (next !== 'enter-code') return next;
        carried.notice.set(fill(carried.words.sentAgain, { address: carried.address() }));
        return null;
      },
      (error) => backToPassword(carried, error),
    );
  }

  /** Whether the message went again just now. */
  isSentAgain(): boolean {
    return this.again.error() === null && this.#carried.notice() !== null;
  }

  /** Takes back what was said above the button. */
  settle(): void {
    for (const form of [this.form, this.choosing, this.again]) form.error.set(null);
  }

  /** Drops what was typed and said. */
  forget(): void {
    this.settle();
    this.code.clear();
  }
}

/** The pool has ended the sign-in: it begins again with the password. */
export function backToPassword(carried: Carried, { code, message }: AuthError): Next | null {
  if (code !== 'challenge-expired') return null;
  carried.notice.set(message);
  return 'sign-in';
}

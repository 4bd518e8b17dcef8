import { signal } from '@angular/core';
import { AuthError } from '@poolhouse/angular';
import { ɵForm as Form } from '@poolhouse/angular/fields';
import type { Carried, Next } from './carried';
import type { SecondFactorForm } from './second-factor-form';

const UNKNOWN = { code: 'unknown', message: '' } as const;

/** The code from the link of a mail: signs in where the sign-in began, and is shown elsewhere. Source: docs/guides/magic-link.md. */
export class LinkForm {
  readonly form: Form;
  /** What is to be typed where the sign-in began; never outlives the page. */
  readonly code = signal<string | null>(null);
  readonly #carried: Carried;
  readonly #typed: Pick<SecondFactorForm, 'code' | 'form'>;

  /** `typed` is where the code could have been typed: there it says what went wrong. */
  constructor(carried: Carried, typed: Pick<SecondFactorForm, 'code' | 'form'>) {
    this.#carried = carried;
    this.#typed = typed;
    this.form = new Form(() => ({}), carried.texts.errors.unknown);
  }

  /** Signs in with it if this browser waits for it. Answers what to show: after a wrong one, the screen that waits. */
  async open(code: string): Promise<Next> {
    const carried = this.#carried;
    this.code.set(null);
    try {
      const result = await carried.auth.enterLinkCode(code);
      if (result) {
        carried.name.value.set(carried.auth.challenge()?.username ?? carried.name.value());
        return carried.leadsTo(result);
      }
      this.code.set(code);
      return 'link-code';
    } catch (error) {
      const { code: kind, message } = error instanceof AuthError ? error : UNKNOWN;
      const said = message || carried.texts.errors.unknown;
      const next = carried.takeChallenge() ?? 'sign-in';
      if (next === 'enter-code') {
        // What only did not arrive is sent again by the button.
        this.#typed.code.value.set(kind === 'wrong-code' ? '' : code);
        this.#typed.form.error.set(said);
      }
      carried.notice.set(next === 'enter-code' ? null : said);
      return next;
    }
  }

  /** Tells whether the code was copied. */
  copied(isCopied: boolean): void {
    const { keyCopied, linkCodeNotCopied } = this.#carried.words;
    this.#carried.notice.set(isCopied ? keyCopied : null);
    this.form.error.set(isCopied ? null : linkCodeNotCopied);
  }

  /** Takes back what was said above the button. */
  settle(): void {
    this.form.error.set(null);
  }

  /** Drops the code. */
  forget(): void {
    this.settle();
    this.code.set(null);
  }
}

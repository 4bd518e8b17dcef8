import { linkedSignal } from '@angular/core';
import type { AuthError, SignInResult, SignInWay } from '@poolhouse/angular';
import { ɵField as Field, ɵForm as Form } from '@poolhouse/angular/fields';
import type { Carried, Next } from './carried';

/** The way in which a person signs in, where the application lets them choose: first the name, then the way, then what it needs. */
export class ChoiceForm {
  readonly password: Field;
  /** The name. */
  readonly naming: Form;
  readonly choosing: Form;
  readonly proving: Form;
  /** The way that is chosen so far: the first one, until the person takes another. */
  readonly chosen = linkedSignal<SignInWay | null>(() => this.#carried.ways()[0] ?? null);
  readonly #carried: Carried;

  constructor(carried: Carried) {
    this.#carried = carried;
    const { unknown } = carried.texts.errors;
    this.password = new Field({
      check: (value) => (value ? null : carried.missing(carried.words.password)),
    });
    this.naming = new Form(() => ({ username: carried.name }), unknown);
    this.choosing = new Form(() => ({}), unknown);
    this.proving = new Form(() => ({ password: this.password }), unknown);
  }

  /** Asks the pool what this name can sign in with; null when the screen stays. `passkeyName` goes on with its passkey at once. */
  begin(passkeyName: string | null): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    return this.naming.submit<Next>(
      () => {
        const username = carried.name.cleaned();
        return this.#follow(
          carried.auth.signIn({ username, ...(username === passkeyName && { way: 'passkey' }) }),
        );
      },
      (error) => this.#otherwise(error),
    );
  }

  /** Goes the chosen way; null when the screen stays. */
  choose(): Promise<Next | null> {
    const carried = this.#carried;
    const way = this.chosen();
    carried.notice.set(null);
    return this.choosing.submit<Next | null>(
      async () => {
        if (way === null) return null;
        if (way === 'password') return 'enter-password';
        return this.#follow(
          this.#isAsked()
            ? carried.auth.chooseWay(way)
            : carried.auth.signIn({ username: carried.name.cleaned(), way }),
        );
      },
      (error) => this.#otherwise(error),
    );
  }

  /** Signs in with the password; null when the screen stays. */
  prove(): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    return this.proving.submit<Next>(
      async () => {
        const [username, password] = [carried.name.cleaned(), this.password.value()];
        const result = this.#isAsked()
          ? await carried.auth.chooseWay('password', { password })
          : await carried.auth.signIn({ username, password, flow: 'choice' });
        return carried.leadsTo(result, password);
      },
      (error) => this.#otherwise(error),
    );
  }

  /** A passkey was taken from the name field's suggestions. */
  offered(username: string, result: SignInResult): Next {
    this.#carried.name.value.set(username);
    return this.#carried.leadsTo(result);
  }

  /** Takes back what was said above the button. */
  settle(): void {
    for (const form of [this.naming, this.choosing, this.proving]) form.error.set(null);
  }

  /** Drops what was typed and said. */
  forget(): void {
    this.settle();
    this.password.clear();
  }

  /** Whether the pool waits for this name's choice. */
  #isAsked(): boolean {
    const challenge = this.#carried.auth.challenge();
    return challenge?.kind === 'choose-way' && challenge.username === this.#carried.name.cleaned();
  }

  async #follow(result: Promise<SignInResult>): Promise<Next> {
    return this.#carried.leadsTo(await result);
  }

  #otherwise({ code, message }: AuthError): Next | null {
    const carried = this.#carried;
    switch (code) {
      case 'password-reset-required':
        carried.notice.set(carried.words.resetRequired);
        return 'reset-password';
      case 'challenge-expired':
        carried.notice.set(message);
        return 'sign-in';
      case 'passkey-cancelled':
      case 'passkey-not-possible':
        // The other ways, where there are some.
        if (carried.screen() === 'choose-way' || carried.takeChallenge() !== 'choose-way')
          return null;
        carried.notice.set(message);
        return 'choose-way';
      default:
        return null;
    }
  }
}

/** What people call a way, and what it asks of them. */
export function wayWords(
  way: SignInWay,
  words: Carried['words'],
): { readonly label: string; readonly help: string } {
  switch (way) {
    case 'passkey':
      return { label: words.wayPasskey, help: words.wayPasskeyHelp };
    case 'email':
      return { label: words.wayEmail, help: words.wayEmailHelp };
    case 'sms':
      return { label: words.waySms, help: words.waySmsHelp };
    case 'password':
      return { label: words.password, help: words.wayPasswordHelp };
  }
}

import { computed, linkedSignal, signal } from '@angular/core';
import type { SecondFactor } from '@poolhouse/angular';
import {
  ɵattributeField as attributeField,
  type ɵAttributeField as AttributeField,
  ɵcodeField as codeField,
  type ɵField as Field,
  ɵForm as Form,
} from '@poolhouse/angular/fields';
import type { Carried, Next } from './carried';
import { backToPassword } from './second-factor-form';

/** What can be set up on the screens. */
type Possible = Exclude<SecondFactor, 'sms'>;

/** A second factor for whoever has none, where the pool requires one. */
export class SetUpForm {
  /** `elsewhere`: nothing that could be set up here. */
  readonly step = signal<'choose' | 'elsewhere' | Possible>('choose');
  readonly possible = computed(() =>
    this.#carried.toSetUp().filter((factor): factor is Possible => factor !== 'sms'),
  );
  readonly chosen = linkedSignal<Possible | null>(() => this.possible()[0] ?? null);
  /** The key for the application; null until it is there. */
  readonly key = signal<string | null>(null);
  readonly code: Field;
  readonly email: AttributeField;
  readonly choosing: Form;
  readonly verifying: Form;
  readonly mailing: Form;
  readonly #carried: Carried;

  constructor(carried: Carried) {
    this.#carried = carried;
    this.code = codeField(carried.words);
    this.email = attributeField({ name: 'email', help: '', required: true }, carried.texts);
    const unknown = carried.texts.errors.unknown;
    this.choosing = new Form(() => ({}), unknown);
    this.verifying = new Form(() => ({ code: this.code }), unknown);
    this.mailing = new Form(() => ({ email: this.email.field }), unknown);
  }

  /** Begins where there is something to do: a choice of one is none. */
  begin(): void {
    this.forget();
    const [first, ...more] = this.possible();
    this.step.set(first === undefined ? 'elsewhere' : more.length > 0 ? 'choose' : first);
  }

  /** Goes on with what is chosen. */
  choose(): void {
    const chosen = this.chosen();
    if (chosen === null) return;
    this.#carried.notice.set(null);
    this.#carried.moved = true;
    this.step.set(chosen);
  }

  /** Asks the pool for a key, unless there is one; the step stays where it cannot be had. */
  start(): Promise<Next | null> {
    const carried = this.#carried;
    if (this.key() !== null) return Promise.resolve(null);
    return this.verifying.run<Next | null>(
      async () => {
        this.key.set((await carried.auth.startAuthenticator()).key);
        return null;
      },
      (error) => backToPassword(carried, error),
    );
  }

  /** Sends the application's code; null when the screen stays. */
  submit(): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    if (this.key() === null) return this.start();
    return this.verifying.submit<Next>(
      async () => {
        const code = this.code.cleaned();
        return carried.leadsTo(await carried.auth.finishAuthenticator({ code }));
      },
      (error) => backToPassword(carried, error),
    );
  }

  /** Sends the address; null when the screen stays. */
  submitEmail(): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    return this.mailing.submit<Next>(
      async () => carried.leadsTo(await carried.auth.setUpEmail(this.email.field.cleaned())),
      (error) => backToPassword(carried, error),
    );
  }

  /** Takes back what was said above the button. */
  settle(): void {
    for (const form of [this.choosing, this.verifying, this.mailing]) form.error.set(null);
  }

  /** Drops what was typed and said. */
  forget(): void {
    this.settle();
    this.key.set(null);
    this.code.clear();
    this.email.field.clear();
  }
}

import { computed } from '@angular/core';
import type { AttributeName } from '@poolhouse/angular';
import {
  ɵattributeField as attributeField,
  type ɵAttributeField as AttributeField,
  type ɵField as Field,
  ɵForm as Form,
} from '@poolhouse/angular/fields';
import type { Carried, Next } from './carried';
import { backToPassword } from './second-factor-form';

/** The password that replaces a temporary one, and what the pool requires and does not have yet. */
export class NewPasswordForm {
  readonly password: Field;
  /** What is missing; a field that the application describes for sign-up looks the same here. */
  readonly attributes = computed<readonly AttributeField[]>(() => {
    const { settings, texts, missingAttributes } = this.#carried;
    const { signUpAttributes } = settings();
    return missingAttributes().map((name) => {
      const known = signUpAttributes.find(
        (entry) => typeof entry !== 'string' && entry.name === name,
      );
      const given = typeof known === 'object' ? known : { name: name as AttributeName };
      return attributeField({ help: '', ...given, required: true }, texts);
    });
  });
  readonly form: Form;
  readonly #carried: Carried;

  constructor(carried: Carried) {
    this.#carried = carried;
    this.password = carried.choosePassword();
    this.form = new Form(
      () => ({
        ...Object.fromEntries(this.attributes().map(({ name, field }) => [name, field])),
        password: this.password,
      }),
      carried.texts.errors.unknown,
    );
  }

  /** Saves the password; null when the screen stays. */
  submit(): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    return this.form.submit<Next>(
      async () => {
        const password = this.password.value();
        const attributes = Object.fromEntries(
          this.attributes().map(({ name, field }) => [name, field.cleaned()]),
        );
        const result = await carried.auth.completeNewPassword({ password, attributes });
        return carried.leadsTo(result, password);
      },
      (error) => backToPassword(carried, error),
    );
  }

  /** Takes back what was said above the button. */
  settle(): void {
    this.form.error.set(null);
  }

  /** Drops what was typed and said. */
  forget(): void {
    this.settle();
    this.password.clear();
    this.#carried.missingAttributes.set([]);
  }
}

import { ɵField as Field, ɵForm as Form } from '@poolhouse/angular/fields';
import type { Carried, Next } from './carried';

/** Name and password. */
export class SignInForm {
  readonly password: Field;
  readonly form: Form;
  readonly #carried: Carried;

  constructor(carried: Carried) {
    this.#carried = carried;
    this.password = new Field({
      check: (value) => (value ? null : carried.missing(carried.words.password)),
    });
    this.form = new Form(
      () => ({ username: carried.name, password: this.password }),
      carried.texts.errors.unknown,
    );
  }

  /** Signs in, and says where the person goes from there; null when the screen stays. */
  submit(): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    return this.form.submit<Next>(
      () => carried.signInWith(this.password.value()),
      ({ code }) => {
        if (code !== 'password-reset-required') return null;
        carried.notice.set(carried.words.resetRequired);
        return 'reset-password';
      },
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
  }
}

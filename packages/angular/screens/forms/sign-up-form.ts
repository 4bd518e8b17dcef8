import { computed, signal } from '@angular/core';
import type { AttributeName, SignUpField } from '@poolhouse/angular';
import {
  ɵattributeField as attributeField,
  type ɵAttributeField as AttributeField,
  ɵField as Field,
  ɵForm as Form,
} from '@poolhouse/angular/fields';
import type { Carried, Next } from './carried';

/** A new account: the user name where the pool has one, what the pool requires, and a password. */
export class SignUpForm {
  readonly username: Field;
  readonly password: Field;
  readonly attributes = signal<readonly AttributeField[]>([]);
  readonly form: Form;
  readonly #carried: Carried;
  readonly #fields = computed(() => ({
    ...(this.hasUsername && { username: this.username }),
    ...Object.fromEntries(this.attributes().map(({ name, field }) => [name, field])),
    ...(this.hasPassword && { password: this.password }),
  }));

  constructor(carried: Carried) {
    this.#carried = carried;
    const { words } = carried;
    this.username = new Field({
      clean: (value) => value.trim(),
      check: (value) => {
        if (value === '') return carried.missing(words.nameUsername);
        return /\s/.test(value) ? words.problemSpaces : null;
      },
    });
    this.password = carried.choosePassword(() => this.#isPasswordOptional());
    this.form = new Form(() => this.#named(), carried.texts.errors.unknown);
    this.ask(carried.settings().signUpAttributes);
  }

  /** Whether people choose a user name; otherwise the first attribute that is a sign-in name serves as one. */
  get hasUsername(): boolean {
    const { signInNames } = this.#carried.settings();
    return (
      signInNames.includes('username') ||
      !signInNames.some((name) => name === 'email' || name === 'phone_number')
    );
  }

  /** Whether people choose a password; otherwise they sign in with codes and passkeys. */
  get hasPassword(): boolean {
    return this.#carried.settings().signUpPassword !== 'none';
  }

  #isPasswordOptional(): boolean {
    return this.#carried.settings().signUpPassword === 'optional';
  }

  /** Asks for these attributes; what was typed into those that stay is kept. */
  ask(entries: readonly (AttributeName | SignUpField)[]): void {
    const before = new Map(this.attributes().map(({ name, field }) => [name, field.value()]));
    const all = entries.map((entry) => attributeField(entry, this.#carried.texts));
    const name = this.#carried.settings().signInNames[0];
    if (!this.hasUsername && name && !all.some((attribute) => attribute.name === name)) {
      all.unshift(attributeField(name as AttributeName, this.#carried.texts));
    }
    for (const { name, field } of all) field.value.set(before.get(name) ?? '');
    this.attributes.set(all);
  }

  /** Takes over what was typed as the sign-in name, where this screen is still empty. */
  takeOver(): void {
    const typed = this.#carried.name.cleaned();
    if (typed === '') return;
    const email = this.attributes().find(({ name }) => name === 'email')?.field;
    const target = typed.includes('@') ? email : this.hasUsername ? this.username : undefined;
    if (target?.value() === '') target.value.set(typed);
  }

  /** Hands what was typed here to the sign-in screen, where that is still empty. */
  handOver(): void {
    if (this.#carried.name.value() === '') this.#carried.name.value.set(this.#name());
  }

  /** Creates the account; null when the screen stays. */
  submit(): Promise<Next | null> {
    const carried = this.#carried;
    carried.notice.set(null);
    return this.form.submit<Next>(async () => {
      const password = this.hasPassword ? this.password.value() : '';
      const username = this.#name();
      const attributes = this.#values();
      const result = await carried.auth.signUp({
        ...{ username, attributes },
        ...(password !== '' && { password }),
      });
      carried.name.value.set(username);
      carried.signedUpWith(attributes);
      if (result.confirmed) return carried.enter(password, carried.words.confirmed);
      carried.password = password;
      carried.sentTo(result.destination);
      carried.waitsWith(result.session);
      if (result.verification !== 'none') carried.verification.set(result.verification);
      return 'confirm';
    });
  }

  /** Takes back what was said above the button. */
  settle(): void {
    this.form.error.set(null);
  }

  /** Drops what was typed and said. */
  forget(): void {
    this.settle();
    this.username.clear();
    this.password.clear();
    for (const { field } of this.attributes()) field.clear();
  }

  /** The fields by the names that the service uses; without a user name, errors about it belong to what serves as one. */
  #named(): Record<string, Field> {
    const fields: Record<string, Field> = this.#fields();
    const serving = this.#serving();
    return this.hasUsername || !serving ? fields : { ...fields, username: serving.field };
  }

  #serving(): AttributeField | undefined {
    const names: readonly string[] = this.#carried.settings().signInNames;
    return this.attributes().find(({ name }) => names.includes(name));
  }

  #name(): string {
    return this.hasUsername ? this.username.cleaned() : (this.#serving()?.field.cleaned() ?? '');
  }

  #values(): Record<string, string> {
    return Object.fromEntries(
      this.attributes()
        .map(({ name, field }) => [name, field.cleaned()] as const)
        .filter(([, value]) => value !== ''),
    );
  }
}

import { computed, signal, type Signal } from '@angular/core';
import type {
  Auth,
  ClientSettings,
  Destination,
  PoolhouseTexts,
  ScreenTexts,
} from '@poolhouse/angular';
import {
  ɵattributeField as attributeField,
  type ɵAttributeField as AttributeField,
  ɵcodeField as codeField,
  type ɵField as Field,
  ɵfill as fill,
  ɵForm as Form,
  ɵwordsOf as wordsOf,
} from '@poolhouse/angular/fields';

/** What the form calls of the kit. */
type AddressesAuth = Pick<
  Auth,
  'user' | 'loadAttributes' | 'updateAttributes' | 'sendAttributeCode' | 'verifyAttribute'
>;

/** An address that messages go to. */
export type AddressName = 'email' | 'phone_number';

/** One address as the person sees it. */
export interface AddressRow {
  readonly name: AddressName;
  readonly label: string;
  /** Empty where the account has none. */
  readonly value: string;
  readonly isVerified: boolean;
  /** Whether the pool lets the person change it. */
  readonly canChange: boolean;
}

const ALL: readonly AddressName[] = ['email', 'phone_number'];

/** The addresses of whoever is signed in: changed, and proved by a code that is sent there. */
export class OwnAddressesForm {
  /** Reading, and sending a code. */
  readonly form: Form;
  readonly saving: Form;
  readonly proving: Form;
  readonly code: Field;
  /** The fields to type one into. */
  readonly fields: Readonly<Record<AddressName, AttributeField>>;
  /** The one that is being typed, if any. */
  readonly changed = signal<AddressName | null>(null);
  /** The one whose code is asked for, if any, and where the code went. */
  readonly proved = signal<{ readonly name: AddressName; readonly sentTo: string } | null>(null);
  /** The one that was acted on last: what went wrong stands with it. */
  readonly at = signal<AddressName | null>(null);
  /** What was done last. */
  readonly said = signal('');
  readonly isLoaded = signal(false);
  /** What the account has, and what it may have. */
  readonly rows = computed<readonly AddressRow[]>(() => {
    const attributes = this.#auth.user()?.attributes ?? {};
    return ALL.map((name) => ({
      name,
      label: this.fields[name].label,
      value: attributes[name] ?? '',
      isVerified: attributes[`${name}_verified`] === 'true',
      canChange: (this.#settings().changeableAddresses ?? ALL).includes(name),
    })).filter(({ value, canChange }) => canChange || value !== '');
  });
  readonly #auth: AddressesAuth;
  readonly #settings: Signal<Pick<ClientSettings, 'changeableAddresses'>>;
  readonly #words: ScreenTexts;

  constructor(
    auth: AddressesAuth,
    texts: PoolhouseTexts,
    settings: Signal<Pick<ClientSettings, 'changeableAddresses'>>,
  ) {
    this.#auth = auth;
    this.#settings = settings;
    this.#words = wordsOf(texts);
    this.fields = {
      email: attributeField('email', texts),
      phone_number: attributeField('phone_number', texts),
    };
    this.code = codeField(this.#words);
    const { unknown } = texts.errors;
    this.form = new Form(() => ({}), unknown);
    this.saving = new Form(() => {
      const name = this.changed();
      return name === null ? {} : { [name]: this.fields[name].field };
    }, unknown);
    this.proving = new Form(() => ({ code: this.code }), unknown);
  }

  /** Reads the addresses. */
  async load(): Promise<void> {
    await this.form.run(async () => {
      await this.#auth.loadAttributes();
      this.isLoaded.set(true);
    });
  }

  /** Lets the person type one. */
  change({ name, value }: AddressRow): void {
    this.#begin(name);
    this.fields[name].field.value.set(value);
    this.changed.set(name);
  }

  /** Saves what was typed, and asks for the code if one was sent. Answers whether it is saved. */
  async save(): Promise<boolean> {
    const name = this.changed();
    if (name === null) return false;
    const { field, label } = this.fields[name];
    const done = await this.saving.submit(async () => {
      const sent = await this.#auth.updateAttributes({ [name]: field.cleaned() });
      this.cancel();
      const proof = sent.find(({ attribute }) => attribute === name);
      if (proof) this.#askForCode(name, proof);
      else this.said.set(fill(this.#words.addressIsSaved, { address: label }));
      return true;
    });
    return done ?? false;
  }

  /** Sends a code that proves one. Answers whether it went. */
  async send(name: AddressName): Promise<boolean> {
    this.#begin(name);
    const done = await this.form.run(async () => {
      this.#askForCode(name, await this.#auth.sendAttributeCode(name));
      return true;
    });
    return done ?? false;
  }

  /** Proves one by the code. Answers whether it is proved. */
  async prove(): Promise<boolean> {
    const name = this.proved()?.name;
    if (name === undefined) return false;
    const done = await this.proving.submit(async () => {
      await this.#auth.verifyAttribute(name, this.code.cleaned());
      this.cancel();
      this.said.set(fill(this.#words.addressIsVerified, { address: this.fields[name].label }));
      return true;
    });
    return done ?? false;
  }

  /** Leaves things as they are. */
  cancel(): void {
    this.changed.set(null);
    this.proved.set(null);
    this.code.clear();
    for (const form of [this.form, this.saving, this.proving]) form.error.set(null);
    for (const { field } of Object.values(this.fields)) field.clear();
  }

  #askForCode(name: AddressName, destination: Destination | undefined): void {
    const sentTo = destination?.address || this.#words.yourAddress;
    this.proved.set({ name, sentTo });
  }

  #begin(name: AddressName): void {
    this.cancel();
    this.at.set(name);
    this.said.set('');
  }
}

import { computed, signal } from '@angular/core';
import type {
  Auth,
  FactorState,
  OwnFactors,
  PoolhouseTexts,
  SecondFactor,
  ScreenTexts,
} from '@poolhouse/angular';
import {
  ɵcodeField as codeField,
  ɵfactorWords as factorWords,
  type ɵField as Field,
  ɵfill as fill,
  ɵForm as Form,
  ɵwordsOf as wordsOf,
} from '@poolhouse/angular/fields';

/** What the form calls of the kit. */
type FactorsAuth = Pick<
  Auth,
  'loadFactors' | 'setFactor' | 'startAuthenticator' | 'finishAuthenticator'
>;

/** One factor as the person sees it. */
export interface FactorRow {
  readonly factor: SecondFactor;
  readonly label: string;
  readonly help: string;
  readonly isOn: boolean;
  readonly isFirst: boolean;
  /** Only where there is a choice, an order means something. */
  readonly hasOrder: boolean;
}

const ALL: readonly SecondFactor[] = ['authenticator', 'email', 'sms'];

/** The second factors of whoever is signed in, and the set-up of an authenticator application. */
export class OwnFactorsForm {
  readonly code: Field;
  /** Reading and switching. */
  readonly form: Form;
  readonly verifying: Form;
  readonly factors = signal<OwnFactors | null>(null);
  /** The factor that was acted on last: what went wrong stands with it. */
  readonly at = signal<SecondFactor | null>(null);
  /** What was done last. */
  readonly said = signal('');
  readonly isSettingUp = signal(false);
  readonly key = signal<string | null>(null);
  /** What there is to turn on or off: codes can be sent only to an address that the account has. */
  readonly rows = computed<readonly FactorRow[]>(() => {
    const factors = this.factors();
    if (factors === null) return [];
    const { on, preferred, addresses } = factors;
    return ALL.flatMap((factor) => {
      const isOn = on.includes(factor);
      const address = factor === 'authenticator' ? undefined : addresses[factor];
      if (factor !== 'authenticator' && address === undefined && !isOn) return [];
      const { label, help } = factorWords(factor, this.#words);
      return {
        ...{ factor, label, isOn, isFirst: preferred === factor },
        hasOrder: isOn && (on.length > 1 || preferred === factor),
        help: address === undefined ? help : fill(this.#words.factorAddress, { address }),
      };
    });
  });
  readonly #auth: FactorsAuth;
  readonly #words: ScreenTexts;

  constructor(auth: FactorsAuth, texts: PoolhouseTexts) {
    this.#auth = auth;
    this.#words = wordsOf(texts);
    this.code = codeField(this.#words);
    this.form = new Form(() => ({}), texts.errors.unknown);
    this.verifying = new Form(() => ({ code: this.code }), texts.errors.unknown);
  }

  /** Reads the factors. */
  async load(): Promise<void> {
    await this.form.run(async () => this.factors.set(await this.#auth.loadFactors()));
  }

  /** Turns a factor on or off, or puts it first. */
  async set({ factor, label }: FactorRow, state: FactorState): Promise<void> {
    const { factorIsOff, factorIsOn, factorIsFirst } = this.#words;
    this.#begin(factor);
    await this.form.run(async () => {
      this.factors.set(await this.#auth.setFactor(factor, state));
      const said = { off: factorIsOff, on: factorIsOn, preferred: factorIsFirst }[state];
      this.said.set(fill(said, { factor: label }));
    });
  }

  /** Asks for a key, and shows what to do with it. */
  async start(): Promise<void> {
    this.#begin('authenticator');
    await this.form.run(async () => {
      this.key.set((await this.#auth.startAuthenticator()).key);
      this.isSettingUp.set(true);
    });
  }

  /** Leaves the set-up; what worked before still does. */
  cancel(): void {
    this.isSettingUp.set(false);
    this.key.set(null);
    this.code.clear();
    this.verifying.error.set(null);
  }

  /** Takes the application into use. Answers whether it is. */
  async finish(): Promise<boolean> {
    const { factorIsOn, factorIsReplaced, factorAuthenticator: factor } = this.#words;
    this.said.set('');
    const done = await this.verifying.submit(async () => {
      const wasOn = this.factors()?.on.includes('authenticator');
      await this.#auth.finishAuthenticator({ code: this.code.cleaned() });
      this.cancel();
      this.said.set(fill(wasOn ? factorIsReplaced : factorIsOn, { factor }));
      return true;
    });
    if (done) await this.load();
    return done ?? false;
  }

  #begin(factor: SecondFactor): void {
    this.at.set(factor);
    this.said.set('');
    if (this.isSettingUp()) this.cancel();
  }
}

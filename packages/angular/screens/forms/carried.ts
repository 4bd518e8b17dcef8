import { computed, linkedSignal, signal, type Signal } from '@angular/core';
import {
  type Auth,
  type Challenge,
  type ClientSettings,
  ɵcanUsePasskeys as canUsePasskeys,
  ɵconfirmedBy as confirmedBy,
  type Destination,
  type PoolhouseTexts,
  type SecondFactor,
  type SignInInput,
  type SignInResult,
  type SignInWay,
  type ScreenTexts,
} from '@poolhouse/angular';
import {
  ɵField as Field,
  ɵmissingText as missingText,
  ɵpasswordProblem as passwordProblem,
  type PasswordRule,
  passwordRules,
  ɵpasswordRulesAttribute as passwordRulesAttribute,
  ɵwordsOf as wordsOf,
} from '@poolhouse/angular/fields';

/** One page of the ready-made screens. */
export type Screen =
  | 'sign-in'
  | 'sign-up'
  | 'confirm'
  | 'reset-password'
  | 'new-password'
  | 'choose-way'
  | 'enter-password'
  | 'choose-factor'
  | 'enter-code'
  | 'set-up-factor'
  | 'link-code';

/** One step of the journey: a screen, or the second half of one. */
export type Place = Screen | 'reset-code' | 'set-up-authenticator' | 'set-up-email';

/** Where a screen leads. */
export type Next = Screen | 'signed-in';

/** What the screens call of the kit. */
export type ScreensAuth = Pick<
  Auth,
  | 'signIn'
  | 'signUp'
  | 'confirmSignUp'
  | 'resendCode'
  | 'forgotPassword'
  | 'confirmForgotPassword'
  | 'completeNewPassword'
  | 'chooseWay'
  | 'offerPasskey'
  | 'enterCode'
  | 'enterLinkCode'
  | 'chooseFactor'
  | 'startAuthenticator'
  | 'finishAuthenticator'
  | 'setUpEmail'
  | 'challenge'
  | 'cancelChallenge'
>;

/** What outlives a reload of the page: no password, and of an address no more than the pool shows of it. */
export interface Remembered {
  readonly name: string;
  readonly destination?: Destination;
  readonly verification: 'code' | 'link';
  readonly session?: string;
}

/** What is carried from screen to screen: the name, the last message, a password until the person is signed in. */
export class Carried {
  readonly auth: ScreensAuth;
  readonly texts: PoolhouseTexts;
  /** The words of the screens. */
  readonly words: ScreenTexts;
  /** What the pool is set to; may come after the first screen. */
  readonly settings: Signal<ClientSettings>;

  /** What the person signs in with: one field on all screens. */
  readonly name: Field;
  readonly #sent = signal<{ name: string; destination: Destination } | null>(null);
  /** Where the last message to this name went. */
  readonly destination = computed(() => {
    const sent = this.#sent();
    return sent?.name === this.name.cleaned() ? sent.destination : null;
  });
  /** What confirms the account, as the kit says with an answer; before that, and for other messages, as the settings say. */
  readonly verification = linkedSignal(
    computed(() => confirmedBy(this.settings().signUpVerification, this.destination())),
  );
  readonly #waiting = signal<{ name: string; session: string } | null>(null);
  /** What proves who waits for the link of this name's sign-up to be opened. */
  readonly session = computed(() => {
    const waiting = this.#waiting();
    return waiting?.name === this.name.cleaned() ? waiting.session : null;
  });
  /** What the pool wants to know before a new password counts. */
  readonly missingAttributes = signal<readonly string[]>([]);
  /** What the person can sign in with, where they choose. */
  readonly ways = signal<readonly SignInWay[]>([]);
  /** Whether the code that is asked for stands in place of the password. */
  readonly isFirstCode = signal(false);
  /** Which code is asked for, and what the person could choose instead. */
  readonly factor = signal<SecondFactor | null>(null);
  readonly factors = signal<readonly SecondFactor[]>([]);
  /** What the pool takes as a second factor, where the person has none. */
  readonly toSetUp = signal<readonly SecondFactor[]>([]);
  /** The screen on show. */
  readonly screen = signal<Screen>('sign-in');
  /** What the screen before has to say. */
  readonly notice = signal<string | null>(null);
  /** Whether the screen on show came after another one, so that focus has to follow. */
  moved = false;
  #signedUp: { name: string; attributes: Readonly<Record<string, string>> } | null = null;
  /** Signs the person in once the account is confirmed. */
  password = '';
  /** What a second factor was asked for: signs in anew for another message, or another factor. */
  #firstFactor: SignInInput | null = null;

  constructor(auth: ScreensAuth, texts: PoolhouseTexts, settings: Signal<ClientSettings>) {
    this.auth = auth;
    this.texts = texts;
    this.words = wordsOf(texts);
    this.settings = settings;
    this.name = new Field({
      clean: (value) => value.trim(),
      check: (value) => (value ? null : this.missing(this.nameLabel())),
    });
  }

  /** What may be typed to sign in, in words: "User name or email". */
  nameLabel(): string {
    const { nameUsername, nameEmail, namePhone, namePreferred, or } = this.words;
    const labels = {
      username: nameUsername,
      email: nameEmail,
      phone_number: namePhone,
      preferred_username: namePreferred,
    };
    const [first = nameUsername, ...more] = this.settings().signInNames.map((name) => labels[name]);
    const last = more.pop()?.toLowerCase();
    const list = [first, ...more.map((label) => label.toLowerCase())].join(', ');
    return last === undefined ? list : `${list} ${or} ${last}`;
  }

  /** Remembers what an account was made with. */
  signedUpWith(attributes: Readonly<Record<string, string>>): void {
    this.#signedUp = { name: this.name.cleaned(), attributes };
  }

  /** Remembers where a message went; without an answer to that, it went where the one before did. */
  sentTo(destination: Destination | undefined): void {
    if (destination) this.#sent.set({ name: this.name.cleaned(), destination });
  }

  /** Where the last message went, in words: as the person typed it, where possible, so that a slip is noticed. */
  address(): string {
    const destination = this.destination();
    const typed = this.#signedUp?.name === this.name.cleaned() ? this.#signedUp.attributes : {};
    return typed[destination?.attribute ?? ''] ?? (destination?.address || this.words.yourAddress);
  }

  /** What a reload should not take away; null before anybody is named. */
  remembered(): Remembered | null {
    const name = this.name.cleaned();
    const destination = this.destination();
    const session = this.session();
    if (name === '') return null;
    return {
      ...{ name, verification: this.verification() },
      ...(destination && { destination }),
      ...(session !== null && { session }),
    };
  }

  /** Takes over what was remembered before the page was loaded again. */
  recall({ name, verification, destination, session }: Remembered): void {
    this.name.value.set(name);
    this.sentTo(destination);
    this.verification.set(verification);
    this.waitsWith(session);
  }

  /** Remembers what proves who waits for this name's link to be opened. */
  waitsWith(session: string | undefined): void {
    this.#waiting.set(session === undefined ? null : { name: this.name.cleaned(), session });
  }

  /** Drops what was remembered for the way to being signed in. */
  protected forgetWay(): void {
    this.password = '';
    this.#firstFactor = null;
    this.ways.set([]);
    this.isFirstCode.set(false);
    this.factor.set(null);
    this.factors.set([]);
    this.toSetUp.set([]);
    this.notice.set(null);
    this.#sent.set(null);
    this.#waiting.set(null);
    this.#signedUp = null;
  }

  /** What to say of an empty field. */
  missing(label: string): string {
    return missingText(label, this.words);
  }

  /** The rules to show below a password that is chosen now; null where there is nothing to show. */
  rulesFor(password: string): readonly PasswordRule[] | null {
    const rules = passwordRules(this.settings().passwordPolicy, password, this.words);
    return rules.length === 0 ? null : rules;
  }

  /** The same rules for password managers. */
  readonly rulesForManagers = computed(() =>
    passwordRulesAttribute(this.settings().passwordPolicy),
  );

  /** A field for a password that is chosen now, held to the pool's policy. */
  choosePassword(isOptional: () => boolean = () => false): Field {
    return new Field({
      check: (value) => {
        if (value === '' && isOptional()) return null;
        if (value === '') return this.missing(this.words.password);
        return passwordProblem(this.settings().passwordPolicy, value, this.words);
      },
    });
  }

  /** Signs in with the name on the screens; fails as the service does. */
  async signInWith(password: string): Promise<Next> {
    return this.leadsTo(
      await this.auth.signIn({ username: this.name.cleaned(), password }),
      password,
    );
  }

  /** Whether the person could sign in anew without typing anything. */
  get knowsFirstFactor(): boolean {
    return this.#firstFactor !== null;
  }

  /** Signs in once more up to the code of this factor; fails as the service does. */
  async signInAnew(factor: SecondFactor): Promise<Next> {
    const known = this.#firstFactor;
    if (known === null) return this.#beginAgain();
    const result = await this.auth.signIn(known);
    if (result.next !== 'factor-choice-required') return this.leadsTo(result);
    this.factors.set(result.factors);
    return this.leadsTo(await this.auth.chooseFactor(factor));
  }

  /** Where an answer to a sign-in leads; the password is the one that it began with. */
  leadsTo(result: SignInResult, password = ''): Next {
    if (result.next === 'signed-in') return 'signed-in';
    const challenge = this.auth.challenge();
    if (!challenge) return this.#beginAgain();
    if (challenge.kind === 'confirm-sign-up') {
      this.name.value.set(challenge.username);
      this.password = password;
    } else if (password !== '' && challenge.kind !== 'new-password') {
      this.#firstFactor = { username: this.name.cleaned(), password };
    }
    return this.#takeOver(challenge);
  }

  /** Takes over what the kit knows of a challenge, and answers the screen for it. */
  takeChallenge(): Screen | null {
    const challenge = this.auth.challenge();
    if (!challenge) return null;
    this.name.value.set(challenge.username);
    return this.#takeOver(challenge);
  }

  #takeOver(challenge: Challenge): Screen {
    switch (challenge.kind) {
      case 'new-password':
        this.missingAttributes.set(challenge.missingAttributes);
        return 'new-password';
      case 'confirm-sign-up':
        this.sentTo(challenge.destination);
        this.verification.set(challenge.verification);
        return 'confirm';
      case 'code':
        this.factor.set(challenge.factor);
        this.isFirstCode.set(challenge.isFirst === true);
        if (challenge.isFirst === true) {
          const way = challenge.factor === 'sms' ? 'sms' : 'email';
          this.#firstFactor = { username: this.name.cleaned(), way };
        }
        this.sentTo(challenge.destination);
        return 'enter-code';
      case 'choose-way': {
        const ways = challenge.ways.filter((way) => way !== 'passkey' || canUsePasskeys());
        this.ways.set(ways);
        const [only, ...more] = ways;
        return only === 'password' && more.length === 0 ? 'enter-password' : 'choose-way';
      }
      case 'choose-factor':
        this.factors.set(challenge.factors);
        return 'choose-factor';
      case 'set-up-factor':
        this.toSetUp.set(challenge.factors);
        return 'set-up-factor';
    }
  }

  #beginAgain(): Screen {
    this.notice.set(this.words.secondFactorAgain);
    return 'sign-in';
  }

  /** Signs in with a name and password that were typed on another screen, or with the `session` of a confirmation; the sign-in screen takes over when it fails. */
  async enter(password: string, otherwise: string, session?: string): Promise<Next> {
    try {
      if (password !== '') return await this.signInWith(password);
      if (session !== undefined) {
        return this.leadsTo(await this.auth.signIn({ username: this.name.cleaned(), session }));
      }
    } catch {
      // The account is fine, only signing in is not: the sign-in screen says more.
    }
    this.notice.set(otherwise);
    return 'sign-in';
  }
}

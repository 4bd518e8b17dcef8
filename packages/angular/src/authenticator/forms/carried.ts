import { signal } from '@angular/core';
import type { Auth } from '../../auth/auth';
import type { Destination, SignInResult } from '../../auth/outcomes';
import type { PoolhouseConfig } from '../../config/poolhouse-config';
import type { PoolhouseTexts } from '../../texts/poolhouse-texts';
import type { AttributeName, PasswordPolicy, SignInName, SignUpField } from '../screens-config';
import { fill, type ScreenTexts } from '../texts';
import { Field } from './field';
import { passwordRules } from './password-rules';

/** One page of the ready-made screens. */
export type Screen = 'sign-in' | 'sign-up' | 'confirm' | 'reset-password' | 'new-password';

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
  | 'challenge'
  | 'cancelChallenge'
>;

/** What is carried from screen to screen: the name, the last message, a password until the person is signed in. */
export class Carried {
  readonly auth: ScreensAuth;
  readonly texts: PoolhouseTexts;
  readonly policy: PasswordPolicy;
  readonly signInNames: readonly SignInName[];
  readonly signUpAttributes: readonly (AttributeName | SignUpField)[];
  /** Whether people may create accounts themselves. */
  readonly open: boolean;

  /** What the person signs in with: one field on all screens. */
  readonly name: Field;
  /** Where the last message went. */
  readonly destination = signal<Destination | null>(null);
  readonly verification = signal<'code' | 'link'>('code');
  /** What the pool wants to know before a new password counts. */
  readonly missingAttributes = signal<readonly string[]>([]);
  /** What the screen before has to say. */
  readonly notice = signal<string | null>(null);
  /** Whether the screen on show came after another one, so that focus has to follow. */
  moved = false;
  /** Signs the person in once the account is confirmed. */
  password = '';

  constructor(auth: ScreensAuth, texts: PoolhouseTexts, config: Partial<PoolhouseConfig>) {
    this.auth = auth;
    this.texts = texts;
    this.policy = config.passwordPolicy ?? {};
    this.signInNames = config.signInNames ?? ['username'];
    this.signUpAttributes = config.signUp?.attributes ?? ['email'];
    this.open = config.signUp?.open ?? true;
    this.verification.set(config.signUpVerification ?? 'code');
    this.name = new Field({
      clean: (value) => value.trim(),
      check: (value) => (value ? null : this.missing(this.nameLabel())),
    });
  }

  /** The words of the screens. */
  get words(): ScreenTexts {
    return this.texts.screens;
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
    return this.signInNames
      .map((name, index) => (index === 0 ? labels[name] : labels[name].toLowerCase()))
      .join(` ${or} `);
  }

  /** Where the last message went, in words. */
  address(): string {
    return this.destination()?.address || this.words.yourAddress;
  }

  /** What to say of an empty field. */
  missing(label: string): string {
    return fill(this.words.problemMissing, { label });
  }

  /** A field for a password that is chosen now, held to the pool's policy. */
  choosePassword(): Field {
    return new Field({
      check: (value) => {
        if (value === '') return this.missing(this.words.password);
        const unmet = passwordRules(this.policy, value, this.words).filter(({ met }) => !met);
        if (unmet.length === 0) return null;
        return fill(this.words.problemPassword, {
          rules: unmet.map(({ label }) => label).join(', '),
        });
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

  /** Where an answer to a sign-in leads. */
  leadsTo(result: SignInResult, password: string): Next {
    switch (result.next) {
      case 'signed-in':
        return 'signed-in';
      case 'new-password-required':
        this.missingAttributes.set(result.missingAttributes);
        return 'new-password';
      case 'confirmation-required':
        this.takeChallenge();
        this.password = password;
        return 'confirm';
    }
  }

  /** Takes over what the kit knows of a challenge, and answers the screen for it. */
  takeChallenge(): Screen | null {
    const challenge = this.auth.challenge();
    if (!challenge) return null;
    this.name.value.set(challenge.username);
    if (challenge.kind === 'new-password') {
      this.missingAttributes.set(challenge.missingAttributes);
      return 'new-password';
    }
    this.verification.set(challenge.verification);
    this.destination.set(challenge.destination ?? null);
    return 'confirm';
  }

  /** Signs in with a name and password that were typed on another screen; the sign-in screen takes over when it fails. */
  async enter(password: string, otherwise: string): Promise<Next> {
    if (password !== '') {
      try {
        return await this.signInWith(password);
      } catch {
        // The account is fine, only signing in is not: the sign-in screen says more.
      }
    }
    this.notice.set(otherwise);
    return 'sign-in';
  }
}

import { computed, DestroyRef, inject, Injectable, Injector, signal } from '@angular/core';
import { inBrowser } from '../config/in-browser';
import { POOLHOUSE_CONFIG } from '../config/poolhouse-config';
import type { AuthError } from '../errors/auth-error';
import { toAuthError } from '../failures/to-auth-error';
import { POOL_API } from '../pool/pool-api-token';
import { openCall } from '../devices/open-call';
import { openSession } from '../session/open-session';
import { PoolSettings } from '../settings/pool-settings';
import type { StoredSession } from '../session/stored-session';
import { POOLHOUSE_TEXTS } from '../texts/texts-token';
import { sessionShown, userOf, type AuthSession } from './auth-user';
import { callSignedIn, endEverywhere, type CallSignedIn } from './call-signed-in';
import type { SignedInInput, SignedInOperation, SignedInOutput } from '../pool/wire';
import { CodeCalls } from './code-calls';
import type { Destination } from './destination';
import {
  confirmation,
  signUpResult,
  type AuthStatus,
  type ForgottenPasswordInput,
  type NewPasswordInput,
  type SignInInput,
  type SignInResult,
  type SignUpInput,
  type SignUpResult,
} from './outcomes';
import type { SessionEnd } from '../session/session-end';
import { newPasswordResponses } from './typed-input';
import {
  finishAuthenticator,
  startAuthenticator,
  type AuthenticatorCodeInput,
  type AuthenticatorKey,
} from './authenticator-set-up';
import { OwnAttributes } from './own-attributes';
import { readFactors, setFactor, type FactorState, type OwnFactors } from './own-factors';
import { FACTOR_NAMES, type SecondFactor } from './second-factors';
import { SignInChoice } from './sign-in-choice';
import { signInByPassword, signInBySrp } from './sign-in-flows';
import { SignInProgress } from './sign-in-progress';
import { WaitingSignIn } from './waiting-sign-in';
import type { SignInWay } from './sign-in-ways';

/** Sign-up, sign-in, and who is signed in. Failures throw an `AuthError`; if a person started the action, `error` holds it too. */
@Injectable({ providedIn: 'root' })
export class Auth {
  readonly #config = inject(POOLHOUSE_CONFIG);
  readonly #texts = inject(POOLHOUSE_TEXTS);
  readonly #inBrowser = inBrowser();
  readonly #call = openCall(inject(POOL_API), this.#config, this.#inBrowser);
  readonly #injector = inject(Injector);
  readonly #settings = () => this.#injector.get(PoolSettings);

  readonly #known = signal(false);
  readonly #stored = signal<StoredSession | null>(null);
  readonly #error = signal<AuthError | null>(null);
  readonly #ended = signal<SessionEnd | null>(null);
  readonly #progress = new SignInProgress({
    ...{ call: this.#call, clientId: this.#config.clientId, texts: this.#texts },
    begin: (tokens) => this.#keeper.begin(tokens),
    waiting: new WaitingSignIn(this.#config, this.#inBrowser, this.#settings),
  });

  readonly #codes = new CodeCalls(this.#call, this.#config.clientId);
  readonly #choice = new SignInChoice({
    ...{ call: this.#call, config: this.#config, texts: this.#texts, progress: this.#progress },
  });

  /** Whether somebody is signed in; `step` says what is in progress. */
  readonly status = computed<AuthStatus>(() => {
    if (!this.#known()) return 'unknown';
    return this.#stored() ? 'signed-in' : 'signed-out';
  });
  /** What is in progress: a sign-in, or what a sign-in or sign-up still needs. Independent of who is signed in. */
  readonly step = this.#progress.step.asReadonly();
  /** Who is signed in. */
  readonly user = computed(
    () => {
      const session = this.#stored();
      return session && userOf(session, this.#own.attributes());
    },
    // New tokens of the same person do not change the user.
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  /** The current tokens. */
  readonly session = computed<AuthSession | null>(() => sessionShown(this.#stored()));
  /** Why the last action failed; null once another one starts. */
  readonly error = this.#error.asReadonly();
  /** What must be done before the person is signed in. */
  readonly challenge = this.#progress.challenge.asReadonly();
  /** How the last session ended; null while somebody is signed in, and before the first sign-in. */
  readonly ended = this.#ended.asReadonly();

  readonly #keeper = openSession({
    config: this.#config,
    call: this.#call,
    inBrowser: this.#inBrowser,
    changed: (session, end) => this.#sessionChanged(session, end),
  });

  readonly #callSignedIn: CallSignedIn = (operation, input) =>
    callSignedIn({ call: this.#call, keeper: this.#keeper, texts: this.#texts }, operation, input);
  readonly #own = new OwnAttributes(this.#callSignedIn, () => this.refresh());
  readonly #setUp = {
    ...{ progress: this.#progress, call: this.#call },
    callSignedIn: this.#callSignedIn,
  };

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#keeper.close());
    // After this constructor, so that it does not access the browser.
    if (this.#inBrowser) queueMicrotask(() => void this.ready());
  }

  /** Resolves when `status` is no longer `unknown`; on a server at once, although it stays `unknown` there. */
  async ready(): Promise<void> {
    if (this.#inBrowser) await this.#keeper.restore();
  }

  /** Creates an account. The step becomes `confirmation-required` when the person must confirm it. */
  signUp({ username, password, attributes = {} }: SignUpInput): Promise<SignUpResult> {
    return this.#attempt(async () => {
      const { signUpVerification } = await this.#settings().ready();
      const answer = await this.#codes.signUp({ username, password, attributes });
      const result = signUpResult(answer, signUpVerification);
      if (!result.confirmed) this.#askToConfirm(username.trim(), result.destination);
      return result;
    });
  }

  /** Confirms an account with the code that was sent. With the `session` that it may answer, `signIn` needs nothing else. */
  confirmSignUp(username: string, code: string): Promise<{ readonly session?: string }> {
    return this.#attempt(async () => {
      const confirmed = await this.#codes.confirm(username, code);
      this.#progress.set('none');
      return confirmed;
    });
  }

  /** Sends the code or link of a sign-up again. */
  resendCode(username: string): Promise<Destination | undefined> {
    return this.#attempt(async () => {
      const destination = await this.#codes.resend(username);
      if (this.step() === 'confirmation-required') this.#askToConfirm(username.trim(), destination);
      return destination;
    });
  }

  /** Signs in. The result, `step` and `challenge` say what else is needed. */
  signIn(input: SignInInput): Promise<SignInResult> {
    return this.#attempt(async () => {
      const name = input.username.trim();
      const goBack = this.#progress.begin();
      try {
        return await this.#signIn({ ...input, username: name });
      } catch (thrown) {
        // A passkey that was not used leaves the other ways.
        if (this.step() !== 'way-choice-required') goBack();
        if (toAuthError(thrown, this.#texts).code !== 'not-confirmed') throw thrown;
        this.#askToConfirm(name, undefined);
        return { next: 'confirmation-required', username: name };
      }
    });
  }

  /** Answers the challenge `choose-way`; the password comes with it. After what went wrong, any way may be tried. */
  chooseWay(
    way: SignInWay,
    { password }: { readonly password?: string } = {},
  ): Promise<SignInResult> {
    return this.#attempt(() => this.#choice.choose(way, password));
  }

  /**
   * Offers the passkeys of a name among the suggestions of the field that has `autocomplete="username webauthn"`, until one is taken or
   * `signal` aborts. Null where there is nothing to offer, and when it was given up.
   */
  async offerPasskey(username: string, signal: AbortSignal): Promise<SignInResult | null> {
    try {
      return await this.#choice.offer(username.trim(), signal);
    } catch (thrown) {
      throw toAuthError(thrown, this.#texts);
    }
  }

  /** Answers the challenge `new-password`: replaces the password that an administrator set. */
  completeNewPassword({ password, attributes = {} }: NewPasswordInput): Promise<SignInResult> {
    return this.#attempt(() =>
      this.#progress.answer('new-password', (respond) =>
        respond('NEW_PASSWORD_REQUIRED', newPasswordResponses(password, attributes)),
      ),
    );
  }

  /** Answers the challenge `code`. After a wrong code, another one may be tried; for another message, sign in anew. */
  enterCode(code: string): Promise<SignInResult> {
    return this.#attempt(() => this.#progress.enterCode(code));
  }

  /**
   * Answers the code that this browser waits for, in this tab or in another one, with the one that `takeLinkCode` took from a mail's link.
   * Null where it waits for none: then show the code, to be typed where the sign-in began.
   */
  enterLinkCode(code: string): Promise<SignInResult | null> {
    return this.#attempt(() => this.#progress.enterLinkCode(code));
  }

  /** Answers the challenge `choose-factor`. For another choice afterwards, sign in anew. */
  chooseFactor(factor: SecondFactor): Promise<SignInResult> {
    return this.#attempt(() =>
      this.#progress.answer('choose-factor', (respond) =>
        respond('SELECT_MFA_TYPE', { ANSWER: FACTOR_NAMES[factor] }),
      ),
    );
  }

  /**
   * Makes a key for an authenticator application: for the challenge `set-up-factor`, else for the person who is signed in. One that was
   * set up before works until `finishAuthenticator` has replaced it.
   */
  startAuthenticator(): Promise<AuthenticatorKey> {
    return this.#attempt(() => startAuthenticator(this.#setUp));
  }

  /** Takes the authenticator application into use by one of its codes. That answers the challenge, or turns the factor on. */
  finishAuthenticator(input: AuthenticatorCodeInput): Promise<SignInResult> {
    return this.#attempt(() => finishAuthenticator(this.#setUp, input));
  }

  /** Answers the challenge `set-up-factor` with an email address, to which a code is sent next. */
  setUpEmail(email: string): Promise<SignInResult> {
    return this.#attempt(() =>
      this.#progress.answer('set-up-factor', (respond) =>
        respond('MFA_SETUP', { EMAIL: email.trim() }),
      ),
    );
  }

  /** Leaves a challenge: back to sign-in. */
  cancelChallenge(): void {
    this.#error.set(null);
    this.#progress.set('none');
  }

  /** Forgets the last error. */
  clearError(): void {
    this.#error.set(null);
  }

  /** Sends a code with which a forgotten password can be replaced. The pool may give the same answer for unknown names. */
  forgotPassword(username: string): Promise<Destination | undefined> {
    return this.#attempt(() => this.#codes.forgot(username));
  }

  /** Replaces a forgotten password with the code that was sent. */
  confirmForgotPassword(input: ForgottenPasswordInput): Promise<void> {
    return this.#attempt(() => this.#codes.replacePassword(input));
  }

  /** Replaces the password of the signed-in person. */
  changePassword(input: { readonly previous: string; readonly proposed: string }): Promise<void> {
    return this.#attempt(async () => {
      await this.#callSignedIn('ChangePassword', {
        PreviousPassword: input.previous,
        ProposedPassword: input.proposed,
      });
    });
  }

  /** Reads the attributes of the signed-in person from the pool; `user` shows them. */
  loadAttributes(): Promise<Readonly<Record<string, string>>> {
    return this.#attempt(() => this.#own.load());
  }

  /** Changes attributes; an empty string deletes one. The result says which must be verified with a code, and where it was sent. */
  updateAttributes(changes: Readonly<Record<string, string>>): Promise<readonly Destination[]> {
    return this.#attempt(() => this.#own.update(changes));
  }

  /** Sends a code to verify an attribute of the signed-in person: `email` or `phone_number`. */
  sendAttributeCode(name: string): Promise<Destination | undefined> {
    return this.#attempt(() => this.#own.sendCode(name));
  }

  /** Verifies an attribute with the code that was sent. */
  verifyAttribute(name: string, code: string): Promise<void> {
    return this.#attempt(() => this.#own.verify(name, code));
  }

  /** Reads which second factors the signed-in person has turned on. */
  loadFactors(): Promise<OwnFactors> {
    return this.#attempt(() => readFactors(this.#callSignedIn));
  }

  /** Turns a second factor on or off, or has it asked for without a choice. An authenticator application is set up first. */
  setFactor(factor: SecondFactor, state: FactorState): Promise<OwnFactors> {
    return this.#attempt(() => setFactor(this.#callSignedIn, factor, state));
  }

  /** Calls an operation of the pool's API as the person who is signed in, for what has no method here. */
  call<Name extends SignedInOperation>(
    operation: Name,
    input: SignedInInput<Name>,
  ): Promise<SignedInOutput<Name>> {
    return this.#callSignedIn(operation, input).catch((thrown: unknown) => {
      throw toAuthError(thrown, this.#texts);
    });
  }

  /** Signs out in all tabs of this browser; `everywhere` ends the sessions on all devices, and throws if the pool cannot be reached. */
  signOut({ everywhere = false }: { readonly everywhere?: boolean } = {}): Promise<void> {
    return this.#attempt(async () => {
      await this.ready();
      if (everywhere) await endEverywhere(this.#callSignedIn, this.#texts);
      const ended = await this.#keeper.end('signed-out');
      this.#progress.set('none');
      if (!ended?.refreshToken || everywhere) return;
      const revoke = { ClientId: this.#config.clientId, Token: ended.refreshToken };
      // The device has dropped the tokens, whether or not the pool can be reached or revokes them.
      await this.#call('RevokeToken', revoke).catch(() => undefined);
    });
  }

  /** An access token that is valid for at least another minute, renewed if needed; null if nobody is signed in. */
  async accessToken(): Promise<string | null> {
    return (await this.#fresh())?.accessToken ?? null;
  }

  /** Like `accessToken()`, for the ID token. */
  async idToken(): Promise<string | null> {
    return (await this.#fresh())?.idToken ?? null;
  }

  /** Renews the tokens now; with an argument, only if those tokens, which a server has refused, are still in use. */
  async refresh(refusedAccessToken?: string): Promise<AuthSession | null> {
    try {
      await this.ready();
      const stale = refusedAccessToken ?? this.#keeper.session?.accessToken;
      if (stale !== undefined) await this.#keeper.renew(stale);
      return this.session();
    } catch (thrown) {
      throw toAuthError(thrown, this.#texts);
    }
  }

  async #signIn({ username, password, flow, way, session }: SignInInput): Promise<SignInResult> {
    const { userPoolId, clientId } = this.#config;
    const settings = await this.#settings().ready();
    const isChoice = password === undefined || way !== undefined || session !== undefined;
    const chosen = isChoice ? 'choice' : (flow ?? settings.signInFlow);
    if (chosen === 'choice' || password === undefined) {
      return this.#choice.begin({ username, password, way, session });
    }
    const prove = chosen === 'password' ? signInByPassword : signInBySrp;
    const answer = await prove(this.#call, { userPoolId, clientId, username, password });
    return this.#progress.goOn(answer, username);
  }

  async #fresh(): Promise<StoredSession | null> {
    if (!this.#inBrowser) return null;
    try {
      return await this.#keeper.fresh();
    } catch (thrown) {
      throw toAuthError(thrown, this.#texts);
    }
  }

  #askToConfirm(username: string, destination: Destination | undefined): void {
    const { signUpVerification } = this.#settings().current();
    const asked = confirmation(username, signUpVerification, destination);
    this.#progress.set('confirmation-required', asked);
  }

  #sessionChanged(session: StoredSession | null, end: SessionEnd | undefined): void {
    const before = this.#stored();
    if (session?.accessToken !== before?.accessToken) this.#own.attributes.set({});
    this.#stored.set(session);
    this.#known.set(true);
    this.#ended.update((before) => (session ? null : (end ?? before)));
    // Another tab has signed in, which completes what was started here.
    if (session && !before) this.#progress.set('none');
  }

  /** Runs an action that a person started: its error is shown until they start another one. */
  async #attempt<T>(run: () => Promise<T>): Promise<T> {
    this.#error.set(null);
    try {
      return await run();
    } catch (thrown) {
      const error = toAuthError(thrown, this.#texts);
      this.#error.set(error);
      throw error;
    }
  }
}

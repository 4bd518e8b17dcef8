import { computed, DestroyRef, inject, Injectable, Injector, signal } from '@angular/core';
import { inBrowser } from '../config/in-browser';
import { POOLHOUSE_CONFIG } from '../config/poolhouse-config';
import type { AuthError } from '../errors/auth-error';
import { toAuthError } from '../failures/to-auth-error';
import { POOL_API } from '../pool/pool-api-token';
import { openSession } from '../session/open-session';
import { PoolSettings } from '../settings/pool-settings';
import type { StoredSession } from '../session/stored-session';
import { POOLHOUSE_TEXTS } from '../texts/texts-token';
import { userOf, type AuthSession } from './auth-user';
import { callSignedIn, type CallSignedIn } from './call-signed-in';
import { destinationOf, type Destination } from './destination';
import {
  confirmation,
  confirmedBy,
  type AuthStatus,
  type ForgottenPasswordInput,
  type NewPasswordInput,
  type SignInInput,
  type SignInResult,
  type SignUpInput,
  type SignUpResult,
} from './outcomes';
import type { SessionEnd } from '../session/session-end';
import { compact, listOf, newPasswordResponses } from './typed-input';
import {
  finishAuthenticator,
  startAuthenticator,
  type AuthenticatorCodeInput,
  type AuthenticatorKey,
} from './authenticator-set-up';
import { OwnAttributes } from './own-attributes';
import { readFactors, setFactor, type FactorState, type OwnFactors } from './own-factors';
import { FACTOR_NAMES, type SecondFactor } from './second-factors';
import { signInByPassword, signInBySrp } from './sign-in-flows';
import { SignInProgress } from './sign-in-progress';

/** Sign-up, sign-in, and who is signed in. Failures throw an `AuthError`; if a person started the action, `error` holds it too. */
@Injectable({ providedIn: 'root' })
export class Auth {
  readonly #config = inject(POOLHOUSE_CONFIG);
  readonly #texts = inject(POOLHOUSE_TEXTS);
  readonly #call = inject(POOL_API);
  readonly #inBrowser = inBrowser();
  readonly #injector = inject(Injector);

  readonly #known = signal(false);
  readonly #stored = signal<StoredSession | null>(null);
  readonly #error = signal<AuthError | null>(null);
  readonly #ended = signal<SessionEnd | null>(null);
  readonly #progress = new SignInProgress({
    ...{ call: this.#call, clientId: this.#config.clientId, texts: this.#texts },
    begin: (tokens) => this.#keeper.begin(tokens),
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
  readonly session = computed<AuthSession | null>(() => {
    const stored = this.#stored();
    if (!stored) return null;
    const { accessToken, idToken, expiresAtMs } = stored;
    return { accessToken, idToken, expiresAtMs };
  });
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
      const name = username.trim();
      const { signUpVerification } = await this.#injector.get(PoolSettings).ready();
      const answer = await this.#call('SignUp', {
        ClientId: this.#config.clientId,
        Username: name,
        Password: password,
        UserAttributes: listOf(attributes),
      });
      const destination = destinationOf(answer.CodeDeliveryDetails);
      const confirmed = answer.UserConfirmed === true;
      if (!confirmed) this.#askToConfirm(name, destination);
      const verification =
        confirmed || !destination ? 'none' : confirmedBy(signUpVerification, destination);
      const { UserSub: sub, Session: session } = answer;
      return { sub, session, confirmed, verification, ...(destination && { destination }) };
    });
  }

  /** Confirms an account with the code that was sent. */
  confirmSignUp(username: string, code: string): Promise<void> {
    return this.#attempt(async () => {
      await this.#call('ConfirmSignUp', {
        ClientId: this.#config.clientId,
        Username: username.trim(),
        ConfirmationCode: compact(code),
      });
      this.#progress.set('none');
    });
  }

  /** Sends the code or link of a sign-up again. */
  resendCode(username: string): Promise<Destination | undefined> {
    return this.#attempt(async () => {
      const name = username.trim();
      const answer = await this.#call('ResendConfirmationCode', {
        ClientId: this.#config.clientId,
        Username: name,
      });
      const destination = destinationOf(answer.CodeDeliveryDetails);
      if (this.step() === 'confirmation-required') this.#askToConfirm(name, destination);
      return destination;
    });
  }

  /** Signs in. The result, `step` and `challenge` say what else is needed. */
  signIn({ username, password, flow }: SignInInput): Promise<SignInResult> {
    return this.#attempt(async () => {
      const name = username.trim();
      const goBack = this.#progress.begin();
      try {
        const { userPoolId, clientId } = this.#config;
        const chosen = flow ?? (await this.#injector.get(PoolSettings).ready()).signInFlow;
        const prove = chosen === 'password' ? signInByPassword : signInBySrp;
        const answer = await prove(this.#call, { userPoolId, clientId, username: name, password });
        return await this.#progress.goOn(answer, name);
      } catch (thrown) {
        goBack();
        if (toAuthError(thrown, this.#texts).code !== 'not-confirmed') throw thrown;
        this.#askToConfirm(name, undefined);
        return { next: 'confirmation-required', username: name };
      }
    });
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
    return this.#attempt(() =>
      this.#progress.answer('code', (respond, { factor }) => {
        const name = FACTOR_NAMES[factor];
        return respond(name, { [`${name}_CODE`]: compact(code) });
      }),
    );
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
    return this.#attempt(async () => {
      const answer = await this.#call('ForgotPassword', {
        ClientId: this.#config.clientId,
        Username: username.trim(),
      });
      return destinationOf(answer.CodeDeliveryDetails);
    });
  }

  /** Replaces a forgotten password with the code that was sent. */
  confirmForgotPassword(input: ForgottenPasswordInput): Promise<void> {
    return this.#attempt(async () => {
      await this.#call('ConfirmForgotPassword', {
        ClientId: this.#config.clientId,
        Username: input.username.trim(),
        ConfirmationCode: compact(input.code),
        Password: input.password,
      });
    });
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

  /** Signs out in all tabs of this browser; `everywhere` ends the sessions on all devices, and throws if the pool cannot be reached. */
  signOut({ everywhere = false }: { readonly everywhere?: boolean } = {}): Promise<void> {
    return this.#attempt(async () => {
      await this.ready();
      if (everywhere) await this.#endEverywhere();
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

  async #fresh(): Promise<StoredSession | null> {
    if (!this.#inBrowser) return null;
    try {
      return await this.#keeper.fresh();
    } catch (thrown) {
      throw toAuthError(thrown, this.#texts);
    }
  }

  async #endEverywhere(): Promise<void> {
    try {
      await this.#callSignedIn('GlobalSignOut', {});
    } catch (thrown) {
      // The pool has already ended them.
      if (toAuthError(thrown, this.#texts).code !== 'signed-out') throw thrown;
    }
  }

  #askToConfirm(username: string, destination: Destination | undefined): void {
    const { signUpVerification } = this.#injector.get(PoolSettings).current();
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

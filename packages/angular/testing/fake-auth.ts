import { computed, signal } from '@angular/core';
import {
  AuthError,
  type Auth,
  type AuthErrorCode,
  type AuthenticatorCodeInput,
  type AuthenticatorKey,
  type AuthSession,
  type AuthStatus,
  type AuthStep,
  type AuthUser,
  type Challenge,
  type Destination,
  type FactorState,
  type ForgottenPasswordInput,
  type NewPasswordInput,
  type OwnFactors,
  type SecondFactor,
  type SessionEnd,
  type SignInInput,
  type SignedInInput,
  type SignedInOperation,
  type SignedInOutput,
  type SignInResult,
  type SignInWay,
  type SignUpInput,
  type SignUpResult,
} from '@poolhouse/angular';
import { FakeFactors } from './fake-factors';
import { askForCode, type Asked, confirmation, FakePlans } from './fake-plans';
import {
  checkCode,
  DESTINATION,
  failure,
  fakeSession,
  fakeUser,
  type FakePoolhouse,
  withAttributes,
} from './fake-answers';

/** A method of `Auth` that can be made to fail. */
export type FakeMethod = {
  [Name in keyof Auth]: Auth[Name] extends (...args: never[]) => Promise<unknown> ? Name : never;
}[keyof Auth];

/** `Auth` without a pool: for tests of applications. The code of every message is `123456`. */
export class FakeAuth implements Pick<Auth, keyof Auth> {
  readonly #user = signal<AuthUser | null>(null);
  readonly #step = signal<AuthStep>('none');
  readonly #known = signal(true);
  readonly #error = signal<AuthError | null>(null);
  readonly #challenge = signal<Challenge | null>(null);
  readonly #ended = signal<SessionEnd | null>(null);
  readonly #tokens = signal(1);
  readonly #accounts: Map<string, string> | undefined;
  readonly #plans = new FakePlans();
  readonly #answers = new Map<SignedInOperation, object>();
  readonly #factors = new FakeFactors();
  readonly #failures = new Map<FakeMethod, AuthError>();

  /** What was called, in order, with its arguments. */
  readonly calls: { readonly method: FakeMethod; readonly args: readonly unknown[] }[] = [];

  readonly user = this.#user.asReadonly();
  readonly error = this.#error.asReadonly();
  readonly challenge = this.#challenge.asReadonly();
  readonly ended = this.#ended.asReadonly();
  readonly step = this.#step.asReadonly();
  readonly status = computed<AuthStatus>(() => {
    if (!this.#known()) return 'unknown';
    return this.#user() ? 'signed-in' : 'signed-out';
  });
  readonly session = computed<AuthSession | null>(() => {
    const user = this.#user();
    return user && fakeSession(`${user.username}-${this.#tokens()}`);
  });

  constructor({ user, groups, accounts }: FakePoolhouse = {}) {
    this.#accounts = accounts && new Map(Object.entries(accounts));
    if (user ?? groups) this.signInAs({ ...user, ...(groups && { groups }) });
  }

  /** Signs a person in, without any password. */
  signInAs(user: Partial<AuthUser> = {}): void {
    this.#become(fakeUser(user));
  }

  /** Ends the session, as the pool does when it takes the refresh token no more. */
  endSession(how: SessionEnd = 'ended-by-pool'): void {
    if (this.#user() === null) return;
    this.#user.set(null);
    this.#ended.set(how);
  }

  /** Shows what an application shows before anything is known of the person. */
  beUnknown(): void {
    this.#known.set(false);
  }

  /** The next call of a method fails so. */
  failNext(method: FakeMethod, error: AuthErrorCode | AuthError): void {
    this.#failures.set(method, typeof error === 'string' ? failure(error) : error);
  }

  /** This name must choose a new password when it signs in, as after an invitation. */
  askForNewPassword(username: string): void {
    this.#plans.toReplacePassword.add(username);
  }

  /** This name has to set a second factor up when it signs in: one of these. */
  askToSetUpFactor(username: string, factors: readonly SecondFactor[]): void {
    this.#plans.toSetUp.set(username, factors);
  }

  /** This name needs a second factor when it signs in; where there are several, it chooses. */
  askForSecondFactor(username: string, factors: readonly SecondFactor[]): void {
    this.#plans.toProve.set(username, factors);
  }

  /** This name chooses among these ways when it signs in without saying how. */
  askForWay(username: string, ways: readonly SignInWay[]): void {
    this.#plans.toChoose.set(username, ways);
  }

  /** What `call` answers to an operation. */
  answer<Name extends SignedInOperation>(operation: Name, answer: SignedInOutput<Name>): void {
    this.#answers.set(operation, answer);
  }

  ready(): Promise<void> {
    return this.#quietly('ready', [], () => void this.#known.set(true));
  }

  signUp(input: SignUpInput): Promise<SignUpResult> {
    return this.#do('signUp', [input], () => {
      if (this.#accounts?.has(input.username)) throw failure('username-taken');
      this.#accounts?.set(input.username, input.password ?? '');
      this.#plans.toConfirm.add(input.username);
      this.#ask(confirmation(input.username));
      const sent = { verification: 'code', destination: DESTINATION } as const;
      return { sub: `sub-of-${input.username}`, confirmed: false, ...sent };
    });
  }

  confirmSignUp(username: string, code: string): Promise<{ readonly session?: string }> {
    return this.#do('confirmSignUp', [username, code], () => {
      checkCode(code);
      this.#plans.toConfirm.delete(username);
      this.#leave();
      return {};
    });
  }

  resendCode(username: string): Promise<Destination | undefined> {
    return this.#do('resendCode', [username], () => DESTINATION);
  }

  signIn(input: SignInInput): Promise<SignInResult> {
    return this.#do<SignInResult>('signIn', [input], () => {
      const { username, password, way } = input;
      const choice = this.#plans.choice(username, way, password !== undefined);
      if (choice) return this.#ask(choice);
      this.#checkPassword(username, password);
      return this.#goOn(username);
    });
  }

  chooseWay(way: SignInWay, input: { readonly password?: string } = {}): Promise<SignInResult> {
    return this.#do<SignInResult>('chooseWay', [way, input], () => {
      const { username } = this.#asked('choose-way');
      const { password } = input;
      this.#checkPassword(username, password);
      const code = this.#plans.choice(username, way, password !== undefined);
      return code ? this.#ask(code) : this.#goOn(username);
    });
  }

  offerPasskey(username: string, signal: AbortSignal): Promise<SignInResult | null> {
    return this.#quietly('offerPasskey', [username, signal], () => null);
  }

  call<Name extends SignedInOperation>(
    operation: Name,
    input: SignedInInput<Name>,
  ): Promise<SignedInOutput<Name>> {
    return this.#quietly('call', [operation, input], () => {
      this.#signedIn();
      const answer = this.#answers.get(operation);
      if (!answer) throw failure('not-offered');
      return answer;
    });
  }

  startAuthenticator(): Promise<AuthenticatorKey> {
    return this.#do('startAuthenticator', [], () => {
      this.#requireSomebody();
      return { key: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' };
    });
  }

  finishAuthenticator(input: AuthenticatorCodeInput): Promise<SignInResult> {
    return this.#do<SignInResult>('finishAuthenticator', [input], () => {
      this.#requireSomebody();
      checkCode(input.code);
      const challenge = this.#challenge();
      if (challenge?.kind === 'set-up-factor') this.signInAs({ username: challenge.username });
      this.#factors.turnOn(this.#signedIn(), 'authenticator');
      return { next: 'signed-in' };
    });
  }

  setUpEmail(email: string): Promise<SignInResult> {
    return this.#do<SignInResult>('setUpEmail', [email], () =>
      this.#ask(askForCode(this.#asked('set-up-factor').username, 'email')),
    );
  }

  enterCode(code: string): Promise<SignInResult> {
    return this.#do<SignInResult>('enterCode', [code], () => {
      const { username } = this.#asked('code');
      checkCode(code);
      this.signInAs({ username });
      return { next: 'signed-in' };
    });
  }

  enterLinkCode(code: string): Promise<SignInResult | null> {
    return this.#do<SignInResult | null>('enterLinkCode', [code], () => {
      const challenge = this.#challenge();
      if (challenge?.kind !== 'code' || !challenge.isFirst) return null;
      return this.#goOn(challenge.username);
    });
  }

  chooseFactor(factor: SecondFactor): Promise<SignInResult> {
    return this.#do<SignInResult>('chooseFactor', [factor], () =>
      this.#ask(askForCode(this.#asked('choose-factor').username, factor)),
    );
  }

  completeNewPassword(input: NewPasswordInput): Promise<SignInResult> {
    return this.#do<SignInResult>('completeNewPassword', [input], () => {
      const challenge = this.#asked('new-password');
      this.#plans.toReplacePassword.delete(challenge.username);
      this.#accounts?.set(challenge.username, input.password);
      this.signInAs({ username: challenge.username });
      return { next: 'signed-in' };
    });
  }

  cancelChallenge(): void {
    this.clearError();
    this.#leave();
  }

  clearError(): void {
    this.#error.set(null);
  }

  forgotPassword(username: string): Promise<Destination | undefined> {
    return this.#do('forgotPassword', [username], () => DESTINATION);
  }

  confirmForgotPassword(input: ForgottenPasswordInput): Promise<void> {
    return this.#do('confirmForgotPassword', [input], () => {
      checkCode(input.code);
      this.#accounts?.set(input.username, input.password);
    });
  }

  changePassword(input: { readonly previous: string; readonly proposed: string }): Promise<void> {
    return this.#do('changePassword', [input], () => {
      const { username } = this.#signedIn();
      const known = this.#accounts?.get(username);
      if (known !== undefined && known !== input.previous) throw failure('wrong-password');
      this.#accounts?.set(username, input.proposed);
    });
  }

  loadAttributes(): Promise<Readonly<Record<string, string>>> {
    return this.#do('loadAttributes', [], () => this.#signedIn().attributes);
  }

  updateAttributes(changes: Readonly<Record<string, string>>): Promise<readonly Destination[]> {
    return this.#do('updateAttributes', [changes], () => {
      this.#user.set(withAttributes(this.#signedIn(), changes));
      return [];
    });
  }

  sendAttributeCode(name: string): Promise<Destination | undefined> {
    return this.#do('sendAttributeCode', [name], () => ({ ...DESTINATION, attribute: name }));
  }

  verifyAttribute(name: string, code: string): Promise<void> {
    return this.#do('verifyAttribute', [name, code], () => {
      checkCode(code);
      this.#user.set(withAttributes(this.#signedIn(), { [`${name}_verified`]: 'true' }));
    });
  }

  loadFactors(): Promise<OwnFactors> {
    return this.#do('loadFactors', [], () => this.#factors.of(this.#signedIn()));
  }

  setFactor(factor: SecondFactor, state: FactorState): Promise<OwnFactors> {
    return this.#do('setFactor', [factor, state], () =>
      this.#factors.set(this.#signedIn(), factor, state),
    );
  }

  signOut(options: { readonly everywhere?: boolean } = {}): Promise<void> {
    return this.#do('signOut', [options], () => {
      this.endSession('signed-out');
      this.#leave();
    });
  }

  accessToken(): Promise<string | null> {
    return this.#quietly('accessToken', [], () => this.session()?.accessToken ?? null);
  }

  idToken(): Promise<string | null> {
    return this.#quietly('idToken', [], () => this.session()?.idToken ?? null);
  }

  refresh(refusedAccessToken?: string): Promise<AuthSession | null> {
    const args = refusedAccessToken === undefined ? [] : [refusedAccessToken];
    return this.#quietly('refresh', args, () => {
      const stale = refusedAccessToken ?? this.session()?.accessToken;
      if (this.session()?.accessToken === stale) this.#tokens.update((count) => count + 1);
      return this.session();
    });
  }

  #become(user: AuthUser): void {
    this.#user.set(user);
    this.#ended.set(null);
    this.#leave();
  }

  #leave(): void {
    this.#step.set('none');
    this.#challenge.set(null);
  }

  #checkPassword(username: string, password: string | undefined): void {
    const isWrong = this.#accounts && this.#accounts.get(username) !== password;
    if (password !== undefined && isWrong) throw failure('wrong-credentials');
  }

  /** Signs in, unless something else is asked for. */
  #goOn(username: string): SignInResult {
    const rest = this.#plans.rest(username);
    if (rest) return this.#ask(rest);
    this.signInAs({ username });
    return { next: 'signed-in' };
  }

  #ask({ step, challenge, result }: Asked): SignInResult {
    this.#challenge.set(challenge);
    this.#step.set(step);
    return result;
  }

  #asked<Kind extends Challenge['kind']>(kind: Kind): Extract<Challenge, { kind: Kind }> {
    const challenge = this.#challenge();
    if (challenge?.kind !== kind) throw failure('challenge-expired');
    return challenge as Extract<Challenge, { kind: Kind }>;
  }

  /** A key is for whom a sign-in asks to set a factor up, or for who is signed in. */
  #requireSomebody(): void {
    if (this.#challenge()?.kind !== 'set-up-factor') this.#signedIn();
  }

  #signedIn(): AuthUser {
    const user = this.#user();
    if (!user) throw failure('signed-out');
    return user;
  }

  async #do<T>(method: FakeMethod, args: readonly unknown[], run: () => T): Promise<T> {
    this.#error.set(null);
    try {
      return await this.#quietly(method, args, run);
    } catch (thrown) {
      if (thrown instanceof AuthError) this.#error.set(thrown);
      throw thrown;
    }
  }

  async #quietly<T>(method: FakeMethod, args: readonly unknown[], run: () => T): Promise<T> {
    this.calls.push({ method, args });
    const planned = this.#failures.get(method);
    this.#failures.delete(method);
    if (planned) throw planned;
    return run();
  }
}

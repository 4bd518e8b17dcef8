import type { PoolhouseConfig } from '../config/poolhouse-config';
import { authError, toAuthError } from '../failures/to-auth-error';
import type { CallPool } from '../pool/pool-api';
import type { AuthAnswer } from '../pool/wire';
import type { PoolhouseTexts } from '../texts/poolhouse-texts';
import { objectIn } from './object-in';
import type { SignInResult } from './outcomes';
import { canUsePasskeys, PasskeyFailure, usePasskey } from '../passkeys/passkey-ceremony';
import { PasskeyName } from '../passkeys/passkey-name';
import { provePassword, signInByChoice } from './sign-in-flows';
import type { SignInProgress } from './sign-in-progress';
import { WAY_NAMES, waysIn, type SignInWay, type WayChallenge } from './sign-in-ways';

/** What a choice needs of the kit. */
interface Parts {
  readonly call: CallPool;
  readonly config: PoolhouseConfig;
  readonly texts: PoolhouseTexts;
  readonly progress: SignInProgress;
}

/** Who signs in, and how they want to. */
interface Chosen {
  readonly username: string;
  readonly password?: string | undefined;
  readonly way?: SignInWay | undefined;
  readonly session?: string | undefined;
}

/** The sign-in in which people choose how they prove who they are. Source: behaviour.md 6.9; settings.md 8 and 9. */
export class SignInChoice {
  readonly #parts: Parts;
  readonly #name: PasskeyName;
  /** What a choice can still be answered with: once, for the pool may take its Session no second time. */
  #open: { readonly challenge: WayChallenge; readonly answer: AuthAnswer } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#name = new PasskeyName(parts.config);
  }

  /** Signs in, or asks what the person wants to do. */
  async begin(chosen: Chosen): Promise<SignInResult> {
    return this.#goOn(await this.#initiate(chosen), chosen);
  }

  /** Goes the way that the person has chosen. */
  choose(way: SignInWay, password: string | undefined): Promise<SignInResult> {
    const { progress, texts } = this.#parts;
    return progress.within('choose-way', async (challenge) => {
      if (way === 'password' && password === undefined) {
        throw authError({ code: 'invalid-input', field: 'password' }, texts);
      }
      const chosen = { username: challenge.username, way, ...(way === 'password' && { password }) };
      const open = this.#open?.challenge === challenge ? this.#open.answer : null;
      this.#open = null;
      return this.#goOn(await this.#answerOrInitiate(open, chosen), chosen);
    });
  }

  /**
   * Offers the passkeys of this name among the name field's suggestions. Null where the browser or the person has none, or something else
   * was done meanwhile.
   */
  async offer(username: string, signal: AbortSignal): Promise<SignInResult | null> {
    if (!canUsePasskeys() || !(await PublicKeyCredential.isConditionalMediationAvailable())) {
      return null;
    }
    // Without an answer there is nothing to offer.
    const asked = await this.#initiate({ username, way: 'passkey' }).catch(() => null);
    if (asked?.ChallengeName !== 'WEB_AUTHN' || signal.aborted) return null;
    try {
      const credential = await this.#ask(asked, { conditional: true, signal });
      if (signal.aborted) return null;
      return await this.#goOn(await this.#respond(asked, username, credential), { username });
    } catch (failure) {
      if (failure instanceof PasskeyFailure && failure.reason === 'cancelled') return null;
      const { code } = toAuthError(failure, this.#parts.texts);
      if (code !== 'challenge-expired') throw failure;
      // It lay among the suggestions for longer than the pool waits: the browser asks for it once more.
      return this.begin({ username, way: 'passkey' });
    }
  }

  #initiate(chosen: Chosen): Promise<AuthAnswer> {
    const { call, config } = this.#parts;
    const { userPoolId, clientId } = config;
    return signInByChoice(call, { userPoolId, clientId, ...chosen });
  }

  /** A choice that has expired is made anew, without a word: the person has done nothing wrong. */
  async #answerOrInitiate(open: AuthAnswer | null, chosen: Chosen): Promise<AuthAnswer> {
    if (open === null) return this.#initiate(chosen);
    try {
      return await this.#answer(open, chosen);
    } catch (failure) {
      const { code } = toAuthError(failure, this.#parts.texts);
      if (code !== 'challenge-expired') throw failure;
      return this.#initiate(chosen);
    }
  }

  #answer(open: AuthAnswer, { username, password, way }: Chosen): Promise<AuthAnswer> {
    const { call, config } = this.#parts;
    const { userPoolId, clientId } = config;
    if (password !== undefined) {
      return provePassword(call, { userPoolId, clientId, username, password }, open);
    }
    const name = way && WAY_NAMES[way][0];
    if (name === undefined || open.ChallengeName !== 'SELECT_CHALLENGE') {
      return this.#initiate({ username, way });
    }
    return this.#send(open, { USERNAME: username, ANSWER: name });
  }

  async #goOn(answer: AuthAnswer, { username, password }: Chosen): Promise<SignInResult> {
    const { progress } = this.#parts;
    const { ChallengeName: name, AvailableChallenges } = answer;
    const ways = waysIn(AvailableChallenges);
    switch (name) {
      case 'WEB_AUTHN': {
        // What is left to do if the person does not use it.
        this.#askWay(username, ways.length > 0 ? ways : ['passkey']);
        const credential = await this.#ask(answer, {});
        return this.#goOn(await this.#respond(answer, username, credential), { username });
      }
      case 'SELECT_CHALLENGE':
      case 'PASSWORD':
      case 'PASSWORD_SRP': {
        const possible =
          ways.length > 0 || name === 'SELECT_CHALLENGE' ? ways : ['password' as const];
        this.#open = { challenge: this.#askWay(username, possible), answer };
        return { next: 'way-choice-required', ways: possible };
      }
      default:
        return progress.goOn(answer, username, password === undefined);
    }
  }

  #askWay(username: string, ways: readonly SignInWay[]): WayChallenge {
    const challenge = { kind: 'choose-way', username, ways } as const;
    this.#parts.progress.set('way-choice-required', challenge);
    return challenge;
  }

  #ask(
    { ChallengeParameters }: AuthAnswer,
    how: { readonly conditional?: boolean; readonly signal?: AbortSignal },
  ): Promise<string> {
    const options = objectIn(ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS']);
    return usePasskey(options as PublicKeyCredentialRequestOptionsJSON, how);
  }

  async #respond(asked: AuthAnswer, username: string, CREDENTIAL: string): Promise<AuthAnswer> {
    try {
      const answer = await this.#send(asked, { USERNAME: username, CREDENTIAL });
      this.#name.write(username);
      return answer;
    } catch (failure) {
      // The pool says so of a wrong password, too; here nobody has typed one.
      const { code } = toAuthError(failure, this.#parts.texts);
      throw code === 'wrong-credentials' ? new PasskeyFailure('not-possible', failure) : failure;
    }
  }

  #send(asked: AuthAnswer, ChallengeResponses: Readonly<Record<string, string>>) {
    const { call, config } = this.#parts;
    const { ChallengeName = '', Session } = asked;
    return call('RespondToAuthChallenge', {
      ...{ ClientId: config.clientId, ChallengeName },
      ...(Session !== undefined && { Session }),
      ChallengeResponses,
    });
  }
}

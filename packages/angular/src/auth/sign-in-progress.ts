import { signal } from '@angular/core';
import { authError, toAuthError } from '../failures/to-auth-error';
import type { CallPool } from '../pool/pool-api';
import type { AuthAnswer, AuthenticationResult } from '../pool/wire';
import type { PoolhouseTexts } from '../texts/poolhouse-texts';
import { newPasswordChallenge, type AuthStep, type Challenge, type SignInResult } from './outcomes';
import { codeChallenge, codeName, type SecondFactorChallenge } from './second-factors';
import { compact } from './typed-input';
import type { WaitingSignIn } from './waiting-sign-in';

/** What a sign-in in progress needs of the kit. */
interface Parts {
  readonly call: CallPool;
  readonly clientId: string;
  readonly texts: PoolhouseTexts;
  readonly waiting: WaitingSignIn;
  begin(tokens: AuthenticationResult): Promise<unknown>;
}

/** Sends an answer to the pool. */
type Respond = (
  challengeName: string,
  responses: Readonly<Record<string, string>>,
) => Promise<AuthAnswer>;

const STEPS = {
  code: 'code-required',
  'choose-factor': 'factor-choice-required',
  'set-up-factor': 'factor-set-up-required',
} as const satisfies Readonly<Record<SecondFactorChallenge['kind'], AuthStep>>;

/** The sign-in or confirmation in progress: what is asked, and what the pool needs back together with the answer. */
export class SignInProgress {
  readonly step = signal<AuthStep>('none');
  readonly challenge = signal<Challenge | null>(null);
  readonly #parts: Parts;
  /** A wrong answer does not spend it. */
  #session: string | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Is at this step now. */
  set(step: AuthStep, challenge: Challenge | null = null, session?: string): void {
    this.#session = session;
    this.challenge.set(challenge);
    this.step.set(step);
    this.#parts.waiting.follow(challenge, session);
  }

  /** Takes over the sign-in of this browser that waits for the link of a mail, and answers it. Null where there is none. */
  async enterLinkCode(code: string): Promise<SignInResult | null> {
    const waiting = await this.#parts.waiting.take();
    if (waiting === null) return null;
    this.set(STEPS.code, waiting.challenge, waiting.session);
    return this.enterCode(code);
  }

  /** Begins anew. Answers how to return to a second factor that was asked for before, which is still good if the new sign-in fails. */
  begin(): () => void {
    const [step, challenge, session] = [this.step(), this.challenge(), this.#session];
    this.set('signing-in');
    const isFactor = challenge !== null && Object.hasOwn(STEPS, challenge.kind);
    return () => (isFactor ? this.set(step, challenge, session) : this.set('none'));
  }

  /** Takes the tokens, or the next challenge; `isFirst`: what is asked for stands in place of the password. */
  async goOn(answer: AuthAnswer, username: string, isFirst = false): Promise<SignInResult> {
    const { AuthenticationResult: tokens, ChallengeName: name, ChallengeParameters } = answer;
    if (tokens) {
      await this.#parts.begin(tokens);
      this.set('none');
      return { next: 'signed-in' };
    }
    if (name === 'NEW_PASSWORD_REQUIRED') {
      const asked = newPasswordChallenge(ChallengeParameters, username);
      this.set('new-password-required', asked, answer.Session);
      return { next: 'new-password-required', missingAttributes: asked.missingAttributes };
    }
    const asked = codeChallenge(name, ChallengeParameters, { username, isFirst });
    if (asked === undefined) {
      const detail = `challenge ${name ?? 'without a name'}`;
      throw authError({ code: 'unsupported' }, this.#parts.texts, detail);
    }
    this.set(STEPS[asked.kind], asked, answer.Session);
    if (asked.kind === 'code') {
      const { factor, destination } = asked;
      return { next: 'code-required', factor, ...(destination && { destination }) };
    }
    return { next: STEPS[asked.kind], factors: asked.factors };
  }

  /** Answers a challenge of this kind. */
  answer<Kind extends Challenge['kind']>(
    kind: Kind,
    work: (respond: Respond, challenge: Extract<Challenge, { kind: Kind }>) => Promise<AuthAnswer>,
  ): Promise<SignInResult> {
    return this.within(kind, async (challenge) => {
      const { username } = challenge;
      const respond: Respond = (ChallengeName, responses) =>
        this.#parts.call('RespondToAuthChallenge', {
          ...{ ClientId: this.#parts.clientId, ChallengeName },
          ...(this.#session !== undefined && { Session: this.#session }),
          ChallengeResponses: { USERNAME: username, ...responses },
        });
      return this.goOn(await work(respond, challenge), username);
    });
  }

  /** Answers with a code. */
  enterCode(code: string): Promise<SignInResult> {
    return this.answer('code', (respond, challenge) => {
      const name = codeName(challenge);
      return respond(name, { [`${name}_CODE`]: compact(code) });
    });
  }

  /** Between question and answer: an operation that takes the Session, and gives the next one. */
  async exchange<Answer extends { readonly Session?: string }>(
    ask: (session: string) => Promise<Answer>,
  ): Promise<Answer> {
    const answer = await ask(this.#session ?? '');
    this.#session = answer.Session ?? this.#session;
    return answer;
  }

  /** Does what only a challenge of this kind allows. When the pool has ended the sign-in, nothing is in progress any more. */
  async within<Kind extends Challenge['kind'], Result>(
    kind: Kind,
    work: (challenge: Extract<Challenge, { kind: Kind }>) => Promise<Result>,
  ): Promise<Result> {
    const { texts } = this.#parts;
    const challenge = this.challenge();
    if (challenge?.kind !== kind) throw authError({ code: 'challenge-expired' }, texts);
    try {
      return await work(challenge as Extract<Challenge, { kind: Kind }>);
    } catch (thrown) {
      const error = toAuthError(thrown, texts);
      if (error.code === 'challenge-expired') this.set('none');
      throw error;
    }
  }
}

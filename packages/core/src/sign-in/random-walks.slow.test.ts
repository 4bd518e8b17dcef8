import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChallengeNameType, InputOf, OutputOf } from '@poolhouse/model';
import { totpCode } from '../crypto/index.ts';
import { Failure } from '../failure.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { addUser, goodPassword, signIn } from '../testing/signed-in.ts';
import { sms } from '../testing/sms-role.ts';

/*
 * A model check: long random walks over everything that a client can send (right and wrong answers; steps repeated, swapped, replayed,
 * answered in another's place) against a plain reference. No walk reaches tokens that the reference forbids, and a right answer that the
 * reference allows is refused only by a lock or a budget.
 */

type Name = 'ann' | 'bea' | 'cat';
type Answer = OutputOf<'InitiateAuth'>;

/** What the reference knows of a Session that the server has handed out. */
interface Known {
  readonly session: string;
  readonly owner: Name;
  readonly step: ChallengeNameType;
  readonly offered: readonly string[];
  readonly proved: readonly ChallengeNameType[];
  readonly endsAtMs: number;
  spent: boolean;
}

interface Person {
  readonly email: string;
  readonly phone: string;
  secret: string;
  usedStep: number;
  /** The only code that is good, and where it went. */
  code:
    | { readonly by: 'email' | 'phone'; readonly text: string; readonly endsAtMs: number }
    | undefined;
}

const SESSION_MS = 180_000;
const factorOf: Readonly<Partial<Record<ChallengeNameType, string>>> = {
  PASSWORD: 'password',
  SMS_MFA: 'phone',
  SMS_OTP: 'phone',
  EMAIL_OTP: 'email',
  SOFTWARE_TOKEN_MFA: 'token',
};
/** What each person has turned on. */
const turnedOn: Readonly<Record<Name, readonly string[]>> = {
  ann: [],
  bea: ['token'],
  cat: ['phone', 'email'],
};
const names = Object.keys(turnedOn) as Name[];
const steps = [
  'PASSWORD',
  'SMS_MFA',
  'SMS_OTP',
  'EMAIL_OTP',
  'SOFTWARE_TOKEN_MFA',
  'SELECT_CHALLENGE',
  'SELECT_MFA_TYPE',
] as const;

class Walk {
  readonly tokens: Record<string, number> = {};
  refusedByLock = 0;
  readonly #harness: Harness;
  readonly #at: { readonly UserPoolId: string; readonly ClientId: string };
  readonly #required: boolean;
  readonly #people: Readonly<Record<Name, Person>>;
  readonly #random: () => number;
  readonly #known: Known[] = [];

  constructor(
    harness: Harness,
    at: { readonly UserPoolId: string; readonly ClientId: string },
    people: Readonly<Record<Name, Person>>,
    options: { readonly required: boolean; readonly seed: number },
  ) {
    this.#harness = harness;
    this.#at = at;
    this.#people = people;
    this.#required = options.required;
    this.#random = randomNumbers(options.seed);
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }

  #nowMs(): number {
    return this.#harness.world.clock.nowMs();
  }

  async step(): Promise<void> {
    this.#harness.advance(this.#random() < 0.02 ? 1_200_000 : 1_000);
    if (this.#known.length === 0 || this.#random() < 0.35) await this.#begin();
    else await this.#answer();
  }

  async #begin(): Promise<void> {
    const owner = this.#pick(names);
    const right = this.#random() < 0.85;
    const PASSWORD = right ? goodPassword : 'Wrong-0000';
    const byChoice = this.#random() < 0.5;
    const preferred = this.#pick(['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', undefined]);
    const brings = !byChoice || (preferred === 'PASSWORD' && this.#random() < 0.5);
    const AuthParameters = {
      USERNAME: owner,
      ...(brings && { PASSWORD }),
      ...(byChoice && preferred && { PREFERRED_CHALLENGE: preferred }),
    };
    const answer = await this.#send(() =>
      this.#harness.call('InitiateAuth', {
        ...{ ClientId: this.#at.ClientId, AuthParameters },
        AuthFlow: byChoice ? 'USER_AUTH' : 'USER_PASSWORD_AUTH',
      }),
    );
    const proved = brings && (!byChoice || preferred === 'PASSWORD');
    if (brings) this.#judge(answer, right, `${owner} by password`);
    if (answer instanceof Failure) return;
    const isPassed = proved && right && answer.ChallengeName !== 'SELECT_CHALLENGE';
    await this.#note(owner, isPassed ? ['PASSWORD'] : [], answer);
  }

  async #answer(): Promise<void> {
    const known = this.#pick(this.#known.slice(-12));
    const username = this.#random() < 0.95 ? known.owner : this.#pick(names);
    const name = this.#random() < 0.92 ? known.step : this.#pick(steps);
    const { responses, right } = this.#responses(known, username, name);
    const input: InputOf<'RespondToAuthChallenge'> = {
      ...{ ClientId: this.#at.ClientId, ChallengeName: name, Session: known.session },
      ChallengeResponses: { USERNAME: username, ...responses },
    };
    const answer = await this.#send(() => this.#harness.call('RespondToAuthChallenge', input));
    const isOwn = !known.spent && this.#nowMs() < known.endsAtMs && name === known.step;
    const allowed = isOwn && username === known.owner && right;
    this.#judge(answer, allowed, `${username} answers ${name} at ${known.step} of ${known.owner}`);
    if (answer instanceof Failure) return;
    known.spent = true;
    const person = this.#people[known.owner];
    if (name === 'SOFTWARE_TOKEN_MFA') person.usedStep = Math.floor(this.#nowMs() / 30_000);
    if (/^(SMS|EMAIL)_/.test(name)) person.code = undefined;
    const proof = this.#provedBy(name, responses);
    await this.#note(known.owner, proof ? [...known.proved, proof] : known.proved, answer);
  }

  #provedBy(
    name: ChallengeNameType,
    responses: Readonly<Record<string, string>>,
  ): ChallengeNameType | undefined {
    if (name === 'SELECT_CHALLENGE') return 'PASSWORD' in responses ? 'PASSWORD' : undefined;
    return name === 'SELECT_MFA_TYPE' ? undefined : name;
  }

  /** An answer to a challenge, and whether it is the right one for this Session's owner. */
  #responses(
    known: Known,
    username: Name,
    name: ChallengeNameType,
  ): { readonly responses: Readonly<Record<string, string>>; readonly right: boolean } {
    const person = this.#people[username];
    const right = this.#random() < 0.8;
    switch (name) {
      case 'PASSWORD':
        return { responses: { PASSWORD: right ? goodPassword : 'Wrong-0000' }, right };
      case 'SELECT_CHALLENGE':
      case 'SELECT_MFA_TYPE': {
        const ANSWER = this.#pick(right && known.offered.length > 0 ? known.offered : steps);
        const brings = ANSWER === 'PASSWORD' && this.#random() < 0.5;
        const isOffered = known.offered.includes(ANSWER);
        return {
          responses: { ANSWER, ...(brings && { PASSWORD: goodPassword }) },
          right: isOffered,
        };
      }
      case 'SOFTWARE_TOKEN_MFA': {
        const now = Math.floor(this.#nowMs() / 30_000);
        const code = totpCode(person.secret || 'A'.repeat(52), right ? now : now - 40);
        const isFresh = right && person.secret !== '' && now > person.usedStep;
        return { responses: { SOFTWARE_TOKEN_MFA_CODE: code }, right: isFresh };
      }
      // Proofs by SRP are tried elsewhere.
      case 'PASSWORD_SRP':
        return { responses: {}, right: false };
      default: {
        const { code } = person;
        const by = name === 'EMAIL_OTP' ? 'email' : 'phone';
        const isGood = right && code?.by === by && this.#nowMs() < code.endsAtMs;
        const text = right ? (code?.text ?? '00000000') : 'wrong';
        return { responses: { [`${name}_CODE`]: text }, right: isGood };
      }
    }
  }

  async #send(call: () => Promise<Answer>): Promise<Answer | Failure> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
  }

  #judge(answer: Answer | Failure, allowed: boolean, what: string): void {
    if (!(answer instanceof Failure)) return assert(allowed, `${what}: was accepted`);
    if (!allowed) return;
    assert.match(
      answer.message,
      /attempts exceeded|Attempt limit|Too many/,
      `${what}: ${answer.message}`,
    );
    this.refusedByLock += 1;
  }

  /** Notes what was handed out; tokens only where enough was proved. */
  async #note(owner: Name, proved: readonly ChallengeNameType[], answer: Answer): Promise<void> {
    const { AuthenticationResult, ChallengeName: step, ChallengeParameters = {} } = answer;
    if (AuthenticationResult !== undefined) {
      const factors = new Set(proved.map((name) => factorOf[name]));
      const least = this.#required || turnedOn[owner].length > 0 ? 2 : 1;
      assert(factors.size >= least, `${owner} has tokens for ${proved.join(' ')}`);
      const way = proved.join(' ');
      this.tokens[way] = (this.tokens[way] ?? 0) + 1;
      return;
    }
    assert(step !== undefined && answer.Session !== undefined);
    if (/^(SMS|EMAIL)_/.test(step)) {
      const by = step === 'EMAIL_OTP' ? 'email' : 'phone';
      const [newest] = await this.#harness.messages(this.#people[owner][by]);
      const isNew = newest?.code !== undefined && newest.code !== this.#people[owner].code?.text;
      // Where the budget is used up, the last code stays good.
      if (isNew) {
        const endsAtMs = this.#nowMs() + SESSION_MS;
        this.#people[owner].code = { by, text: newest.code ?? '', endsAtMs };
      }
    }
    const offered =
      step === 'SELECT_MFA_TYPE'
        ? (JSON.parse(ChallengeParameters['MFAS_CAN_CHOOSE'] ?? '[]') as string[])
        : (answer.AvailableChallenges ?? []);
    this.#known.push({
      ...{ session: answer.Session, owner, step, offered, proved },
      ...{ endsAtMs: this.#nowMs() + SESSION_MS, spent: false },
    });
  }
}

async function open(t: Parameters<typeof openHarness>[0], required: boolean, seed: number) {
  const harness = await openHarness(t);
  const AllowedFirstAuthFactors = required
    ? (['PASSWORD'] as const)
    : (['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] as const);
  const made = await harness.makePool(
    { Policies: { SignInPolicy: { AllowedFirstAuthFactors } }, SmsConfiguration: sms },
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] },
  );
  const { UserPoolId } = made;
  const people = {} as Record<Name, Person>;
  for (const [index, name] of names.entries()) {
    const [email, phone] = [`${name}@example.com`, `+1555010${index}000`];
    await addUser(harness, made, name, {
      ...{ email, email_verified: 'true', phone_number: phone, phone_number_verified: 'true' },
    });
    people[name] = { email, phone, secret: '', usedStep: 0, code: undefined };
  }
  const { AccessToken } = await signIn(harness, made, 'bea');
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId, MfaConfiguration: required ? 'ON' : 'OPTIONAL' },
    ...{ SmsMfaConfiguration: { SmsConfiguration: sms }, EmailMfaConfiguration: {} },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const { SecretCode = '' } = await harness.call('AssociateSoftwareToken', { AccessToken });
  const step = Math.floor(harness.world.clock.nowMs() / 30_000);
  await harness.call('VerifySoftwareToken', { AccessToken, UserCode: totpCode(SecretCode, step) });
  Object.assign(people.bea, { secret: SecretCode, usedStep: step });
  const SoftwareTokenMfaSettings = { Enabled: true };
  const bea = { UserPoolId, Username: 'bea' };
  await harness.call('AdminSetUserMFAPreference', { ...bea, SoftwareTokenMfaSettings });
  await harness.call('AdminSetUserMFAPreference', {
    ...{ UserPoolId, Username: 'cat' },
    ...{ SMSMfaSettings: { Enabled: true }, EmailMfaSettings: { Enabled: true } },
  });
  return new Walk(harness, made, people, { required, seed });
}

for (const required of [false, true]) {
  for (const seed of [1, 2, 3]) {
    test(`a walk where MFA is ${required ? 'required' : 'optional'} (${seed})`, async (t) => {
      const walk = await open(t, required, seed);
      for (let at = 0; at < 2_000; at += 1) await walk.step();
      // Without these the walk would have shown nothing.
      const ways = Object.keys(walk.tokens);
      const expected = required
        ? ['PASSWORD SMS_MFA', 'PASSWORD SOFTWARE_TOKEN_MFA', 'PASSWORD EMAIL_OTP']
        : ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'PASSWORD SOFTWARE_TOKEN_MFA', 'PASSWORD SMS_MFA'];
      for (const way of expected) assert(ways.includes(way), `${way} of ${ways.join(', ')}`);
      t.diagnostic(`${JSON.stringify(walk.tokens)}, ${walk.refusedByLock} by a lock or budget`);
    });
  }
}

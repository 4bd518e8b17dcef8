import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuthenticationResultType, InputOf, OutputOf } from '@poolhouse/model';
import { createSrpSession } from 'cognito-srp-helper';
import { Failure } from '../failure.ts';
import { authenticatorOf } from '../testing/authenticator.ts';
import { newDevice, signedProof, STANDING_IN, type KeptDevice } from '../testing/devices.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, goodPassword, type MadePool } from '../testing/signed-in.ts';
import { randomNumbers } from '../testing/random-numbers.ts';

/*
 * A model check, as in random-walks.slow.test.ts: two people with several devices each, which are confirmed, remembered, forgotten, named by the
 * wrong one, proved rightly and wrongly, in and out of turn, while the pool changes its mind about them. Of each answer the reference says
 * whether it is right, and what it leads to.
 */

type Name = 'ann' | 'bea';
type Answer = OutputOf<'RespondToAuthChallenge'>;

/** A device as the reference knows it. */
interface Known extends KeptDevice {
  readonly owner: Name;
  isThere: boolean;
  isRemembered: boolean;
}

/** A question that was asked. */
interface Asked {
  readonly owner: Name;
  readonly step: 'DEVICE_SRP_AUTH' | 'DEVICE_PASSWORD_VERIFIER' | 'SOFTWARE_TOKEN_MFA';
  readonly device: Known | undefined;
  readonly endsAtMs: number;
  readonly session?: string | undefined;
  /** Answers to the last of the three steps. */
  readonly proofs?: { readonly right: Proof; readonly wrong: Proof };
  spent: boolean;
}

type Proof = Readonly<Record<string, string>>;

const SESSION_MS = 180_000;

class DeviceWalk {
  readonly counts: Record<string, number> = {};
  readonly #harness: Harness;
  readonly #made: MadePool;
  readonly #random: () => number;
  readonly #asked: Asked[] = [];
  readonly #devices: Known[] = [];
  readonly #refreshes: { readonly token: string; readonly device: Known; ended: boolean }[] = [];
  #standsIn = true;
  #usedStep = -1;

  constructor(harness: Harness, made: MadePool, seed: number) {
    this.#harness = harness;
    this.#made = made;
    this.#random = randomNumbers(seed);
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }

  #nowMs(): number {
    return this.#harness.world.clock.nowMs();
  }

  async step(): Promise<void> {
    this.#harness.advance(this.#random() < 0.02 ? 1_200_000 : 1_000);
    const kind = this.#random();
    if (kind < 0.35 || this.#asked.length === 0) await this.#begin();
    else if (kind < 0.8) await this.#answer();
    else if (kind < 0.9) await this.#change();
    else await this.#refresh();
  }

  /** Begins with the password, and names a device or none. */
  async #begin(): Promise<void> {
    const owner = this.#pick(['ann', 'bea'] as const);
    const isRight = this.#random() < 0.9;
    const own = this.#devices.filter((one) => one.owner === owner && one.isThere);
    const among = this.#random() < 0.7 ? own : this.#devices;
    const device = this.#random() < 0.8 ? this.#pick(among.slice(-4)) : undefined;
    const answer = await this.#send(() =>
      this.#harness.call('InitiateAuth', {
        ...{ ClientId: this.#made.ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
        AuthParameters: {
          ...{ USERNAME: owner, PASSWORD: isRight ? goodPassword : 'Wrong-0000' },
          ...(device && { DEVICE_KEY: device.key }),
        },
      }),
    );
    const isOwn = device?.owner === owner && device.isThere;
    this.#judge(answer, isRight && (device === undefined || isOwn), `${owner} begins`);
    if (answer instanceof Failure) {
      if (isRight && device && !isOwn && !isLock(answer)) {
        assert.equal(answer.message, 'Device does not exist.');
      }
      return;
    }
    const expected = isOwn && this.#isDue(device) ? 'DEVICE_SRP_AUTH' : second[owner];
    assert.equal(answer.ChallengeName, expected, `${owner} begins`);
    await this.#note(owner, answer, device);
  }

  /** Whether the device proves itself now: Bea's only where it stands in for her application. */
  #isDue({ owner, isThere, isRemembered }: Known): boolean {
    return isThere && (owner === 'ann' || (isRemembered && this.#standsIn));
  }

  async #answer(): Promise<void> {
    const asked = this.#pick(this.#asked.slice(-10));
    const username = this.#random() < 0.95 ? asked.owner : this.#pick(['ann', 'bea'] as const);
    const { responses, isRight } = this.#responses(asked);
    const isOwnDevice = responses['DEVICE_KEY'] === asked.device?.key;
    const input: InputOf<'RespondToAuthChallenge'> = {
      ...{ ClientId: this.#made.ClientId, ChallengeName: asked.step, Session: asked.session },
      ChallengeResponses: { USERNAME: username, ...responses },
    };
    const answer = await this.#send(() => this.#harness.call('RespondToAuthChallenge', input));
    const isOpen = !asked.spent && this.#nowMs() < asked.endsAtMs && username === asked.owner;
    this.#judge(answer, isOpen && isRight, `${username} answers ${asked.step} of ${asked.owner}`);
    // What the pool or an administrator has overtaken is used up, too.
    const isOvertaken = asked.device && isOwnDevice && !this.#isDue(asked.device);
    if (isOpen && isOvertaken && asked.step !== second.bea) asked.spent = true;
    if (answer instanceof Failure) return;
    asked.spent = true;
    if (asked.step === 'SOFTWARE_TOKEN_MFA') this.#usedStep = Math.floor(this.#nowMs() / 30_000);
    await this.#note(asked.owner, answer, asked.device);
  }

  #responses({ step, device, proofs }: Asked): { responses: Proof; isRight: boolean } {
    const isTried = this.#random() < 0.85;
    if (step === 'SOFTWARE_TOKEN_MFA') {
      const code = authenticatorOf(this.#harness, this.#target('bea')).codeNow();
      const isFresh = Math.floor(this.#nowMs() / 30_000) > this.#usedStep;
      const SOFTWARE_TOKEN_MFA_CODE = isTried ? code : 'wrong';
      return { responses: { SOFTWARE_TOKEN_MFA_CODE }, isRight: isTried && isFresh };
    }
    assert(device);
    const named = isTried || step !== 'DEVICE_SRP_AUTH' ? device : this.#pick(this.#devices);
    const isRight = named === device && this.#isDue(device);
    if (step === 'DEVICE_SRP_AUTH') {
      const { largeA } = createSrpSession(device.owner, 'x', this.#made.UserPoolId, false);
      return { responses: { DEVICE_KEY: named.key, SRP_A: largeA }, isRight };
    }
    assert(proofs);
    return { responses: isTried ? proofs.right : proofs.wrong, isRight: isTried && isRight };
  }

  #target(username: Name) {
    return { ...this.#made, username, password: goodPassword };
  }

  /** The pool changes its mind, or an administrator does, about one device. */
  async #change(): Promise<void> {
    const { UserPoolId } = this.#made;
    if (this.#random() < 0.3) {
      this.#standsIn = !this.#standsIn;
      const { DeviceConfiguration } = STANDING_IN;
      await this.#harness.call('UpdateUserPool', {
        UserPoolId,
        DeviceConfiguration: {
          ...DeviceConfiguration,
          ChallengeRequiredOnNewDevice: this.#standsIn,
        },
      });
      return;
    }
    const device = this.#devices.filter(({ isThere }) => isThere).at(-1);
    if (device === undefined) return;
    const ref = { UserPoolId, Username: device.owner, DeviceKey: device.key };
    if (this.#random() < 0.4) {
      await this.#harness.call('AdminForgetDevice', ref);
      device.isThere = false;
      for (const one of this.#refreshes) one.ended ||= one.device === device;
      return;
    }
    device.isRemembered = !device.isRemembered;
    const DeviceRememberedStatus = device.isRemembered ? 'remembered' : 'not_remembered';
    await this.#harness.call('AdminUpdateDeviceStatus', { ...ref, DeviceRememberedStatus });
  }

  async #refresh(): Promise<void> {
    const one = this.#pick(this.#refreshes.slice(-12));
    if (one === undefined) return;
    const named = this.#random() < 0.7 ? one.device : this.#pick(this.#devices);
    const { ClientId } = this.#made;
    const request = { ClientId, RefreshToken: one.token, DeviceKey: named.key };
    const answer = await this.#send(async () => {
      await this.#harness.call('GetTokensFromRefreshToken', request);
      return {};
    });
    const isAllowed = named === one.device && one.device.isThere && !one.ended;
    this.#judge(answer, isAllowed, 'a refresh');
    this.#count(answer instanceof Failure ? 'no refresh' : 'refresh');
  }

  #count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  async #send(call: () => Promise<Answer>): Promise<Answer | Failure> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
  }

  #judge(answer: Answer | Failure, isAllowed: boolean, what: string): void {
    if (!(answer instanceof Failure)) return assert(isAllowed, `${what}: was accepted`);
    if (!isAllowed) return;
    assert(isLock(answer), `${what}: ${answer.message}`);
    this.#count('locked');
  }

  /** Notes what was handed out. A device that is new is confirmed, mostly. */
  async #note(owner: Name, answer: Answer, device: Known | undefined): Promise<void> {
    const { AuthenticationResult: tokens, ChallengeName: step } = answer;
    if (tokens !== undefined) return this.#noteTokens(owner, tokens, device);
    const endsAtMs = this.#nowMs() + SESSION_MS;
    const next = { owner, device, endsAtMs, session: answer.Session, spent: false };
    assert(
      step === 'DEVICE_SRP_AUTH' || step === 'DEVICE_PASSWORD_VERIFIER' || step === second.bea,
    );
    if (step !== 'DEVICE_PASSWORD_VERIFIER') return void this.#asked.push({ ...next, step });
    assert(device);
    const srp = createSrpSession(owner, 'x', this.#made.UserPoolId, false);
    // The exchange is begun anew with a key of our own, because the walk has kept none.
    const begun = await this.#reopen(next, srp.largeA);
    if (begun === undefined) return;
    const wrongDevice = { ...device, password: 'another' };
    const prove = (with_: KeptDevice) => signedProof(this.#harness, srp, with_, begun);
    const proofs = { right: prove(device), wrong: prove(wrongDevice) };
    this.#asked.push({ ...next, session: undefined, step, proofs });
  }

  /** A whole beginning of its own, up to the question for the device's proof. */
  async #reopen({ owner, device }: Pick<Asked, 'owner' | 'device'>, SRP_A: string) {
    const { ClientId } = this.#made;
    const answer = await this.#send(async () => {
      const DEVICE_KEY = device?.key ?? '';
      const begun = await this.#harness.call('InitiateAuth', {
        ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
        AuthParameters: { USERNAME: owner, PASSWORD: goodPassword, DEVICE_KEY },
      });
      return this.#harness.call('RespondToAuthChallenge', {
        ...{ ClientId, ChallengeName: 'DEVICE_SRP_AUTH', Session: begun.Session },
        ChallengeResponses: { USERNAME: owner, DEVICE_KEY, SRP_A },
      });
    });
    return answer instanceof Failure ? undefined : answer;
  }

  async #noteTokens(
    owner: Name,
    tokens: AuthenticationResultType,
    device: Known | undefined,
  ): Promise<void> {
    const token = tokens.RefreshToken ?? '';
    const isKnown = device?.isThere === true;
    assert.equal(tokens.NewDeviceMetadata === undefined, isKnown, `${owner}: a new device`);
    this.#count(`tokens of ${owner}${isKnown ? ' on a device' : ''}`);
    if (isKnown) return void this.#refreshes.push({ token, device, ended: false });
    const { device: made, confirmation } = newDevice(tokens);
    const isConfirmed = this.#random() < 0.7;
    const known = { ...made, owner, isThere: isConfirmed, isRemembered: true };
    if (isConfirmed) {
      const { AccessToken = '' } = tokens;
      await this.#harness.call('ConfirmDevice', { AccessToken, ...confirmation });
    }
    this.#devices.push(known);
    this.#refreshes.push({ token, device: known, ended: false });
  }
}

/** What Bea is asked for besides, and Ann is not. */
const second = { ann: undefined, bea: 'SOFTWARE_TOKEN_MFA' } as const;

function isLock({ message }: Failure): boolean {
  return /attempts exceeded|Attempt limit|Too many/.test(message);
}

for (const seed of [1, 2]) {
  test(`a walk over devices (${seed})`, async (t) => {
    const harness = await openHarness(t);
    const made = await harness.makePool(STANDING_IN);
    const { UserPoolId } = made;
    for (const name of ['ann', 'bea']) await addUser(harness, made, name);
    await harness.call('SetUserPoolMfaConfig', {
      ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const bea = { ...made, username: 'bea', password: goodPassword };
    await authenticatorOf(harness, bea).setUp();
    const SoftwareTokenMfaSettings = { Enabled: true };
    const user = { UserPoolId, Username: 'bea' };
    await harness.call('AdminSetUserMFAPreference', { ...user, SoftwareTokenMfaSettings });
    harness.advance(60_000);
    const walk = new DeviceWalk(harness, made, seed);
    for (let at = 0; at < 1_500; at += 1) await walk.step();
    // Without these the walk would have shown nothing.
    for (const what of [
      ...['tokens of ann', 'tokens of ann on a device', 'tokens of bea'],
      ...['tokens of bea on a device', 'refresh', 'no refresh'],
    ])
      assert((walk.counts[what] ?? 0) > 5, `${what}: ${JSON.stringify(walk.counts)}`);
    t.diagnostic(JSON.stringify(walk.counts));
  });
}

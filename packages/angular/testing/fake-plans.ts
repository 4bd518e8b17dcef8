import type {
  AuthStep,
  Challenge,
  SecondFactor,
  SignInResult,
  SignInWay,
} from '@poolhouse/angular';
import { CODE_SENT, DESTINATION } from './fake-answers';

/** What is asked for next. */
export interface Asked {
  readonly step: AuthStep;
  readonly challenge: Challenge;
  readonly result: SignInResult;
}

/** What the sign-ins of a fake ask for, as the test has said. */
export class FakePlans {
  readonly toConfirm = new Set<string>();
  readonly toReplacePassword = new Set<string>();
  readonly toProve = new Map<string, readonly SecondFactor[]>();
  readonly toSetUp = new Map<string, readonly SecondFactor[]>();
  readonly toChoose = new Map<string, readonly SignInWay[]>();

  /** What a sign-in asks for before the password, or a way, is proved; undefined where there is nothing. */
  choice(username: string, way: SignInWay | undefined, hasPassword: boolean): Asked | undefined {
    const ways = this.toChoose.get(username);
    if (ways === undefined) return undefined;
    const taken = way ?? (hasPassword ? 'password' : undefined);
    if (taken === undefined || !ways.includes(taken) || (taken === 'password' && !hasPassword)) {
      const [step, kind] = ['way-choice-required', 'choose-way'] as const;
      return { step, challenge: { kind, username, ways }, result: { next: step, ways } };
    }
    return taken === 'email' || taken === 'sms' ? askForCode(username, taken, true) : undefined;
  }

  /** What a sign-in asks for after that. */
  rest(username: string): Asked | undefined {
    if (this.toConfirm.has(username)) return confirmation(username);
    if (this.toReplacePassword.has(username)) {
      const step = 'new-password-required';
      const challenge = {
        ...{ kind: 'new-password' as const, username, missingAttributes: [], attributes: {} },
      };
      return { step, challenge, result: { next: step, missingAttributes: [] } };
    }
    const toSetUp = this.toSetUp.get(username);
    if (toSetUp !== undefined) {
      const step = 'factor-set-up-required';
      const challenge = { kind: 'set-up-factor', username, factors: toSetUp } as const;
      return { step, challenge, result: { next: step, factors: toSetUp } };
    }
    const factors = this.toProve.get(username) ?? [];
    const [only] = factors;
    if (factors.length > 1) {
      const step = 'factor-choice-required';
      const challenge = { kind: 'choose-factor', username, factors } as const;
      return { step, challenge, result: { next: step, factors } };
    }
    return only === undefined ? undefined : askForCode(username, only);
  }
}

/** Asks to confirm an account. */
export function confirmation(username: string): Asked {
  const asked = { kind: 'confirm-sign-up', username, verification: 'code' } as const;
  const challenge = { ...asked, destination: DESTINATION };
  const step = 'confirmation-required';
  return { step, challenge, result: { next: step, username } };
}

/** Asks for a code. */
export function askForCode(username: string, factor: SecondFactor, isFirst = false): Asked {
  const sent = factor === 'authenticator' ? {} : { destination: CODE_SENT[factor] };
  const step = 'code-required';
  return {
    step,
    challenge: { kind: 'code', username, factor, ...(isFirst && { isFirst }), ...sent },
    result: { next: step, factor, ...sent },
  };
}

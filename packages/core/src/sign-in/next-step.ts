import type { ChallengeNameType } from '@poolhouse/model';
import { lacksLevel } from '../domain/mfa/mfa.ts';
import type { AcrLevel } from '../domain/pools/acr-levels.ts';
import type { Client } from '../domain/clients/client.ts';
import type { ConfigurationKind, ConfigurationValues } from '../domain/pools/pool-configuration.ts';
import type { Device } from '../domain/devices/device.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { lacksFactor, tokenRefusal, type TokenRefusal } from '../domain/tokens/token-gate.ts';
import type { Proof } from '../domain/tokens/session.ts';
import type { User } from '../domain/users/user.ts';

/** Configurations of a pool by kind, as they were read; `undefined` where nothing is set. */
export type StepConfigurations = {
  readonly [Kind in ConfigurationKind]?: ConfigurationValues[Kind] | undefined;
};

/** What the next step depends on. */
export interface StepFacts {
  /** In their order. */
  readonly proofs: readonly Proof[];
  readonly pool: Pick<Pool, 'settings'>;
  /** Those that turns need; see {@link configurationOf}. */
  readonly configurations: StepConfigurations;
  readonly client: Pick<Client, 'settings'>;
  readonly user: User;
  /** The user's device that the app has named; absent where the pool does not tell devices apart. */
  readonly device?: Pick<Device, 'isRemembered'> | undefined;
  readonly nowMs: number;
  /** The level that the app asked for. */
  readonly target?: AcrLevel;
}

/** A challenge as far as its turn goes. */
export interface Turn {
  readonly name: ChallengeNameType;
  /** Whether an answer is an attempt at a secret: budgets and locks count it, and a right one proves something. */
  readonly isFactor: boolean;
  /** Whether it only asks which of several due factors is answered; where fewer than two are due, it is left out. */
  readonly isChoice?: boolean;
  /** Whether it sets up the factor that is missing: where one is due, a missing factor is no reason to refuse yet. */
  readonly setsUpFactor?: boolean;
  /** The kinds of configuration that `isDue` looks at. Where no turn needs any, none is read. */
  readonly needs?: (
    facts: Pick<StepFacts, 'pool' | 'user' | 'target'>,
  ) => readonly ConfigurationKind[];
  /** Whether it has to be answered still. First factors are asked by their flow, and are never due. */
  readonly isDue: (facts: StepFacts) => boolean;
}

/** A configuration that a turn needs. What nobody has read must not pass for what is not set: a factor would be left out. */
export function configurationOf<Kind extends ConfigurationKind>(
  { configurations }: Pick<StepFacts, 'configurations'>,
  kind: Kind,
): StepConfigurations[Kind] {
  if (!(kind in configurations)) throw new Error(`a turn looks at ${kind} and does not need it`);
  return configurations[kind];
}

/** Why a sign-in ends although everything asked so far is proved. */
export type StepRefusal = TokenRefusal | 'temporary-password-expired' | 'factor-missing';

/** What follows in a sign-in. */
export type NextStep =
  | { readonly kind: 'refuse'; readonly reason: StepRefusal }
  /** `offered`, of a choice: the challenges that may be chosen. */
  | {
      readonly kind: 'challenge';
      readonly name: ChallengeNameType;
      readonly offered?: readonly ChallengeNameType[];
    }
  | { readonly kind: 'tokens' };

/**
 * What comes after all that is proved: a refusal, the first turn that is due, or tokens. A pure function over data.
 * Source: behaviour.md 6.1, step 8, and 6.3.
 */
export function nextStep(facts: StepFacts, turns: readonly Turn[]): NextStep {
  const { proofs, pool, user, nowMs } = facts;
  const refusal = tokenRefusal(user);
  const mustChange = refusal === 'must-change-password';
  if (refusal !== undefined && !mustChange) return { kind: 'refuse', reason: refusal };
  if (mustChange && nowMs >= (user.temporaryPasswordExpiresAtMs ?? Infinity)) {
    return { kind: 'refuse', reason: 'temporary-password-expired' };
  }
  const allDue = turns.filter(({ isDue }) => isDue(facts));
  const due = allDue.filter(({ isChoice }) => !isChoice);
  const factors = due.filter(({ isFactor }) => isFactor);
  const setsUp = due.some(({ setsUpFactor }) => setsUpFactor);
  const isTooLittle = lacksFactor(pool, proofs) || lacksLevel(facts);
  if (isTooLittle && factors.length === 0 && !setsUp) {
    return { kind: 'refuse', reason: 'factor-missing' };
  }
  const [next] = due;
  const choice = allDue.find(({ isChoice }) => isChoice);
  if (choice !== undefined && next?.isFactor && factors.length > 1) {
    return { kind: 'challenge', name: choice.name, offered: factors.map(({ name }) => name) };
  }
  if (next !== undefined) return { kind: 'challenge', name: next.name };
  return refusal === undefined ? { kind: 'tokens' } : { kind: 'refuse', reason: refusal };
}

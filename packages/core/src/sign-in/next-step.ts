import type { ChallengeNameType } from '@poolhouse/model';
import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { lacksFactor, tokenRefusal, type TokenRefusal } from '../domain/tokens/token-gate.ts';
import type { Proof } from '../domain/tokens/session.ts';
import type { User } from '../domain/users/user.ts';

/** What the next step depends on. */
export interface StepFacts {
  /** In their order. */
  readonly proofs: readonly Proof[];
  readonly pool: Pick<Pool, 'settings'>;
  readonly client: Pick<Client, 'settings'>;
  readonly user: User;
  readonly nowMs: number;
}

/** A challenge as far as its turn goes. */
export interface Turn {
  readonly name: ChallengeNameType;
  /** Whether an answer is an attempt at a secret: budgets and locks count it, and a right one proves something. */
  readonly isFactor: boolean;
  /** Whether it has to be answered still. First factors are asked by their flow, and are never due. */
  readonly isDue: (facts: StepFacts) => boolean;
}

/** Why a sign-in ends although everything asked so far is proved. */
export type StepRefusal = TokenRefusal | 'temporary-password-expired' | 'factor-missing';

/** What follows in a sign-in. */
export type NextStep =
  | { readonly kind: 'refuse'; readonly reason: StepRefusal }
  | { readonly kind: 'challenge'; readonly name: ChallengeNameType }
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
  const due = turns.filter(({ isDue }) => isDue(facts));
  if (lacksFactor(pool, proofs) && !due.some(({ isFactor }) => isFactor)) {
    return { kind: 'refuse', reason: 'factor-missing' };
  }
  const [next] = due;
  if (next !== undefined) return { kind: 'challenge', name: next.name };
  return refusal === undefined ? { kind: 'tokens' } : { kind: 'refuse', reason: refusal };
}

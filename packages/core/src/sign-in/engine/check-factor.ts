import type { Trial } from '../../limits/trial.ts';
import { oneAtATime } from '../../limits/one-at-a-time.ts';
import type { OperationContext } from '../../operation.ts';
import type { SharedError } from '../challenges/challenge.ts';
import type { SignInStore } from '../complete.ts';
import { attemptSubject } from '../identify.ts';
import type { Outcome } from '../outcome.ts';
import type { Progress } from './progress.ts';
import { checkNow, type FactorAttempt } from './steps.ts';

/**
 * Checks an attempt at a secret, after all others at the same user on this node; those that no lock counts do not wait, nor those in sign-ins
 * that functions of the pool's owner direct. What follows a right answer is done before the next one is looked at, such as a function that
 * decides about the tokens: only right answers can make others wait for that.
 */
export async function checkFactor(
  ctx: OperationContext<SharedError, SignInStore>,
  trial: Trial,
  progress: Progress,
  attempt: FactorAttempt,
): Promise<Outcome> {
  const { factor, subject } = attempt;
  const check = () => checkNow(ctx, trial, progress, attempt);
  if (factor.isUnguessable || progress.history !== undefined) return check();
  return oneAtATime(ctx, `${progress.pool.id} ${attemptSubject(subject).id}`, check);
}

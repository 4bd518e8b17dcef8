import { allowsSrp, effectiveAuthFlows } from '../../domain/clients/auth-flow-permissions.ts';
import type { Client } from '../../domain/clients/client.ts';
import { hidesUsers } from '../../domain/clients/user-existence.ts';
import { takeSourceAttempt } from '../../limits/source-attempts.ts';
import { onTrial } from '../../limits/trial.ts';
import type { OperationContext, TransactionContext } from '../../operation.ts';
import { requireSecretHash } from '../../pools/client-secret.ts';
import type { SignInAttempt } from '../attempt.ts';
import { requireGiven, type SharedError } from '../challenges/challenge.ts';
import { passwordVerifier } from '../challenges/password-verifier.ts';
import type { SignInStore } from '../complete.ts';
import { requireCustomAuth } from '../custom-functions.ts';
import { identify, refuseWrong, requireAdmissible } from '../identify.ts';
import type { Outcome } from '../outcome.ts';
import { beginning, type SignInRequest } from './beginning.ts';
import { direct } from './steps.ts';

/**
 * Starts a sign-in that the pool's own functions direct. With CHALLENGE_NAME SRP_A it brings what SRP begins with, so that they may ask for the
 * password first. Source: behaviour.md 6.11; settings.md 11.
 */
export async function startWithFunctions(
  ctx: OperationContext<SharedError | 'UserNotFoundException', SignInStore>,
  request: SignInRequest,
): Promise<Outcome> {
  const { pool, client, parameters: given } = request;
  requireCustomAuth(ctx, pool);
  const username = requireGiven(ctx, given, 'USERNAME');
  const bySrp = given['CHALLENGE_NAME'] === 'SRP_A';
  if (bySrp) passwordVerifier.question.read(ctx, given);
  await requireSecretHash(ctx, client, username, given['SECRET_HASH']);
  return onTrial(ctx, async (trial) => {
    takeSourceAttempt(ctx, trial, client);
    const hasSecret = bySrp ? passwordVerifier.hasSecret : () => true;
    const subject = await identify(ctx, request, username, hasSecret);
    await requireAdmissible(ctx, request, subject);
    if (subject.kind === 'decoy' && !hidesUsers(client)) {
      return refuseWrong(ctx, trial, request, subject, 'decoy');
    }
    const history = bySrp ? [{ challenge: 'SRP_A', isRight: true } as const] : [];
    return direct(ctx, trial, { ...beginning(ctx, request), history }, subject, given);
  });
}

/** Refuses an answer in a flow that the app client may no longer use, as far as the attempt tells which. */
export function requireFlow(
  ctx: TransactionContext<'InvalidParameterException', never>,
  client: Client,
  { step, history, offered, proofs }: SignInAttempt,
): void {
  const isChosen = offered !== undefined && proofs.length === 0;
  if (isChosen && !effectiveAuthFlows(client).has('ALLOW_USER_AUTH')) {
    ctx.fail('InvalidParameterException', 'USER_AUTH flow not enabled for this client');
  }
  if (history !== undefined && !effectiveAuthFlows(client).has('ALLOW_CUSTOM_AUTH')) {
    ctx.fail('InvalidParameterException', 'CUSTOM_AUTH flow not enabled for this client');
  }
  if (history === undefined && step === 'PASSWORD_VERIFIER' && !allowsSrp(client)) {
    ctx.fail('InvalidParameterException', 'USER_SRP_AUTH flow not enabled for this client');
  }
}

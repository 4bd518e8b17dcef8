import type { Client } from '../domain/clients/client.ts';
import { messages } from '../domain/texts.ts';
import type { Caller, OperationContext } from '../operation.ts';
import type { Trial } from './trial.ts';

/**
 * Takes an attempt at a password, a code or a name from the budgets of its source, or ends with TooManyRequestsException. Call it before
 * the user is looked up: the refusal must reveal nothing about anybody. A request that succeeds whomever it names keeps its attempt.
 */
export function takeSourceAttempt(
  ctx: OperationContext<'TooManyRequestsException', never>,
  trial: Trial,
  client: Client,
  { onSuccess = 'given-back' }: { readonly onSuccess?: 'given-back' | 'kept' } = {},
): void {
  const { attemptBudgets } = ctx.world;
  const source = sourceOf(ctx.caller, client);
  if (!attemptBudgets.take(client.poolId, source)) {
    ctx.fail('TooManyRequestsException', messages.tooManyRequests, 'too many failed attempts');
  }
  trial.stake({
    backOnSuccess: onSuccess === 'given-back',
    giveBack: () => attemptBudgets.giveBack(client.poolId, source),
  });
}

/**
 * Takes a sign-up from the budget of its source, or ends with TooManyRequestsException. Strangers need nothing for one, and it costs a hash
 * and a message. It is never given back.
 */
export function takeSignUp(
  ctx: OperationContext<'TooManyRequestsException', never>,
  client: Client,
): void {
  if (ctx.world.attemptBudgets.takeSignUp(client.poolId, sourceOf(ctx.caller, client))) return;
  ctx.fail('TooManyRequestsException', messages.tooManyRequests, 'too many sign-ups');
}

/** Back ends send the attempts of all their users from one address: those that sign, and those that know a client's secret. */
function sourceOf(caller: Caller, client: Client): string | undefined {
  return caller.kind === 'anyone' && client.secrets.length === 0 ? caller.source : undefined;
}

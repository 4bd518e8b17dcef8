import type { Client } from '../domain/clients/client.ts';
import { messages } from '../domain/texts.ts';
import type { Caller, Cx } from '../operation.ts';

/**
 * Takes a guess at a password, a code or a name from the budgets of where it comes from, or ends with
 * TooManyRequestsException. Call it before the user is looked up: that it ends must tell nothing about anybody.
 */
export function takeGuess(cx: Cx<'TooManyRequestsException', never>, client: Client): void {
  if (cx.world.guard.take(client.poolId, sourceOf(cx.caller, client))) return;
  cx.fail('TooManyRequestsException', messages.tooManyRequests, 'too many failed guesses');
}

/** Gives the guess back, because it was right. */
export function giveBackGuess(cx: Cx<never, never>, client: Client): void {
  cx.world.guard.giveBack(client.poolId, sourceOf(cx.caller, client));
}

/** Back ends send the guesses of all their users from one address: those that sign, and those that know a client's secret. */
function sourceOf(caller: Caller, client: Client): string | undefined {
  return caller.kind === 'anyone' && client.secrets.length === 0 ? caller.source : undefined;
}

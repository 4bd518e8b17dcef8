import type { Client } from '../domain/clients/client.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import type { Pool } from '../domain/pools/pool.ts';
import {
  hasTrigger,
  requiresThreatProtection,
  SIGN_IN_TRIGGERS,
  type Trigger,
} from '../domain/pools/unbuilt-settings.ts';
import { messages } from '../domain/texts.ts';

import type { OperationContext, TransactionContext } from '../operation.ts';

/**
 * Refuses where the pool wants a function to be called that this server cannot call yet: what it would have forbidden or
 * changed must not happen without it. Call it before anything is stored. Source: behaviour.md 8 for the text.
 */
export function requireNoTrigger(
  ctx: TransactionContext<'UnexpectedLambdaException', never>,
  pool: Pool,
  ...triggers: readonly Trigger[]
): void {
  for (const trigger of triggers) {
    if (hasTrigger(pool, trigger)) {
      ctx.fail('UnexpectedLambdaException', messages.triggerNotRun(trigger));
    }
  }
}

/** Refuses a sign-in that the pool wants to be judged by what this server does not have yet. */
export function requireUnjudgedSignIn(
  ctx: OperationContext<'NotAuthorizedException' | 'UnexpectedLambdaException', never>,
  pool: Pool,
): void {
  if (requiresThreatProtection(pool)) {
    ctx.fail('NotAuthorizedException', messages.securityReasons, 'threat protection is not built');
  }
  requireNoTrigger(ctx, pool, ...SIGN_IN_TRIGGERS);
  requireOwnClaims(ctx, pool);
}

/** Refuses tokens where the pool wants a function to be asked before them that cannot be asked here: what it would take out must not be in. */
export function requireOwnClaims(
  ctx: OperationContext<'UnexpectedLambdaException', never>,
  pool: Pool,
): void {
  const { LambdaVersion = 'V1_0' } = pool.settings.LambdaConfig?.PreTokenGenerationConfig ?? {};
  if (ctx.world.triggers === undefined || LambdaVersion !== 'V1_0') {
    requireNoTrigger(ctx, pool, 'PreTokenGeneration');
  }
}

/** Refuses a message where the pool wants a function to send it. */
export function requireOwnSending(
  ctx: TransactionContext<'UnexpectedLambdaException', never>,
  pool: Pool,
  medium: 'EMAIL' | 'SMS',
): void {
  requireNoTrigger(ctx, pool, medium === 'EMAIL' ? 'CustomEmailSender' : 'CustomSMSSender');
}

/**
 * Refuses everybody alike, where the client hides who exists, as soon as one of the ways that a code could take is refused:
 * otherwise what is answered would tell by which way a user is reached, and so that there is one. Call it before the look-up.
 */
export function requireOwnCodes(
  ctx: OperationContext<'UnexpectedLambdaException', never>,
  pool: Pool,
  client: Client,
  ways: readonly ('email' | 'phone_number')[],
): void {
  if (!hidesUsers(client)) return;
  if (ctx.world.triggers === undefined) requireNoTrigger(ctx, pool, 'CustomMessage');
  for (const way of ways) requireOwnSending(ctx, pool, way === 'email' ? 'EMAIL' : 'SMS');
}

import type { Pool } from '../../domain/pools/pool.ts';
import {
  hasTrigger,
  requiresThreatProtection,
  SIGN_IN_TRIGGERS,
  type Trigger,
} from '../../domain/pools/unbuilt-settings.ts';
import { messages } from '../../domain/texts.ts';
import type { Cx } from '../../operation.ts';

/**
 * Refuses where the pool wants a function to be called that this server cannot call yet: what it would have forbidden or
 * changed must not happen without it. Call it before anything is stored. Source: behaviour.md 8 for the text.
 */
export function requireNoTrigger(
  cx: Cx<'UnexpectedLambdaException', never>,
  pool: Pool,
  ...triggers: readonly Trigger[]
): void {
  for (const trigger of triggers) {
    if (hasTrigger(pool, trigger)) {
      cx.fail('UnexpectedLambdaException', messages.triggerNotRun(trigger));
    }
  }
}

/** Refuses a sign-in that the pool wants to be judged by what this server does not have yet. */
export function requireUnjudgedSignIn(
  cx: Cx<'NotAuthorizedException' | 'UnexpectedLambdaException', never>,
  pool: Pool,
): void {
  if (requiresThreatProtection(pool)) {
    cx.fail('NotAuthorizedException', messages.securityReasons, 'threat protection is not built');
  }
  requireNoTrigger(cx, pool, ...SIGN_IN_TRIGGERS);
}

/** Refuses a message where the pool wants a function to write or to send it. */
export function requireOwnMessages(
  cx: Cx<'UnexpectedLambdaException', never>,
  pool: Pool,
  medium: 'EMAIL' | 'SMS',
): void {
  const sender = medium === 'EMAIL' ? 'CustomEmailSender' : 'CustomSMSSender';
  requireNoTrigger(cx, pool, 'CustomMessage', sender);
}

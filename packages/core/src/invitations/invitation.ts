import type { Pool } from '../domain/pools/pool.ts';
import { temporaryPasswordEndsAtMs } from '../domain/passwords/temporary-password-validity.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import { enqueueMessage } from '../messages/enqueue.ts';
import type { MessageMedium } from '../messages/mailbox.ts';
import type { MessageTemplates } from '../messages/templates.ts';
import type { TransactionContext } from '../operation.ts';

/** An invitation to sign in for the first time. */
export interface Invitation {
  readonly pool: Pool;
  readonly user: Pick<User, 'attributes'>;
  /** The name that the message tells: what the administrator typed. */
  readonly username: string;
  /** Absent when the user signs in by codes. */
  readonly password: string | undefined;
  /** As the administrator wished; nothing said means SMS, where there is a number. Source: API model, DesiredDeliveryMediums. */
  readonly mediums: readonly MessageMedium[];
  readonly templates: MessageTemplates;
}

/** Why the invitation cannot go the ways that were asked for, in the service's words. Source: API model, AdminCreateUser. */
export function unreachableProblem(
  user: Pick<User, 'attributes'>,
  mediums: readonly MessageMedium[],
): string | undefined {
  const unreachable = mediums.find((medium) => !addressFor(user, medium));
  return unreachable && messages.noAddressForMedium(unreachable);
}

function addressFor(user: Pick<User, 'attributes'>, medium: MessageMedium): string | undefined {
  return user.attributes[medium === 'EMAIL' ? 'email' : 'phone_number'];
}

/**
 * Puts an invitation in the outbox for each medium for which the user has an address, in the caller's transaction. It is
 * not sent any more once the temporary password is out of date. Source: API model, DesiredDeliveryMediums.
 */
export async function sendInvitation(
  ctx: TransactionContext<'UnexpectedLambdaException', 'outbox' | 'limits'>,
  { pool, user, username, password, mediums, templates }: Invitation,
): Promise<void> {
  const endsAtMs = temporaryPasswordEndsAtMs(pool, ctx.nowMs);
  for (const medium of new Set(mediums.length > 0 ? mediums : ['SMS' as const])) {
    const to = addressFor(user, medium);
    // One that does not tell the password is not sent. Source: API model, AdminCreateUser.
    const text = medium === 'EMAIL' ? templates.email : templates.sms;
    if (!to || (password !== undefined && !text.includes('{####}'))) continue;
    const facts = { occasion: 'AdminCreateUser', username, code: password } as const;
    const message = { pool, medium, to, facts, templates, expiresAtMs: endsAtMs } as const;
    await enqueueMessage(ctx, { ...message, cause: 'administrator' });
  }
}

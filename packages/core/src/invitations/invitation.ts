import type { Pool } from '../domain/pools/pool.ts';
import { temporaryPasswordEndsAtMs } from '../domain/passwords/temporary-password-validity.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import { messageTemplates } from '../messages/custom-message.ts';
import { draftMessage, enqueueMessage, type DraftedMessage } from '../messages/enqueue.ts';
import type { MessageMedium } from '../messages/mailbox.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import type { TriggerError } from '../triggers/call-trigger.ts';

/** An invitation to sign in for the first time. */
export interface Invitation {
  readonly pool: Pool;
  readonly user: User;
  /** The name that the message tells: what the administrator typed. */
  readonly username: string;
  /** Absent when the user signs in by codes. */
  readonly password: string | undefined;
  /** As the administrator wished; nothing said means SMS, where there is a number. Source: API model, DesiredDeliveryMediums. */
  readonly mediums: readonly MessageMedium[];
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
 * Writes an invitation for each medium by which the user can be reached, before the transaction that sends them. They are not sent
 * any more once the temporary password is out of date.
 */
export async function draftInvitations(
  ctx: OperationContext<TriggerError, never>,
  { pool, user, username, password, mediums }: Invitation,
): Promise<readonly DraftedMessage[]> {
  const wished = new Set(mediums.length > 0 ? mediums : ['SMS' as const]);
  const reached = [...wished].filter((medium) => addressFor(user, medium));
  if (reached.length === 0) return [];
  const hasPassword = password !== undefined;
  const templates = await messageTemplates(ctx, {
    pool,
    occasion: 'AdminCreateUser',
    user: { ...user, username },
    client: undefined,
    hasPassword,
  });
  const facts = { occasion: 'AdminCreateUser', username, code: password } as const;
  const expiresAtMs = temporaryPasswordEndsAtMs(pool, ctx.nowMs);
  const drafts: DraftedMessage[] = [];
  for (const medium of reached) {
    const text = medium === 'EMAIL' ? templates.email : templates.sms;
    // One that does not tell the password is not sent. Source: API model, AdminCreateUser.
    if (hasPassword && !text.includes('{####}')) continue;
    drafts.push(await draftMessage(ctx, { pool, medium, facts, templates, expiresAtMs }));
  }
  return drafts;
}

/** Puts the invitations in the outbox, in the caller's transaction, for the addresses that the user has now. */
export async function sendInvitations(
  ctx: TransactionContext<'UnexpectedLambdaException', 'outbox' | 'limits'>,
  user: Pick<User, 'attributes'>,
  drafts: readonly DraftedMessage[],
): Promise<void> {
  for (const draft of drafts) {
    const to = addressFor(user, draft.unaddressed.medium);
    if (to) await enqueueMessage(ctx, draft, { to, cause: 'administrator' });
  }
}

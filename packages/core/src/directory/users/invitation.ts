import type { Pool } from '../../domain/pools/pool.ts';
import { temporaryPasswordEndsAtMs } from '../../domain/passwords/temporary-password-validity.ts';
import type { User } from '../../domain/users/user.ts';
import { tellsPassword } from '../../messages/compose.ts';
import { enqueueMessage, type MessageMedium } from '../../messages/enqueue.ts';
import type { Cx } from '../../operation.ts';

/** An invitation to sign in for the first time. */
export interface Invitation {
  readonly pool: Pool;
  readonly user: Pick<User, 'attributes'>;
  /** The name that the message tells: what the administrator typed. */
  readonly username: string;
  /** Absent when the user signs in by codes. */
  readonly password: string | undefined;
  readonly mediums: readonly MessageMedium[];
}

/**
 * Puts an invitation in the outbox for each medium for which the user has an address, in the caller's transaction. It is
 * not sent any more once the temporary password is out of date. Source: API model, DesiredDeliveryMediums.
 */
export async function sendInvitation(
  cx: Cx<'UnexpectedLambdaException', 'outbox'>,
  { pool, user, username, password, mediums }: Invitation,
): Promise<void> {
  const endsAtMs = temporaryPasswordEndsAtMs(pool, cx.nowMs);
  for (const medium of new Set(mediums)) {
    const to = user.attributes[medium === 'EMAIL' ? 'email' : 'phone_number'];
    if (!to || (password !== undefined && !tellsPassword(pool, medium))) continue;
    const facts = { occasion: 'AdminCreateUser', username, code: password } as const;
    await enqueueMessage(cx, pool, medium, to, facts, endsAtMs);
  }
}

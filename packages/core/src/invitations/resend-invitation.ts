import type { Pool } from '../domain/pools/pool.ts';
import { temporaryPasswordEndsAtMs } from '../domain/passwords/temporary-password-validity.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { MessageMedium } from '../messages/mailbox.ts';
import type { OperationContext } from '../operation.ts';
import type { TriggerError } from '../triggers/call-trigger.ts';
import { requireUser } from '../users/find-user.ts';
import { draftInvitations, sendInvitations, unreachableProblem } from './invitation.ts';
import { sealFirstPassword, type FirstPassword } from '../passwords/password.ts';
import { replacePassword } from '../passwords/replace-password.ts';

/**
 * Invites a user once more: a new temporary password replaces the old one, and its time starts again.
 * Source: API model, AdminCreateUserRequest.MessageAction; behaviour.md 5.4.
 */
export async function resendInvitation(
  ctx: OperationContext<
    | 'InvalidParameterException'
    | TriggerError
    | 'UnsupportedUserStateException'
    | 'UserNotFoundException',
    'users' | 'codes' | 'outbox' | 'limits' | 'sessions'
  >,
  pool: Pool,
  username: string,
  password: FirstPassword,
  mediums: readonly MessageMedium[],
): Promise<User> {
  const found = await requireUser(ctx, pool, username);
  const refuse = () =>
    ctx.fail('UnsupportedUserStateException', messages.resendImpossible(found.username));
  if (found.status !== 'FORCE_CHANGE_PASSWORD') return refuse();
  const unreachable = unreachableProblem(found, mediums);
  if (unreachable !== undefined) return ctx.fail('InvalidParameterException', unreachable);
  const sealed = await sealFirstPassword(ctx, pool, found, password);
  const endsAtMs = temporaryPasswordEndsAtMs(pool, ctx.nowMs);
  const invitations = await draftInvitations(ctx, {
    pool,
    user: found,
    username,
    password: password.text,
    mediums,
  });
  return ctx.atomically(async (tx) => {
    const done = await replacePassword<'settled'>(tx, {
      pool,
      user: found,
      sealed,
      temporaryUntilMs: endsAtMs,
      change: (current) =>
        current.status === 'FORCE_CHANGE_PASSWORD' ? current : { refusal: 'settled' },
    });
    switch (done.kind) {
      case 'missing':
        return ctx.fail('UserNotFoundException', messages.userNotFound);
      case 'refused':
        return refuse();
      case 'name-taken':
        return ctx.fail('InvalidParameterException', messages.aliasTaken(done.nameKind));
      case 'changed':
        await sendInvitations(tx, done.user, invitations);
        return done.user;
    }
  });
}

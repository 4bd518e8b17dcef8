import type { ChallengeNameType } from '@poolhouse/model';
import { challengeResponses } from '../../domain/protection/auth-event.ts';
import type { User } from '../../domain/users/user.ts';
import type { OperationContext } from '../../operation.ts';
import { recordEvent } from '../../protection/record-event.ts';
import { tell } from '../../triggers/tell.ts';
import type { Subject } from '../identify.ts';
import type { Progress } from './progress.ts';

/** Tells and records that an answer was wrong: each is an event of its own. */
export async function noteFailure(
  ctx: OperationContext<never, 'authEvents' | 'limits'>,
  { pool, client, proofs }: Progress,
  subject: Subject,
  name: ChallengeNameType,
): Promise<void> {
  const user = subject.kind === 'user' ? subject.user : undefined;
  tell(ctx, { kind: 'sign-in-failure', pool, client, user });
  const about = subject.kind === 'user' ? subject.user : { decoy: subject.id };
  const challenges = challengeResponses(proofs, name);
  await recordEvent(ctx, { pool, client, kind: 'SignIn', about, result: 'Fail', challenges });
}

/** Records how far a sign-in has come. */
export async function recordSignIn(
  ctx: OperationContext<never, 'authEvents' | 'limits'>,
  { pool, client, eventId: id, proofs }: Progress,
  about: User,
  result: 'InProgress' | 'Fail',
): Promise<void> {
  const challenges = challengeResponses(proofs);
  await recordEvent(ctx, { pool, client, kind: 'SignIn', id, about, result, challenges });
}

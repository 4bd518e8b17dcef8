import { decoySalt } from '../../crypto/index.ts';
import { openDecoyVerifier, openVerifier } from '../../passwords/password.ts';
import { usesSrp } from '../../domain/clients/auth-flow-permissions.ts';
import { poolNameOf } from '../../domain/ids.ts';
import { messages } from '../../domain/texts.ts';
import { nameKey } from '../../domain/users/sign-in-names.ts';
import type { User } from '../../domain/users/user.ts';
import type { At } from '../attempt.ts';
import type { OperationContext } from '../../operation.ts';
import { requireChosenPassword, shownName, type Subject } from '../identify.ts';
import type { FactorChallenge, Given, Question } from './challenge.ts';
import { beginSrp, isSrpProofRight, requireSrpProof, requireSrpPublic } from './srp-proof.ts';

/**
 * The proof of a password by SRP. Whatever is wrong with it is answered alike. An exchange proves once, and lives by our clock: what
 * the client's clock says is signed, and decides nothing. Source: behaviour.md 6.1, 6.6; security.md S05 to S08, B09.
 */
export const passwordVerifier = {
  name: 'PASSWORD_VERIFIER',
  carrier: 'SECRET_BLOCK',
  isFactor: true,
  isDue: () => false,
  hasSecret: ({ sealedSrp }) => sealedSrp !== undefined,
  readAnswer(ctx, given, { client }) {
    // The client's setting may have changed since the question.
    if (!usesSrp(client)) {
      ctx.fail('InvalidParameterException', 'USER_SRP_AUTH flow not enabled for this client');
    }
    requireSrpProof(ctx, given);
  },
  question: { read: requireSrpPublic, ask: askForProof },
  async check(ctx, subject, { pool, given, memory }) {
    const isUser = subject.kind === 'user';
    const verifier = isUser
      ? await openVerifier(ctx, subject.user)
      : await openDecoyVerifier(ctx, pool);
    if (verifier === undefined) {
      const { incorrectUsernameOrPassword } = messages;
      return ctx.fail('NotAuthorizedException', incorrectUsernameOrPassword, 'verifier is gone');
    }
    const username = isUser ? subject.user.username : subject.id;
    const identity = { poolName: poolNameOf(pool.id), username, ...verifier };
    const isRight = await isSrpProofRight(ctx, identity, given, memory);
    if (isRight && isUser) return { kind: 'right' };
    return { kind: 'wrong', detail: isUser ? 'signature' : 'decoy' };
  },
} as const satisfies FactorChallenge;

/** Only who knows that the user exists gets here. Source: behaviour.md 6.6 [peer]. */
function refuseUnproved(
  ctx: OperationContext<'NotAuthorizedException' | 'PasswordResetRequiredException', never>,
  user: User,
): never {
  requireChosenPassword(ctx, user);
  return ctx.fail('NotAuthorizedException', 'User does not support SRP auth');
}

async function askForProof(
  ctx: OperationContext<'NotAuthorizedException' | 'PasswordResetRequiredException', never>,
  subject: Subject,
  { pool, given }: At & { readonly given: Given },
): Promise<Question> {
  const { USERNAME: typed = '' } = given;
  const name = nameKey(pool, typed);
  // Made for everybody: the time must not tell.
  const key = (await ctx.secretsOf(pool.id)).subkey('simulated-users');
  const saltHex = decoySalt(key, name);
  const verifier =
    subject.kind === 'user'
      ? ((await openVerifier(ctx, subject.user)) ?? refuseUnproved(ctx, subject.user))
      : { ...(await openDecoyVerifier(ctx, pool)), saltHex };
  const { parameters, memory } = await beginSrp(ctx, verifier, given);
  const userId = shownName(pool, subject, typed);
  return { parameters: { ...parameters, USERNAME: userId, USER_ID_FOR_SRP: userId }, memory };
}

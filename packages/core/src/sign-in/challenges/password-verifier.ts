import {
  equalInConstantTime,
  isSrpTimestamp,
  parseSrpPublic,
  decoySalt,
} from '../../crypto/index.ts';
import { openDecoyVerifier, openVerifier } from '../../passwords/password.ts';
import { usesSrp } from '../../domain/clients/auth-flow-permissions.ts';
import { poolNameOf } from '../../domain/ids.ts';
import { messages } from '../../domain/texts.ts';
import { nameKey } from '../../domain/users/sign-in-names.ts';
import type { At } from '../attempt.ts';
import type { OperationContext, TransactionContext } from '../../operation.ts';
import { shownName, type Subject } from '../identify.ts';
import { requireGiven, type FactorChallenge, type Given, type Question } from './challenge.ts';

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
    requireGiven(ctx, given, 'PASSWORD_CLAIM_SECRET_BLOCK');
    requireGiven(ctx, given, 'PASSWORD_CLAIM_SIGNATURE');
    const timestamp = requireGiven(ctx, given, 'TIMESTAMP');
    if (!isSrpTimestamp(timestamp)) ctx.fail('InvalidParameterException', messages.timestampForm);
  },
  question: { read: requireSrpPublic, ask: askForProof },
  async check(ctx, subject, { pool, given, memory }) {
    const verifier =
      subject.kind === 'user'
        ? await openVerifier(ctx, subject.user)
        : await openDecoyVerifier(ctx, pool);
    if (verifier === undefined) {
      const { incorrectUsernameOrPassword } = messages;
      return ctx.fail('NotAuthorizedException', incorrectUsernameOrPassword, 'verifier is gone');
    }
    const { clientPublicHex = '', serverPrivateHex = '', serverPublicHex = '' } = memory;
    const claim = await ctx.world.srp.claim(
      {
        poolName: poolNameOf(pool.id),
        userId: subject.kind === 'user' ? subject.user.username : subject.id,
        clientPublicHex,
        serverPrivateHex,
        serverPublicHex,
        verifierHex: verifier.verifierHex,
        secretBlock: Buffer.from(given['PASSWORD_CLAIM_SECRET_BLOCK'] ?? '', 'base64'),
        timestamp: given['TIMESTAMP'] ?? '',
      },
      ctx.order,
    );
    // Compared as text, so that only one spelling of the signature is right.
    const signature = given['PASSWORD_CLAIM_SIGNATURE'] ?? '';
    const matches = claim !== undefined && equalInConstantTime(claim, signature);
    return matches && subject.kind === 'user'
      ? { kind: 'right' }
      : { kind: 'wrong', detail: subject.kind === 'user' ? 'signature' : 'decoy' };
  },
} as const satisfies FactorChallenge;

async function askForProof(
  ctx: OperationContext<'NotAuthorizedException', never>,
  subject: Subject,
  { pool, given }: At & { readonly given: Given },
): Promise<Question> {
  const { USERNAME: typed = '', SRP_A = '' } = given;
  const name = nameKey(pool, typed);
  // Made for everybody: the time must not tell.
  const key = (await ctx.secretsOf(pool.id)).subkey('simulated-users');
  const saltHex = decoySalt(key, name);
  const verifier =
    subject.kind === 'user'
      ? ((await openVerifier(ctx, subject.user)) ??
        ctx.fail('NotAuthorizedException', 'User does not support SRP auth')) // [peer] behaviour.md 6.6
      : { ...(await openDecoyVerifier(ctx, pool)), saltHex };
  const server = await ctx.world.srp.serverKeys(verifier.verifierHex, ctx.order);
  const userId = shownName(pool, subject, typed);
  return {
    parameters: {
      SALT: verifier.saltHex,
      SRP_B: server.publicHex,
      USERNAME: userId,
      USER_ID_FOR_SRP: userId,
    },
    memory: {
      clientPublicHex: parseSrpPublic(SRP_A) ?? '',
      serverPrivateHex: server.privateHex,
      serverPublicHex: server.publicHex,
    },
  };
}

function requireSrpPublic(
  ctx: TransactionContext<'InvalidParameterException', never>,
  given: Given,
): void {
  if (parseSrpPublic(requireGiven(ctx, given, 'SRP_A')) === undefined) {
    ctx.fail('InvalidParameterException', 'SRP_A is not valid'); // [unsure]
  }
}

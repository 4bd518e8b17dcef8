import { sealedMark, totpStepOf } from '../../crypto/index.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { messages } from '../../domain/texts.ts';
import { renewedUser } from '../../domain/users/renewed-user.ts';
import type { User } from '../../domain/users/user.ts';
import { takeAnswerFromBudget } from '../../limits/limits.ts';
import { onTrial } from '../../limits/trial.ts';
import {
  openSoftwareToken,
  sealSoftwareToken,
  type SoftwareToken,
} from '../../mfa/software-token.ts';
import { operation, type OperationContext } from '../../operation.ts';
import type { ErrorOf, InputOf } from '@poolhouse/model';
import { continueSetUp, requireSetUp, tokenBeingSetUp } from '../../sign-in/set-up.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { refOf } from '../../users/find-user.ts';

/** Wrong codes that a user may send in an hour, whatever they were made for (security.md M12). */
const limit = { name: 'VerifySoftwareToken', wrongAnHour: 10 };

/** Characters of a device's name: it has to fit into a Session. The API states no bound that people would meet. */
const LONGEST_NAME = 128;

type Context = OperationContext<
  ErrorOf<'VerifySoftwareToken'>,
  'pools' | 'clients' | 'users' | 'sessions' | 'configurations' | 'limits'
>;
type Input = InputOf<'VerifySoftwareToken'>;

/**
 * Takes an authenticator application into use by one of its codes: at once for the signed-in user, in a sign-in with the answer to
 * MFA_SETUP. Source: API model, VerifySoftwareToken; settings.md 6, 7#11.
 */
export const verifySoftwareToken = operation('VerifySoftwareToken', {
  needs: ['pools', 'clients', 'users', 'sessions', 'configurations', 'limits'],
  async run(ctx, input) {
    const { AccessToken, Session, FriendlyDeviceName: name = '' } = input;
    if (name.length > LONGEST_NAME) {
      ctx.fail('InvalidParameterException', messages.deviceNameTooLong(LONGEST_NAME));
    }
    // Escaped, each of them is seven characters of a Session.
    if (/[\p{Cc}\p{Cs}]/u.test(name)) {
      ctx.fail('InvalidParameterException', messages.deviceNameNotText);
    }
    if (Session !== undefined && AccessToken === undefined) {
      const setUp = await requireSetUp(ctx, Session);
      const token = tokenBeingSetUp(setUp.attempt);
      const verified = await verify(ctx, setUp, input, token);
      return { Status: 'SUCCESS', Session: await continueSetUp(ctx, setUp, verified) };
    }
    if (AccessToken === undefined || Session !== undefined) {
      return ctx.fail('InvalidParameterException', messages.tokenOrSession);
    }
    const { pool, user } = await requireSignedIn(ctx, AccessToken);
    const { sealedNextSoftwareToken: sealed } = user;
    const token = sealed === undefined ? undefined : await openSoftwareToken(ctx, user, sealed);
    const { step, ...verified } = await verify(ctx, { pool, user }, input, token);
    const sealedSoftwareToken = await sealSoftwareToken(ctx, user, verified);
    const done = await ctx.stores.users.change<'overtaken'>(refOf(user), (now) => {
      const { sealedNextSoftwareToken: next } = now;
      const isSame =
        next !== undefined && sealed !== undefined && sealedMark(next) === sealedMark(sealed);
      if (!isSame) return { refusal: 'overtaken' };
      const settled = { sealedSoftwareToken, sealedNextSoftwareToken: undefined };
      return renewedUser(pool, { ...now, ...settled, softwareTokenStep: step }, ctx.nowMs);
    });
    if (done.kind !== 'changed') {
      ctx.fail('EnableSoftwareTokenMFAException', messages.softwareTokenNotVerified, done.kind);
    }
    return { Status: 'SUCCESS' };
  },
});

/** The application with the name that it gets, and the time step of its code; a wrong code is one of few. */
async function verify(
  ctx: Context,
  { pool, user }: { readonly pool: Pool; readonly user: User },
  { UserCode, FriendlyDeviceName }: Input,
  token: SoftwareToken | undefined,
): Promise<SoftwareToken & { readonly step: number }> {
  return onTrial(ctx, async (trial) => {
    await takeAnswerFromBudget(ctx, trial, pool.id, user.sub, limit);
    const step = token && totpStepOf(token.secret, UserCode, ctx.nowMs);
    if (token === undefined || step === undefined) {
      trial.foundWrong();
      return ctx.fail('EnableSoftwareTokenMFAException', messages.softwareTokenNotVerified);
    }
    return {
      secret: token.secret,
      step,
      ...(FriendlyDeviceName && { deviceName: FriendlyDeviceName }),
    };
  });
}

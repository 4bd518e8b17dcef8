import type { ErrorOf } from '@poolhouse/model';
import { requireSecretHash } from '../../pools/client-secret.ts';
import type { VerifiableAttribute } from '../../codes/codes.ts';
import type { Decoy } from '../../codes/decoy-codes.ts';
import { findNamed } from '../../codes/find-named.ts';
import { onTrial, type Trial } from '../../limits/trial.ts';
import { onBehalfOf } from '../../limits/work.ts';
import {
  requireNewPassword,
  requirePolicy,
  sealPassword,
  type SealedPassword,
} from '../../passwords/password.ts';
import { replacePassword } from '../../passwords/replace-password.ts';
import { requireClient } from '../../pools/require.ts';
import { consumeCodeOf, consumeCodeOrDecoy, type CodeOutcome } from '../../codes/user-codes.ts';
import type { Client } from '../../domain/clients/client.ts';
import { canResetPassword } from '../../domain/passwords/password-reset.ts';
import { factorAddresses } from '../../domain/mfa/mfa.ts';
import type { MfaConfiguration } from '../../domain/pools/mfa-methods.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { mfaConfiguration } from '../../mfa/configuration.ts';
import { requireNoTrigger } from '../../triggers/fail-closed.ts';
import { recordEvent } from '../../protection/record-event.ts';
import { tell } from '../../triggers/tell.ts';
import { messages } from '../../domain/texts.ts';
import { hidesUsers } from '../../domain/clients/user-existence.ts';
import type { User } from '../../domain/users/user.ts';
import { operation, type OperationContext, type TransactionContext } from '../../operation.ts';

type CodeErrors = 'CodeMismatchException' | 'ExpiredCodeException';
type StateErrors = 'UserNotFoundException' | 'NotAuthorizedException';

/** Ends the trial of a code without using it up. */
class RightCode extends Error {
  override readonly name = 'RightCode';
}

/**
 * Sets a new password by the code of ForgotPassword. The code is tried first and used up last: only who has a right one
 * costs us a hash and learns what the password history says. Source: behaviour.md 5.7, 6.5; security.md A14.
 */
export const confirmForgotPassword = operation('ConfirmForgotPassword', {
  needs: [
    'pools',
    'clients',
    'configurations',
    'users',
    'codes',
    'limits',
    'sessions',
    'authEvents',
  ],
  async run(ctx, input) {
    const { pool, client } = await requireClient(ctx, input.ClientId);
    await requireSecretHash(ctx, client, input.Username, input.SecretHash);
    requireNoTrigger(ctx, pool, 'PostConfirmation');
    requirePolicy(ctx, pool, input.Password);
    const reset = { pool, client, username: input.Username, code: input.ConfirmationCode };
    return onTrial(ctx, (trial) =>
      tryReset(onBehalfOf(ctx, client), trial, { ...reset, password: input.Password }),
    );
  },
});

interface Reset {
  readonly pool: Pool;
  readonly client: Client;
  readonly username: string;
  readonly code: string;
  readonly password: string;
}

async function tryReset(
  ctx: OperationContext<
    ErrorOf<'ConfirmForgotPassword'>,
    'configurations' | 'users' | 'codes' | 'limits' | 'sessions' | 'authEvents'
  >,
  trial: Trial,
  { pool, client, username, code, password }: Reset,
): Promise<Record<string, never>> {
  const { user, decoy } = await findNamed(
    ctx,
    trial,
    { pool, client, username },
    'ConfirmForgotPassword',
  );
  const holder = mayReset(user) ? user : undefined;
  if (holder === undefined && !hidesUsers(client)) {
    return refuseState(ctx, trial, user);
  }
  const attempt: CodeAttempt = { client, holder, decoy, code };
  await requireRightCode(ctx, trial, attempt);
  if (holder === undefined) return refuseCode(ctx, 'wrong');
  await requireNewPassword(ctx, pool, holder, password);
  const sealed = await sealPassword(ctx, pool, holder, password);
  const mfa = await mfaConfiguration(ctx, pool);
  const set = await ctx.atomically(async (tx) => {
    const outcome = await tryCode(tx, attempt);
    if (outcome.attempt !== 'right') return outcome.attempt;
    const done = await setPassword(tx, { pool, mfa }, holder, outcome.attribute, sealed);
    return done ? 'right' : 'expired';
  });
  if (set !== 'right') return refuseCode(ctx, set);
  tell(ctx, { kind: 'password-reset', pool, client, user: holder });
  await recordEvent(ctx, { pool, client, kind: 'PasswordChange', about: holder });
  return {};
}

interface CodeAttempt {
  readonly client: Client;
  /** The user, where there is one who may reset the password. */
  readonly holder: User | undefined;
  readonly decoy: Decoy;
  readonly code: string;
}

function mayReset(user: User | undefined): user is User {
  return user !== undefined && user.enabled && canResetPassword(user);
}

function tryCode(
  ctx: TransactionContext<never, 'codes'>,
  attempt: CodeAttempt,
): Promise<CodeOutcome> {
  const { client, holder, decoy, code } = attempt;
  return hidesUsers(client) || holder === undefined
    ? consumeCodeOrDecoy(ctx, holder, decoy, 'reset-password', client.id, code)
    : consumeCodeOf(ctx, holder, 'reset-password', client.id, code);
}

/** Counts a wrong attempt; leaves a right code as it is. */
async function requireRightCode(
  ctx: OperationContext<CodeErrors, 'codes'>,
  trial: Trial,
  attempt: CodeAttempt,
): Promise<void> {
  try {
    const outcome = await ctx.atomically(async (tx) => {
      const tried = await tryCode(tx, attempt);
      if (tried.attempt === 'right') throw new RightCode();
      return tried.attempt;
    });
    trial.foundWrong();
    refuseCode(ctx, outcome);
  } catch (error) {
    if (!(error instanceof RightCode)) throw error;
  }
}

/**
 * Everything that a proved reset changes, in the caller's transaction. The address becomes verified, unless it has become somebody else's
 * name by now. Tells whether the user let it happen: an address that has become the second factor since the code was sent recovers nothing.
 */
async function setPassword(
  tx: TransactionContext<never, 'users' | 'codes' | 'sessions'>,
  { pool, mfa }: { readonly pool: Pool; readonly mfa: MfaConfiguration },
  user: User,
  proved: VerifiableAttribute,
  sealed: SealedPassword,
): Promise<boolean> {
  const replace = (marks: User['attributes']) =>
    replacePassword(tx, {
      pool,
      user,
      sealed,
      change: (current) =>
        mayReset(current) &&
        current.attributes[proved] === user.attributes[proved] &&
        !factorAddresses(pool, current, mfa).has(proved)
          ? { ...current, status: 'CONFIRMED', attributes: { ...current.attributes, ...marks } }
          : { refusal: 'changed meanwhile' },
    });
  let changed = await replace({ [`${proved}_verified`]: 'true' });
  if (changed.kind === 'name-taken') changed = await replace({});
  return changed.kind === 'changed';
}

/** Who is in no state to reset a password has been sent no code that could be right [unsure]. */
function refuseState(
  ctx: TransactionContext<StateErrors | CodeErrors, never>,
  trial: Trial,
  user: User | undefined,
): never {
  if (user?.enabled === false) ctx.fail('NotAuthorizedException', messages.userDisabled);
  trial.foundWrong();
  return user === undefined
    ? ctx.fail('UserNotFoundException', messages.userClientNotFound)
    : refuseCode(ctx, 'expired');
}

function refuseCode(
  ctx: TransactionContext<CodeErrors, never>,
  attempt: 'wrong' | 'expired',
): never {
  return attempt === 'wrong'
    ? ctx.fail('CodeMismatchException', messages.codeMismatch)
    : ctx.fail('ExpiredCodeException', messages.codeExpired);
}

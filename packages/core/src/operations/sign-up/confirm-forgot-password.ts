import type { ErrorOf } from '@poolhouse/model';
import { requireSecretHash } from '../../directory/pools/client-secret.ts';
import type { VerifiableAttribute } from '../../directory/codes/codes.ts';
import type { StandIn } from '../../directory/codes/decoy-codes.ts';
import { findNamed } from '../../directory/codes/find-named.ts';
import { onTrial, type Trial } from '../../directory/trial.ts';
import { onBehalfOf } from '../../directory/work.ts';
import {
  requireNewPassword,
  requirePolicy,
  sealPassword,
  type SealedPassword,
} from '../../directory/passwords/password.ts';
import { replacePassword } from '../../directory/passwords/replace-password.ts';
import { requireClient } from '../../directory/pools/require.ts';
import {
  consumeCodeOf,
  consumeCodeOrDecoy,
  type CodeOutcome,
} from '../../directory/codes/user-codes.ts';
import type { Client } from '../../domain/clients/client.ts';
import { canResetPassword } from '../../domain/passwords/password-reset.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { requireNoTrigger } from '../../directory/pools/fail-closed.ts';
import { messages } from '../../domain/texts.ts';
import { hidesUsers } from '../../domain/clients/user-existence.ts';
import type { User } from '../../domain/users/user.ts';
import { operation, type Cx } from '../../operation.ts';

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
  needs: ['pools', 'clients', 'users', 'codes', 'limits', 'tokenFamilies'],
  async run(cx, input) {
    const { pool, client } = await requireClient(cx, input.ClientId);
    await requireSecretHash(cx, client, input.Username, input.SecretHash);
    requireNoTrigger(cx, pool, 'PostConfirmation');
    requirePolicy(cx, pool, input.Password);
    const reset = { pool, client, username: input.Username, code: input.ConfirmationCode };
    return onTrial(cx, (trial) =>
      tryReset(onBehalfOf(cx, client), trial, { ...reset, password: input.Password }),
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
  cx: Cx<ErrorOf<'ConfirmForgotPassword'>, 'users' | 'codes' | 'limits' | 'tokenFamilies'>,
  trial: Trial,
  { pool, client, username, code, password }: Reset,
): Promise<Record<string, never>> {
  const { user, standIn } = await findNamed(
    cx,
    trial,
    { pool, client, username },
    'ConfirmForgotPassword',
  );
  const holder = mayReset(user) ? user : undefined;
  if (holder === undefined && !hidesUsers(client)) {
    return refuseState(cx, trial, user);
  }
  const guess: Guess = { client, holder, standIn, code };
  await requireRightCode(cx, trial, guess);
  if (holder === undefined) return refuseCode(cx, 'wrong');
  await requireNewPassword(cx, pool, holder, password);
  const sealed = await sealPassword(cx, pool, holder, password);
  const set = await cx.atomically(async (tx) => {
    const outcome = await tryCode(tx, guess);
    if (outcome.guess !== 'right') return outcome.guess;
    const done = await setPassword(tx, pool, holder, outcome.attribute, sealed);
    return done ? 'right' : 'expired';
  });
  return set === 'right' ? {} : refuseCode(cx, set);
}

interface Guess {
  readonly client: Client;
  /** The user, where there is one who may reset the password. */
  readonly holder: User | undefined;
  readonly standIn: StandIn;
  readonly code: string;
}

function mayReset(user: User | undefined): user is User {
  return user !== undefined && user.enabled && canResetPassword(user);
}

function tryCode(cx: Cx<never, 'codes'>, guess: Guess): Promise<CodeOutcome> {
  const { client, holder, standIn, code } = guess;
  return hidesUsers(client) || holder === undefined
    ? consumeCodeOrDecoy(cx, holder, standIn, 'reset-password', client.id, code)
    : consumeCodeOf(cx, holder, 'reset-password', client.id, code);
}

/** Counts a wrong guess; leaves a right code as it is. */
async function requireRightCode(
  cx: Cx<CodeErrors, 'codes'>,
  trial: Trial,
  guess: Guess,
): Promise<void> {
  try {
    const outcome = await cx.atomically(async (tx) => {
      const tried = await tryCode(tx, guess);
      if (tried.guess === 'right') throw new RightCode();
      return tried.guess;
    });
    trial.foundWrong();
    refuseCode(cx, outcome);
  } catch (error) {
    if (!(error instanceof RightCode)) throw error;
  }
}

/**
 * Everything that a proved reset changes, in the caller's transaction. The address becomes verified, unless it has become somebody else's name by now. Tells whether the user let it happen.
 */
async function setPassword(
  tx: Cx<never, 'users' | 'codes' | 'tokenFamilies'>,
  pool: Pool,
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
        mayReset(current) && current.attributes[proved] === user.attributes[proved]
          ? { ...current, status: 'CONFIRMED', attributes: { ...current.attributes, ...marks } }
          : { refusal: 'changed meanwhile' },
    });
  let changed = await replace({ [`${proved}_verified`]: 'true' });
  if (changed.kind === 'name-taken') changed = await replace({});
  return changed.kind === 'changed';
}

/** Who is in no state to reset a password has been sent no code that could be right [unsure]. */
function refuseState(
  cx: Cx<StateErrors | CodeErrors, never>,
  trial: Trial,
  user: User | undefined,
): never {
  if (user?.enabled === false) cx.fail('NotAuthorizedException', messages.userDisabled);
  trial.foundWrong();
  return user === undefined
    ? cx.fail('UserNotFoundException', messages.userClientNotFound)
    : refuseCode(cx, 'expired');
}

function refuseCode(cx: Cx<CodeErrors, never>, guess: 'wrong' | 'expired'): never {
  return guess === 'wrong'
    ? cx.fail('CodeMismatchException', messages.codeMismatch)
    : cx.fail('ExpiredCodeException', messages.codeExpired);
}

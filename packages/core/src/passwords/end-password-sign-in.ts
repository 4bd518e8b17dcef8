import { forgetCodes } from '../codes/forget-codes.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import type { UserChange } from '../ports/stores/users.ts';
import { refOf } from '../users/find-user.ts';
import { replacePassword } from './replace-password.ts';

/**
 * Takes a user's password away, with everything that was started with it, and with it every sign-in here: only a provider signs the user in
 * from now on, or an administrator gives another password. Source: API model, AdminDisableProviderForUser; federation-triggers.md 2.6.
 */
export async function endPasswordSignIn(
  tx: TransactionContext<never, 'users' | 'codes' | 'sessions'>,
  pool: Pool,
  user: Pick<User, 'poolId' | 'sub'>,
): Promise<UserChange<never>> {
  const done = await replacePassword<never>(tx, {
    ...{ pool, user, sealed: undefined },
    change: ({ sealedPassword: _password, sealedSrp: _srp, ...current }) => ({
      ...current,
      status: 'EXTERNAL_PROVIDER',
    }),
  });
  await forgetCodes(tx, refOf(user), { purpose: 'reset-password' });
  return done;
}

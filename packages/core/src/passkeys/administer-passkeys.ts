import type { Passkey } from '../domain/passkeys/passkey.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { OperationContext } from '../operation.ts';
import { refOf, requireUser } from '../users/find-user.ts';

/** The passkeys of a user whom an administrator names, oldest first. The API has no operation for this: only users list their own. */
export async function listPasskeysOf(
  ctx: OperationContext<'UserNotFoundException', 'users' | 'passkeys'>,
  pool: Pool,
  username: string,
): Promise<readonly Passkey[]> {
  return ctx.stores.passkeys.ofUser(refOf(await requireUser(ctx, pool, username)));
}

/** Removes one of them, such as that of a lost device. Sessions go on. */
export async function removePasskeyOf(
  ctx: OperationContext<
    'UserNotFoundException' | 'ResourceNotFoundException',
    'users' | 'passkeys'
  >,
  pool: Pool,
  { username, credentialId }: { readonly username: string; readonly credentialId: string },
): Promise<void> {
  const user = await requireUser(ctx, pool, username);
  if (!(await ctx.stores.passkeys.delete(refOf(user), credentialId))) {
    ctx.fail('ResourceNotFoundException', messages.passkeyNotFound);
  }
}

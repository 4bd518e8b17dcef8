import { macText, sealedMark } from '../crypto/index.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import { passwordMark } from '../passwords/password.ts';

/**
 * Tells the user's password, application and addresses from any other ones, and reveals nothing about them. Whether they are the same as when
 * a session began decides whether what it has proved counts in a step-up: a thief of its token may have set others (security.md M05).
 */
export async function factorsMark(
  ctx: TransactionContext<never, never>,
  { id }: Pick<Pool, 'id'>,
  user: User,
): Promise<string> {
  const { email, email_verified, phone_number, phone_number_verified } = user.attributes;
  const token = user.sealedSoftwareToken && sealedMark(user.sealedSoftwareToken);
  const addresses = [email, email_verified, phone_number, phone_number_verified];
  const key = (await ctx.secretsOf(id)).subkey('sessions');
  return macText(key, `factors ${JSON.stringify([passwordMark(user), token, ...addresses])}`);
}

import { simulatedSub } from '../../crypto/index.ts';
import { lockMsAfter } from '../../domain/passwords/lockout.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { nameKey } from '../../domain/users/sign-in-names.ts';
import { messages } from '../../domain/texts.ts';
import type { Cx } from '../../operation.ts';
import type { Trial } from '../trial.ts';

/**
 * An id for a typed name that belongs to nobody, the same on every call and node. Guesses are counted by it, so that what
 * people type, at times their password, is stored nowhere.
 */
export async function nobodyCalled(
  cx: Cx<never, never>,
  pool: Pool,
  typed: string,
): Promise<string> {
  const key = (await cx.world.vault.of(pool.id)).subkey('simulated-users');
  return simulatedSub(key, nameKey(pool, typed));
}

/** Whether such a lock holds; see `requireNobodyUnlocked`. */
export function isNobodyLocked(
  cx: Cx<never, 'limits'>,
  pool: Pool,
  nobody: string,
): Promise<boolean> {
  return cx.stores.limits.isLocked(pool.id, nobody, cx.nowMs, lockMsAfter);
}

/** As `requireUnlocked`, where the client hides who exists: a lock that only users have would tell (security.md S12). */
export async function requireNobodyUnlocked(
  cx: Cx<'NotAuthorizedException', 'limits'>,
  pool: Pool,
  nobody: string,
): Promise<void> {
  if (await isNobodyLocked(cx, pool, nobody)) {
    cx.fail('NotAuthorizedException', messages.attemptsExceeded);
  }
}

/** As `takePasswordAttempt`, at nobody. */
export async function takeAttemptAtNobody(
  cx: Cx<'NotAuthorizedException', 'limits'>,
  trial: Trial,
  pool: Pool,
  nobody: string,
): Promise<void> {
  const { limits } = cx.stores;
  const attempt =
    (await limits.takePasswordAttempt(pool.id, nobody, cx.nowMs, lockMsAfter)) ??
    cx.fail('NotAuthorizedException', messages.attemptsExceeded);
  trial.stake({ giveBack: () => limits.giveBackPasswordAttempt(pool.id, nobody, attempt) });
}

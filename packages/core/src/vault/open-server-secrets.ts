import type { Clock } from '../ports/clock.ts';
import type { Storage } from '../ports/stores/index.ts';
import { SERVER_SECRETS, type Vault } from './vault.ts';

/**
 * Creates the server's own data key if there is none, and proves that the loaded keys open it: WrongKeyError if not. Returns whether the
 * database was new.
 */
export async function openServerSecrets(
  storage: Storage,
  vault: Vault,
  clock: Clock,
): Promise<boolean> {
  const known = await storage.stores.dataKeys.of(SERVER_SECRETS);
  if (known.length === 0) {
    await storage.transaction(async (stores) => {
      if ((await stores.dataKeys.of(SERVER_SECRETS)).length > 0) return;
      await vault.create(stores, SERVER_SECRETS, clock.nowMs());
    });
  }
  await vault.of(SERVER_SECRETS);
  return known.length === 0;
}

import { equalInConstantTime, passkeyMac } from '../crypto/index.ts';
import type { Passkey } from '../domain/passkeys/passkey.ts';
import type { PasskeySettings } from '../domain/passkeys/passkey-settings.ts';
import type { OperationContext } from '../operation.ts';
import type { UserRef } from '../ports/stores/users.ts';

/**
 * The passkeys with which a user can sign in now: those of the pool's relying party, unchanged since they were registered. Costs the same for
 * a user who does not exist.
 */
export async function usablePasskeys(
  ctx: OperationContext<never, 'passkeys'>,
  ref: UserRef,
  { relyingPartyId }: Pick<PasskeySettings, 'relyingPartyId'>,
): Promise<readonly Passkey[]> {
  const key = (await ctx.secretsOf(ref.poolId)).subkey('passkeys');
  const all = await ctx.stores.passkeys.ofUser(ref);
  return all.filter((passkey) => {
    if (passkey.relyingPartyId !== relyingPartyId) return false;
    const isGenuine = equalInConstantTime(passkeyMac(key, passkey), passkey.mac);
    if (!isGenuine) ctx.world.log.error('passkey.tampered', { id: passkey.credentialId });
    return isGenuine;
  });
}

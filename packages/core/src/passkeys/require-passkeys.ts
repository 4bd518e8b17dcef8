import { passkeySettings, type PasskeySettings } from '../domain/passkeys/passkey-settings.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import type { WebAuthnLibrary } from '../ports/web-authn.ts';

/** At most so many passkeys has a user. Source: behaviour.md 6.10. */
export const MOST_PASSKEYS = 20;

/** How the pool uses passkeys, as it is configured now. */
export async function passkeySettingsOf(
  ctx: TransactionContext<never, 'configurations'>,
  pool: Pool,
): Promise<PasskeySettings> {
  const factors = await ctx.stores.configurations.get({ poolId: pool.id, kind: 'mfa' });
  return passkeySettings(pool, factors?.value, ctx.publicUrl);
}

/** The same for who registers a passkey, with what checks it. Source: settings.md 9#7. */
export async function requirePasskeys(
  ctx: OperationContext<'WebAuthnNotEnabledException', 'configurations'>,
  pool: Pool,
): Promise<{ readonly settings: PasskeySettings; readonly library: WebAuthnLibrary }> {
  const settings = await passkeySettingsOf(ctx, pool);
  if (!settings.isEnabled) ctx.fail('WebAuthnNotEnabledException', messages.passkeysOff);
  const library =
    (await ctx.world.webAuthn()) ??
    ctx.fail('WebAuthnNotEnabledException', messages.passkeysOff, 'what checks them is missing');
  return { settings, library };
}

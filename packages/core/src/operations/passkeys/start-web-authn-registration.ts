import { creationOptions } from '../../domain/passkeys/creation-options.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { beginRegistration } from '../../passkeys/pending-registration.ts';
import { MOST_PASSKEYS, requirePasskeys } from '../../passkeys/require-passkeys.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { requireFreshSignIn } from '../../tokens/fresh-sign-in.ts';
import { refOf } from '../../users/find-user.ts';

/** Begins the registration of a passkey. Source: API model, StartWebAuthnRegistration; settings.md 9; security.md P09. */
export const startWebAuthnRegistration = operation('StartWebAuthnRegistration', {
  needs: ['pools', 'clients', 'users', 'sessions', 'configurations', 'passkeys', 'codes'],
  async run(ctx, { AccessToken }) {
    const signedIn = await requireSignedIn(ctx, AccessToken);
    const { pool, user } = signedIn;
    const { settings } = await requirePasskeys(ctx, pool);
    const relyingPartyId =
      settings.relyingPartyId ??
      ctx.fail('WebAuthnConfigurationMissingException', messages.passkeysWithoutDomain);
    requireFreshSignIn(ctx, signedIn);
    const existing = await ctx.stores.passkeys.ofUser(refOf(user));
    if (existing.length >= MOST_PASSKEYS) {
      ctx.fail('LimitExceededException', messages.tooManyPasskeys(MOST_PASSKEYS));
    }
    const challenge = await beginRegistration(ctx, signedIn);
    const options = { relyingPartyId, challenge, existing };
    return { CredentialCreationOptions: creationOptions(user, settings, options) };
  },
});

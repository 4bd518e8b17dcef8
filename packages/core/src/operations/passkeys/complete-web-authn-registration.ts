import { passkeyMac } from '../../crypto/index.ts';
import { friendlyNameOf } from '../../domain/passkeys/friendly-name.ts';
import { isOriginOf } from '../../domain/passkeys/relying-party.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { checkNewCredential } from '../../passkeys/check-new-credential.ts';
import { requirePending, spendPending } from '../../passkeys/pending-registration.ts';
import { readNewCredential } from '../../passkeys/read-credential.ts';
import { MOST_PASSKEYS, requirePasskeys } from '../../passkeys/require-passkeys.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/**
 * Registers a passkey. Source: API model, CompleteWebAuthnRegistration; WebAuthn Level 3, section 7.1; settings.md 9#3, 9#7; security.md
 * P01 to P08.
 */
export const completeWebAuthnRegistration = operation('CompleteWebAuthnRegistration', {
  needs: ['pools', 'clients', 'users', 'sessions', 'configurations', 'passkeys', 'codes'],
  async run(ctx, { AccessToken, Credential }) {
    const signedIn = await requireSignedIn(ctx, AccessToken);
    const { pool, user } = signedIn;
    const { settings, library } = await requirePasskeys(ctx, pool);
    const { relyingPartyId, userVerification } = settings;
    const invalid = (detail: string) =>
      ctx.fail('InvalidParameterException', messages.passkeyInvalid, detail);
    const credential = readNewCredential(Credential) ?? invalid('form');
    const { clientData, attachment, response } = credential;
    await requirePending(ctx, signedIn, clientData.challenge);
    if (relyingPartyId === undefined) {
      const { passkeyOfOtherParty } = messages;
      return ctx.fail('WebAuthnRelyingPartyMismatchException', passkeyOfOtherParty, 'no domain');
    }
    if (clientData.isFramed || !isOriginOf(relyingPartyId, clientData.origin, ctx.publicUrl)) {
      ctx.fail('WebAuthnOriginNotAllowedException', messages.passkeyOriginNotAllowed);
    }
    const made = await checkNewCredential(library, credential, {
      relyingPartyId,
      mustVerifyUser: userVerification === 'required',
    });
    if ('problem' in made) {
      switch (made.problem) {
        case 'other-party':
          return ctx.fail(
            'WebAuthnRelyingPartyMismatchException',
            messages.passkeyOfOtherParty,
            made.detail,
          );
        case 'not-supported':
          return ctx.fail(
            'WebAuthnCredentialNotSupportedException',
            messages.passkeyNotSupported,
            made.detail,
          );
        case 'invalid':
          return invalid(made.detail);
      }
    }
    const { poolId, sub } = user;
    const unmarked = {
      ...{ poolId, sub, relyingPartyId, ...made },
      transports: response.transports,
      ...(attachment !== undefined && { attachment }),
      friendlyName: friendlyNameOf({ aaguid: made.aaguid, attachment }),
      createdAtMs: ctx.nowMs,
    };
    const key = (await ctx.secretsOf(poolId)).subkey('passkeys');
    const passkey = { ...unmarked, mac: passkeyMac(key, unmarked) };
    await ctx.atomically(async (tx) => {
      await spendPending(tx, signedIn, clientData.challenge);
      switch (await tx.stores.passkeys.add(passkey, MOST_PASSKEYS)) {
        case 'added':
          return;
        case 'full':
          return tx.fail('LimitExceededException', messages.tooManyPasskeys(MOST_PASSKEYS));
        case 'taken':
          return tx.fail('InvalidParameterException', messages.passkeyInvalid, 'id is taken');
        case 'user-missing':
          return tx.fail('NotAuthorizedException', messages.accessTokenInvalid, 'user is gone');
      }
    });
    return {};
  },
});

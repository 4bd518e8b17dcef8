import { standInPasskeyKey } from '../crypto/index.ts';
import type { Passkey } from '../domain/passkeys/passkey.ts';
import type { WebAuthnLibrary } from '../ports/web-authn.ts';
import type { UsedCredential } from './read-credential.ts';

/** What an authenticator says of a use, or why it is refused; that is for the log. */
export type CheckedUse =
  | { readonly signCount: number; readonly isBackedUp: boolean; readonly isUserVerified: boolean }
  | { readonly problem: string };

/**
 * Checks the use of a passkey whose challenge and origin are right. One that does not exist is checked all the same, against a key of nobody.
 * Source: WebAuthn Level 3, section 7.2; security.md P02, P04, P05.
 */
export async function checkUsedCredential(
  library: WebAuthnLibrary,
  { id, clientData, response }: UsedCredential,
  passkey: Passkey | undefined,
  expected: { readonly relyingPartyId: string; readonly mustVerifyUser: boolean },
): Promise<CheckedUse> {
  const { publicKey, signCount, isBackupEligible } = passkey ?? {
    publicKey: standInPasskeyKey(),
    signCount: 0,
    isBackupEligible: undefined,
  };
  try {
    const { verified, authenticationInfo: info } = await library.verifyAuthenticationResponse({
      response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
      expectedChallenge: clientData.challenge,
      expectedOrigin: clientData.origin,
      expectedRPID: expected.relyingPartyId,
      requireUserVerification: expected.mustVerifyUser,
      credential: {
        id,
        publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')),
        counter: signCount,
      },
    });
    if (!verified) return { problem: 'signature' };
    const isEligible = info.credentialDeviceType === 'multiDevice';
    // What can be copied is decided when a passkey is made.
    if (isEligible !== isBackupEligible) return { problem: 'backup eligibility has changed' };
    return {
      signCount: info.newCounter,
      isBackedUp: info.credentialBackedUp,
      isUserVerified: info.userVerified,
    };
  } catch (error) {
    // Whatever the library throws is about the credential: it is asked for nothing else.
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

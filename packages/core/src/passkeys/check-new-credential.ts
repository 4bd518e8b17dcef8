import { isSoundCoseKey } from '../crypto/index.ts';
import { KEY_ALGORITHMS } from '../domain/passkeys/creation-options.ts';
import type { Passkey } from '../domain/passkeys/passkey.ts';
import type { WebAuthnLibrary } from '../ports/web-authn.ts';
import type { NewCredential } from './read-credential.ts';

/** What an authenticator says of a new passkey. */
export type NewPasskey = Pick<
  Passkey,
  'credentialId' | 'publicKey' | 'signCount' | 'aaguid' | 'isBackupEligible' | 'isBackedUp'
>;

/** Why it is refused: it is for another relying party, of a kind that was not offered, or wrong in itself. `detail` is for the log. */
export interface CredentialProblem {
  readonly problem: 'other-party' | 'not-supported' | 'invalid';
  readonly detail: string;
}

/**
 * Checks a new passkey whose challenge and origin are right. What its maker attests is not looked at: nobody has asked for it, and the parsing
 * of strangers' certificates is left out. Source: WebAuthn Level 3, section 7.1; security.md P02, P04, P08.
 */
export async function checkNewCredential(
  library: WebAuthnLibrary,
  { id, clientData, response }: NewCredential,
  expected: { readonly relyingPartyId: string; readonly mustVerifyUser: boolean },
): Promise<NewPasskey | CredentialProblem> {
  try {
    const { registrationInfo: info } = await library.verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          ...response,
          attestationObject: withoutStatement(library, response.attestationObject),
        },
      },
      expectedChallenge: clientData.challenge,
      expectedOrigin: clientData.origin,
      expectedRPID: expected.relyingPartyId,
      requireUserVerification: expected.mustVerifyUser,
      supportedAlgorithmIDs: [...KEY_ALGORITHMS],
    });
    if (info === undefined) return { problem: 'invalid', detail: 'not verified' };
    const { credential, aaguid, credentialDeviceType, credentialBackedUp } = info;
    if (credential.id !== id) return { problem: 'invalid', detail: 'two ids' };
    const key = library.helpers.decodeCredentialPublicKey(credential.publicKey);
    if (!isSoundCoseKey(key)) return { problem: 'not-supported', detail: 'unsound key' };
    return {
      credentialId: id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      signCount: credential.counter,
      aaguid,
      isBackupEligible: credentialDeviceType === 'multiDevice',
      isBackedUp: credentialBackedUp,
    };
  } catch (error) {
    // Whatever the library throws is about the credential: it is asked for nothing else.
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    if (name === 'UnexpectedRPIDHash') return { problem: 'other-party', detail: message };
    const isKind = message.startsWith('Unexpected public key alg');
    return { problem: isKind ? 'not-supported' : 'invalid', detail: message };
  }
}

/** The attestation object, with the statement of who attests nothing. Source: WebAuthn Level 3, section 8.7. */
function withoutStatement({ helpers }: WebAuthnLibrary, attestationObject: string): string {
  const bytes = Uint8Array.from(Buffer.from(attestationObject, 'base64url'));
  const authData = helpers.decodeAttestationObject(bytes).get('authData');
  if (!(authData instanceof Uint8Array)) throw new Error('no authenticator data');
  const none = new Map<string, unknown>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', authData],
  ]);
  return Buffer.from(helpers.isoCBOR.encode(none)).toString('base64url');
}

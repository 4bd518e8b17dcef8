import type { Passkey } from './passkey.ts';
import type { PasskeySettings } from './passkey-settings.ts';

/** How long a browser asks for a passkey at a sign-in. Source: settings.md 9#5. */
const TIMEOUT_MS = 180_000;

/** The text of CREDENTIAL_REQUEST_OPTIONS; its members in the service's order. Source: settings.md 9#5. */
export function requestOptions(
  challenge: string,
  relyingPartyId: string,
  allowed: readonly Pick<Passkey, 'credentialId' | 'transports'>[],
  { userVerification }: Pick<PasskeySettings, 'userVerification'>,
): string {
  return JSON.stringify({
    challenge,
    timeout: TIMEOUT_MS,
    rpId: relyingPartyId,
    allowCredentials: allowed.map(({ credentialId, transports }) => ({
      type: 'public-key',
      id: credentialId,
      transports,
    })),
    userVerification,
  });
}

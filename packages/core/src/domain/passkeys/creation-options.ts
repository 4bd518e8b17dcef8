import type { User } from '../users/user.ts';
import type { Passkey } from './passkey.ts';
import type { PasskeySettings } from './passkey-settings.ts';

/** The key types that are offered, and the only ones accepted: ES256 and RS256. Source: RFC 9053, section 2; RFC 8812, section 2. */
export const KEY_ALGORITHMS = [-7, -257] as const;

/** How long a browser asks for a new passkey. Source: settings.md 9. */
const TIMEOUT_MS = 60_000;

/** What a browser makes a passkey from; its members in the service's order. Source: settings.md 9, 9#1. */
export function creationOptions(
  user: Pick<User, 'sub' | 'username'>,
  { userVerification }: Pick<PasskeySettings, 'userVerification'>,
  {
    relyingPartyId: id,
    challenge,
    existing,
  }: {
    readonly relyingPartyId: string;
    readonly challenge: string;
    readonly existing: readonly Passkey[];
  },
) {
  return {
    authenticatorSelection: { requireResidentKey: true, residentKey: 'required', userVerification },
    challenge,
    excludeCredentials: existing
      .filter(({ relyingPartyId }) => relyingPartyId === id)
      .map(({ credentialId }) => ({ id: credentialId, type: 'public-key' })),
    pubKeyCredParams: KEY_ALGORITHMS.map((alg) => ({ alg, type: 'public-key' })),
    rp: { id, name: id },
    timeout: TIMEOUT_MS,
    user: {
      displayName: user.username,
      id: Buffer.from(user.sub).toString('base64url'),
      name: user.username,
    },
  };
}

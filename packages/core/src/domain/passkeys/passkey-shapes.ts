import type { WebAuthnCredentialDescription } from '@poolhouse/model';
import type { Passkey } from './passkey.ts';

/** A passkey as the API returns it, its members in the service's order. Source: API model; settings.md 9#4. */
export function toCredentialDescription(passkey: Passkey): WebAuthnCredentialDescription {
  return {
    AuthenticatorAttachment: passkey.attachment,
    AuthenticatorTransports: [...passkey.transports],
    CreatedAt: passkey.createdAtMs,
    CredentialId: passkey.credentialId,
    FriendlyCredentialName: passkey.friendlyName,
    RelyingPartyId: passkey.relyingPartyId,
  };
}

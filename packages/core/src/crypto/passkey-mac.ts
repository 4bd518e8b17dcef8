import { createHmac, type KeyObject } from 'node:crypto';
import { frame } from './primitives/framing.ts';

/** What a passkey's key is bound to. */
export interface PasskeyBinding {
  readonly poolId: string;
  readonly sub: string;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly relyingPartyId: string;
}

/** The MAC that a stored passkey carries, in base64url. Source: security.md 4. */
export function passkeyMac(key: KeyObject, binding: PasskeyBinding): string {
  const { poolId, sub, credentialId, publicKey, relyingPartyId } = binding;
  const framed = frame(['passkey', poolId, sub, credentialId, publicKey, relyingPartyId]);
  return createHmac('sha256', key).update(framed).digest('base64url');
}

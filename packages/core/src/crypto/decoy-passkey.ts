import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { frame } from './primitives/framing.ts';

/** What widespread authenticators make: how long their ids are, and how they can be reached. */
const makes = [
  { idBytes: 20, transports: ['internal', 'hybrid'] },
  { idBytes: 32, transports: ['internal'] },
  { idBytes: 16, transports: ['hybrid', 'internal'] },
] as const;

/** What is shown of a passkey that does not exist: always the same for a person, and made like a real one. `key` is a pool subkey. */
export function decoyPasskey(
  key: KeyObject,
  id: string,
): { readonly credentialId: string; readonly transports: readonly string[] } {
  const bytes = createHmac('sha512', key)
    .update(frame(['simulated user', 'passkey', id]))
    .digest();
  const { idBytes, transports } = makes[(bytes[63] ?? 0) % makes.length] ?? makes[0];
  return { credentialId: bytes.subarray(0, idBytes).toString('base64url'), transports };
}

let standIn: string | undefined;

/** A COSE key in base64url that nobody can sign for, so that a passkey that does not exist takes as long to refuse as any. */
export function standInPasskeyKey(): string {
  if (standIn !== undefined) return standIn;
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  // A map of kty, alg, crv, x and y. Source: RFC 9053, section 7.1.1.
  standIn = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]).toString('base64url');
  return standIn;
}

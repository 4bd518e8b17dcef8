import { createPrivateKey, generateKeyPairSync, hash, randomBytes, sign } from 'node:crypto';

/** A passkey that never counts its uses, as those that are kept in sync do not. */
export interface KeptPasskey {
  /** Base64url. */
  readonly id: string;
  /** PKCS #8 in PEM. */
  readonly privateKey: string;
}

/** What is sent to register or to use a passkey. Source: WebAuthn Level 3, section 5.1. */
type Credential = Readonly<Record<string, unknown>>;

/** Flags: the user was there and verified, and a new key is in it. Source: WebAuthn Level 3, section 6.1. */
const FLAGS = { used: 0x05, created: 0x45 } as const;
const RELYING_PARTY = 'localhost';

const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');

/** Who is asked, the flags, and a count of 0. */
function authenticatorData(flags: number): Buffer {
  return Buffer.concat([hash('sha256', RELYING_PARTY, 'buffer'), Buffer.from([flags, 0, 0, 0, 0])]);
}

function clientData(type: string, challenge: string, port: number): string {
  const origin = `http://${RELYING_PARTY}:${port}`;
  return JSON.stringify({ type, challenge, origin, crossOrigin: false });
}

function credential(id: string, response: object): Credential {
  return {
    ...{ id, rawId: id, type: 'public-key', authenticatorAttachment: 'platform' },
    ...{ clientExtensionResults: {}, response },
  };
}

/** Makes a passkey, with what registers it. */
export function createPasskey(
  challenge: string,
  port: number,
): { readonly passkey: KeptPasskey; readonly registered: Credential } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const [xHex, yHex] = [x, y].map((part) => Buffer.from(part, 'base64url').toString('hex'));
  // CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}, an ES256 key on P-256.
  const key = `a5010203262001215820${xHex}225820${yHex}`;
  const attested = Buffer.from(`${'00'.repeat(16)}0010${id.toString('hex')}${key}`, 'hex');
  const authData = Buffer.concat([authenticatorData(FLAGS.created), attested]);
  // CBOR: {"fmt": "none", "attStmt": {}, "authData": ...}.
  const head = `a363666d74646e6f6e656761747453746d74a068617574684461746158${authData.length.toString(16)}`;
  const registered = credential(base64url(id), {
    clientDataJSON: base64url(clientData('webauthn.create', challenge, port)),
    attestationObject: base64url(Buffer.concat([Buffer.from(head, 'hex'), authData])),
    authenticatorData: base64url(authData),
    ...{ publicKeyAlgorithm: -7, transports: ['internal'] },
  });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { passkey: { id: base64url(id), privateKey: pem }, registered };
}

/** Uses a passkey. */
export function usePasskey(
  { id, privateKey }: KeptPasskey,
  challenge: string,
  port: number,
): Credential {
  const data = clientData('webauthn.get', challenge, port);
  const authData = authenticatorData(FLAGS.used);
  const signed = Buffer.concat([authData, hash('sha256', data, 'buffer')]);
  return credential(id, {
    clientDataJSON: base64url(data),
    authenticatorData: base64url(authData),
    signature: base64url(sign('sha256', signed, createPrivateKey(privateKey))),
  });
}

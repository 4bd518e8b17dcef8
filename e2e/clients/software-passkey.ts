import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
}

interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

/** One passkey in memory, with the browser in front of it, as WebAuthn Level 3 has them. */
export function makePasskey(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  let signCount = 0;
  /** Who is asked, that the user was there and verified, and how often this passkey was used. */
  const dataOf = (rpId: string, flags: number) => {
    const end = Buffer.from([flags, 0, 0, 0, (signCount += 1)]);
    return Buffer.concat([sha256(rpId), end]);
  };
  const clientDataOf = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const credential = <Response extends object>(response: Response) => ({
    ...{ id: text(id), rawId: text(id), type: 'public-key' },
    ...{ authenticatorAttachment: 'platform', clientExtensionResults: {}, response },
  });
  return {
    create(options: unknown) {
      const { challenge, rp } = options as CreationOptions;
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      // CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}, an ES256 key on P-256.
      const point = [x, y].map((part) => Buffer.from(part, 'base64url').toString('hex'));
      const key = `a5010203262001215820${point[0] ?? ''}225820${point[1] ?? ''}`;
      const attested = `${'00'.repeat(16)}0010${id.toString('hex')}${key}`;
      const authData = Buffer.concat([dataOf(rp.id, 0x45), Buffer.from(attested, 'hex')]);
      // CBOR: {"fmt": "none", "attStmt": {}, "authData": ...}.
      const head = 'a363666d74646e6f6e656761747453746d74a0686175746844617461';
      const length = `58${authData.length.toString(16)}`;
      const attestationObject = Buffer.concat([Buffer.from(head + length, 'hex'), authData]);
      return credential({
        clientDataJSON: text(clientDataOf('webauthn.create', challenge)),
        ...{ attestationObject: text(attestationObject), authenticatorData: text(authData) },
        ...{ publicKeyAlgorithm: -7, transports: ['internal'] },
      });
    },
    get(options: unknown) {
      const { challenge, rpId } = options as RequestOptions;
      const clientData = clientDataOf('webauthn.get', challenge);
      const authData = dataOf(rpId, 0x05);
      const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), privateKey);
      return credential({
        ...{ clientDataJSON: text(clientData), authenticatorData: text(authData) },
        signature: text(signature),
      });
    },
  };
}

import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { cbor, type Cbor } from './cbor.ts';

/** The bits of what an authenticator says: somebody was there, was verified, the passkey can be copied, has been. Source: WebAuthn Level 3, 6.1. */
export const FLAGS = { UP: 1, UV: 4, BE: 8, BS: 16, AT: 64, ED: 128 } as const;

/** What a browser and its authenticator do otherwise than usual. */
export interface Otherwise {
  readonly origin?: string;
  readonly rpId?: string;
  readonly flags?: number;
  readonly signCount?: number;
  readonly challenge?: string;
  readonly clientData?: object;
  /** The COSE key instead of the own one. */
  readonly coseKey?: Cbor | Uint8Array;
  /** Goes between the authenticator's data and its end. */
  readonly after?: Uint8Array;
  readonly statement?: readonly [format: string, statement: Cbor];
  readonly userHandle?: string;
}

type KeyKind = 'ES256' | 'RS256';

interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
}

interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
const NO_AAGUID = '00000000-0000-0000-0000-000000000000';

/** An authenticator with one passkey, and the browser in front of it. */
export function makeAuthenticator({
  kind = 'ES256',
  rsaBits = 2_048,
  aaguid = NO_AAGUID,
  id = base64url(randomBytes(16)),
  origin = 'http://localhost:4200',
  attachment = 'platform',
}: {
  readonly kind?: KeyKind;
  readonly rsaBits?: number;
  readonly aaguid?: string;
  readonly id?: string;
  readonly origin?: string;
  readonly attachment?: 'platform' | 'cross-platform';
} = {}) {
  const { publicKey, privateKey } =
    kind === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: rsaBits });
  let signCount = 0;

  const clientDataOf = (type: string, challenge: string, otherwise: Otherwise) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: otherwise.challenge ?? challenge,
        origin: otherwise.origin ?? origin,
        crossOrigin: false,
        ...otherwise.clientData,
      }),
    );
  const dataOf = (rpId: string, flags: number, otherwise: Otherwise, attested: Uint8Array) => {
    const head = Buffer.alloc(5);
    head.writeUInt8(otherwise.flags ?? flags);
    head.writeUInt32BE(otherwise.signCount ?? (signCount += 1), 1);
    const after = otherwise.after ?? Buffer.alloc(0);
    return Buffer.concat([sha256(otherwise.rpId ?? rpId), head, attested, after]);
  };

  /** Makes the passkey; answers the Credential of CompleteWebAuthnRegistration. */
  function create(given: unknown, otherwise: Otherwise = {}) {
    const options = given as CreationOptions;
    const coseKey = otherwise.coseKey ?? coseKeyOf(publicKey);
    const rawId = Buffer.from(id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(rawId.length);
    const model = Buffer.from(aaguid.replaceAll('-', ''), 'hex');
    const key = coseKey instanceof Uint8Array ? coseKey : cbor(coseKey);
    const attested = Buffer.concat([model, length, rawId, key]);
    const flags = FLAGS.UP | FLAGS.UV | FLAGS.AT;
    const authData = dataOf(options.rp.id, flags, otherwise, attested);
    const [format, statement] = otherwise.statement ?? ['none', new Map()];
    const attestation = new Map<string, Cbor>([
      ['fmt', format],
      ['attStmt', statement],
      ['authData', authData],
    ]);
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: attachment,
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(clientDataOf('webauthn.create', options.challenge, otherwise)),
        attestationObject: base64url(cbor(attestation)),
        authenticatorData: base64url(authData),
        publicKeyAlgorithm: kind === 'ES256' ? -7 : -257,
        transports: ['internal'],
      },
    };
  }

  /** Uses it; answers the CREDENTIAL of the answer to WEB_AUTHN, as an object. */
  function get(given: unknown, otherwise: Otherwise = {}) {
    const options = given as RequestOptions;
    const clientData = clientDataOf('webauthn.get', options.challenge, otherwise);
    const flags = FLAGS.UP | FLAGS.UV;
    const authData = dataOf(options.rpId, flags, otherwise, Buffer.alloc(0));
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), privateKey);
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: attachment,
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authData),
        signature: base64url(signature),
        ...(otherwise.userHandle !== undefined && { userHandle: otherwise.userHandle }),
      },
    };
  }

  return { id, coseKey: coseKeyOf(publicKey), create, get };
}

/** An authenticator, as {@link makeAuthenticator} makes it. */
export type Authenticator = ReturnType<typeof makeAuthenticator>;

/** Source: RFC 9053, section 7.1; RFC 8230, section 4. */
function coseKeyOf(key: KeyObject): Map<number, Cbor> {
  const { kty, x = '', y = '', n = '', e = '' } = key.export({ format: 'jwk' });
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  return kty === 'EC'
    ? new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ])
    : new Map<number, Cbor>([
        [1, 3],
        [3, -257],
        [-1, bytes(n)],
        [-2, bytes(e)],
      ]);
}

import { createPublicKey, type JsonWebKey } from 'node:crypto';

const RSA_BITS = { least: 2_048, most: 4_096 };

/**
 * Whether a COSE key is one with which signatures by `alg` can be checked: a point on P-256 for ES256, a modulus of a usual size for RS256.
 * Source: RFC 9053, sections 2.1 and 7.1; RFC 8230, section 4; security.md P08.
 */
export function isSoundCoseKey(key: ReadonlyMap<unknown, unknown>): boolean {
  const jwk = jwkOf(key);
  if (jwk === undefined) return false;
  try {
    const { asymmetricKeyDetails: { modulusLength } = {} } = createPublicKey({
      key: jwk,
      format: 'jwk',
    });
    return (
      modulusLength === undefined ||
      (modulusLength >= RSA_BITS.least && modulusLength <= RSA_BITS.most)
    );
  } catch {
    return false;
  }
}

function jwkOf(key: ReadonlyMap<unknown, unknown>): JsonWebKey | undefined {
  const text = (label: number, mostBytes: number): string | undefined => {
    const bytes = key.get(label);
    const isUsable = bytes instanceof Uint8Array && bytes.length <= mostBytes;
    return isUsable ? Buffer.from(bytes).toString('base64url') : undefined;
  };
  switch (key.get(3)) {
    case -7: {
      const [x, y] = [text(-2, 32), text(-3, 32)];
      if (key.get(1) !== 2 || key.get(-1) !== 1 || x === undefined || y === undefined) return;
      return { kty: 'EC', crv: 'P-256', x, y };
    }
    case -257: {
      const [n, e] = [text(-1, RSA_BITS.most / 8), text(-2, 4)];
      if (key.get(1) !== 3 || n === undefined || e === undefined) return undefined;
      return { kty: 'RSA', n, e };
    }
    default:
      return undefined;
  }
}

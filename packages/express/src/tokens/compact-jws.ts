/** A parsed signed token; nothing in it may be trusted before its signature is checked. */
export interface CompactJws {
  readonly kid: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What the signature covers: the first two parts as they were sent. */
  readonly signedText: string;
  readonly signature: Buffer;
}

/**
 * The most characters that a token may have. The longest access token that a pool issues has some 72,000: 100 groups of 128
 * characters of 4 bytes each, and as long a user name, in base64url.
 */
export const LONGEST_TOKEN = 80 * 1024;

/** Headers that bring their own key, change what is signed, or require extensions. Source: RFC 7515 4.1, RFC 7797, RFC 7516. */
const REFUSED_HEADERS = ['jku', 'x5u', 'jwk', 'x5c', 'crit', 'b64', 'zip', 'enc'] as const;

/** Parses a token, or returns in a few words why it is not one of ours. */
export function readCompactJws(token: string): CompactJws | string {
  const [headerText, claimsText, signatureText, ...rest] = token.split('.', 4);
  if (!headerText || !claimsText || !signatureText || rest.length > 0) return 'not three parts';
  const header = readObject(headerText);
  if (header === undefined) return 'header is no JSON object';
  // Pinned, not read from the token: the token must not choose how it is checked.
  if (header['alg'] !== 'RS256') return 'alg is not RS256';
  for (const name of REFUSED_HEADERS) if (name in header) return `header ${name}`;
  const { kid } = header;
  if (typeof kid !== 'string') return 'no kid';
  const signature = decodeCanonical(signatureText);
  if (signature === undefined) return 'signature is not base64url';
  const claims = readObject(claimsText);
  if (claims === undefined) return 'claims are no JSON object';
  return { kid, claims, signedText: `${headerText}.${claimsText}`, signature };
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = decodeCanonical(text);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Node's decoder skips invalid characters, so many texts would decode to one token. Only the canonical one is accepted. */
function decodeCanonical(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

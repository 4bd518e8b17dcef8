import { label, type BadToken } from './bad-token.ts';
import { accessClaims, part, signedBy, type Signer } from './forge.ts';

/** Texts that are no token, and other spellings of a good one. */
export function malformedTokens(pool: Signer): readonly BadToken[] {
  const good = signedBy(pool, accessClaims());
  const [header = '', claims = '', signature = ''] = good.split('.');
  const notObjects = [
    '[]',
    '"text"',
    '7',
    'null',
    'true',
    '',
    '{',
    '{"a":1}}',
    "{'a':1}",
    '\u0000',
  ];
  /** Other spellings of the same bytes, which a lenient decoder takes for the same token. */
  const spellings: Record<string, string> = {
    'padding after the signature': `${good}==`,
    'padding after the header': `${header}=.${claims}.${signature}`,
    'last character of the signature': good.slice(0, -1) + nextCharacter(good),
  };
  const tokens: Record<string, string> = {
    'one dot': '.',
    'two dots': '..',
    'three dots': '...',
    'one part': header,
    'two parts': `${header}.${claims}`,
    'no signature': `${header}.${claims}.`,
    'no header': `.${claims}.${signature}`,
    'no claims': `${header}..${signature}`,
    'a fourth part': `${good}.${signature}`,
    'an empty fourth part': `${good}.`,
    'an empty first part': `.${good}`,
    'header twice': `${header}.${header}.${claims}.${signature}`,
    'claims twice': `${header}.${claims}.${claims}.${signature}`,
    'the token twice': `${good}.${good}`,
    'the token twice, with a comma': `${good},${good}`,
    'the token twice, with a space': `${good} ${good}`,
    'parts in another order': `${claims}.${header}.${signature}`,
    'a JWE': [part({ alg: 'RSA-OAEP', enc: 'A256GCM' }), 'a', 'b', 'c', 'd'].join('.'),
    'a JWE with our header': [header, 'a', 'b', 'c', 'd'].join('.'),
    '100,000 dots': '.'.repeat(100_000),
    '10,000 dots': '.'.repeat(10_000),
    '1 MB of a': 'a'.repeat(1_048_576),
    '1 MB of claims': signedBy(pool, accessClaims({ filler: 'a'.repeat(750_000) })),
    '81 KB of claims': signedBy(pool, accessClaims({ filler: 'a'.repeat(62_000) })),
    '1 MB of signature': `${header}.${claims}.${'A'.repeat(1_048_576)}`,
    '60,000 arrays': `${header}.${part('['.repeat(60_000))}.${signature}`,
    'a space inside': `${header}. ${claims}.${signature}`,
    'a tab inside': `${header}\t.${claims}.${signature}`,
    'a line end inside': `${header}.${claims}\n.${signature}`,
    'a space after it': `${good} `,
    'a line end after it': `${good}\r\n`,
    'a NUL after it': `${good}\u0000`,
    'a byte order mark before it': `\ufeff${good}`,
    'a letter of Unicode': `${good}\u0430`,
    'a lone surrogate': `${good}\ud800`,
    quotes: `"${good}"`,
    'the scheme twice': `Bearer ${good}`,
    'percent signs': encodeURIComponent(good).replaceAll('.', '%2E'),
    'the base64 alphabet': `${header}.${claims}.${signature}`
      .replaceAll('_', '/')
      .replaceAll('-', '+'),
    'words instead': 'undefined',
    'JSON instead': '{"alg":"RS256"}',
  };
  const bad = (what: string, token: string, stricter = false): BadToken => ({
    name: `J13 ${what}`,
    token,
    reason: 'malformed',
    ...(stricter && { stricter: true }),
  });
  return [
    ...Object.entries(tokens).map(([what, token]) =>
      bad(what, token, what === '81 KB of claims' || what === '1 MB of claims'),
    ),
    ...Object.entries(spellings).map(([what, token]) =>
      bad(what, token, what !== 'padding after the header'),
    ),
    ...notObjects.flatMap((text) => [
      bad(`header ${label(text)}`, signedBy(pool, accessClaims(), text)),
      bad(`claims ${label(text)}`, signedBy(pool, text)),
    ]),
  ];
}

/** The last of 342 characters carries two bits of the signature: the next character says the same to a lenient decoder. */
function nextCharacter(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(token.slice(-1)) + 1] ?? 'A';
}

import type { BadToken } from './bad-token.ts';
import { signer, type Signer } from './forge.ts';
import { forgedSignatures } from './forged-signatures.ts';
import { malformedTokens } from './malformed-tokens.ts';
import { wrongClaims } from './wrong-claims.ts';

/** Every bad token, made with the pool's own key where the attack needs a true signature. Source: security.md 2.6. */
export function badTokens(pool: Signer): readonly BadToken[] {
  return [
    ...forgedSignatures(pool, signer('thief')),
    ...wrongClaims(pool),
    ...malformedTokens(pool),
  ];
}

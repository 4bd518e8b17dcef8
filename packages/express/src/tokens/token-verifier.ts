import { hash, verify } from 'node:crypto';
import { readAuth, type Auth } from './auth.ts';
import { LONGEST_TOKEN, readCompactJws, type CompactJws } from './compact-jws.ts';
import type { KeyFound, KeySet, VerificationKey } from './key-set.ts';
import type { Issuer } from './pool-options.ts';
import { RecentlyUsed } from './recently-used.ts';
import { Refusal, texts } from '../errors/refusal.ts';

/** A verified token, and what is needed to verify it again. */
export interface VerifiedToken {
  readonly auth: Auth;
  /** SHA-256 of the token: identifies it, so that no token is kept in memory. */
  readonly digest: string;
  readonly from: Issuer;
  readonly key: VerificationKey;
  readonly keySet: KeySet;
}

/** What the verifier needs from outside. */
export interface VerifierContext {
  readonly issuers: ReadonlyMap<string, { readonly from: Issuer; readonly keySet: KeySet }>;
  /** How many verified tokens are cached. */
  readonly cachedTokens: number;
  /** How far `iat` and `nbf` may be in the future, because clocks differ. A token's expiry is never extended. */
  readonly clockToleranceMs: number;
  readonly rolesClaim: string;
  readonly nowMs: () => number;
}

/** Longer tokens, of users in very many groups, are not cached: thousands of them would fill the memory. */
const LONGEST_REMEMBERED = 16 * 1024;

/** Checks whether a token was signed by one of the pools, for one of its clients, and is currently valid. */
export class TokenVerifier {
  readonly #context: VerifierContext;
  readonly #verified: RecentlyUsed<VerifiedToken>;

  constructor(context: VerifierContext) {
    this.#context = context;
    this.#verified = new RecentlyUsed(context.cachedTokens);
  }

  /** Never throws or rejects for an invalid token. Synchronous unless keys have to be fetched. */
  check(token: string): VerifiedToken | Refusal | Promise<VerifiedToken | Refusal> {
    if (token.length > LONGEST_TOKEN) {
      return new Refusal('malformed', texts.invalid, 'longer than 80 KB');
    }
    // Only valid tokens are cached, so nobody without one can evict the others.
    const digest = hash('sha256', token, 'binary');
    const seen = this.#verified.get(digest);
    if (seen !== undefined) {
      seen.keySet.keepFresh();
      if (seen.key.live) return this.#inTime(seen);
      this.#verified.delete(digest);
    }
    const jws = readCompactJws(token);
    if (typeof jws === 'string') return new Refusal('malformed', texts.invalid, jws);
    const { iss } = jws.claims;
    const issuer = typeof iss === 'string' ? this.#context.issuers.get(iss) : undefined;
    if (issuer === undefined) return new Refusal('issuer', texts.invalid, `iss ${excerpt(iss)}`);
    const { from, keySet } = issuer;
    const found = keySet.find(jws.kid);
    const judge = (key: KeyFound) => this.#judge(jws, digest, from, keySet, key);
    return found instanceof Promise ? found.then(judge) : judge(found);
  }

  #judge(
    jws: CompactJws,
    digest: string,
    from: Issuer,
    keySet: KeySet,
    key: KeyFound,
  ): VerifiedToken | Refusal {
    if (key === 'unavailable') {
      return new Refusal('keys-unavailable', texts.tryAgain, `keys of ${from.issuer}`);
    }
    if (key === 'unknown') {
      return new Refusal('unknown-key', texts.invalid, `kid ${excerpt(jws.kid)}`);
    }
    if (!verify('sha256', Buffer.from(jws.signedText, 'latin1'), key.key, jws.signature)) {
      return new Refusal('signature', texts.invalid);
    }
    const auth = readAuth(jws.claims, {
      userPoolId: from.userPoolId,
      rolesClaim: this.#context.rolesClaim,
    });
    if (typeof auth === 'string') return new Refusal('claims', texts.invalid, `claim ${auth}`);
    if (from.clientIds !== undefined && !from.clientIds.has(auth.clientId)) {
      return new Refusal('client', texts.invalid, `client ${excerpt(auth.clientId)}`);
    }
    const verified = { auth, digest, from, key, keySet };
    const timely = this.#inTime(verified);
    if (timely === verified && jws.signedText.length <= LONGEST_REMEMBERED) {
      this.#verified.set(digest, verified);
    }
    return timely;
  }

  #inTime(verified: VerifiedToken): VerifiedToken | Refusal {
    const { auth, digest } = verified;
    const nowMs = this.#context.nowMs();
    if (nowMs >= auth.expiresAtMs) {
      this.#verified.delete(digest);
      return new Refusal('expired', texts.expired);
    }
    const latestMs = nowMs + this.#context.clockToleranceMs;
    const { nbf } = auth.claims;
    if (auth.issuedAtMs > latestMs || (nbf !== undefined && Number(nbf) * 1000 > latestMs)) {
      return new Refusal('not-yet-valid', texts.invalid, 'iat or nbf is in the future');
    }
    return verified;
  }
}

/** A value from an untrusted token, shortened for a log line and without control characters. */
function excerpt(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 100) ?? 'missing';
}

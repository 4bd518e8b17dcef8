import { createPublicKey, type KeyObject } from 'node:crypto';
import { boundedFetch } from './bounded-fetch.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';

/** A published key. Source: RFC 7517 4. */
export interface Jwk {
  readonly kty?: string;
  readonly kid?: string;
  readonly use?: string;
  readonly alg?: string;
  readonly n?: string;
  readonly e?: string;
}

/** What `jwks.json` holds. */
export interface JwkSet {
  readonly keys: readonly Jwk[];
}

/** A key that checks signatures. `live` turns false when the pool stops publishing it, or when we can no longer know. */
export interface VerificationKey {
  readonly key: KeyObject;
  live: boolean;
}

/** `unknown`: the pool has no such key. `unavailable`: the pool's keys could not be had. */
export type KeyFound = VerificationKey | 'unknown' | 'unavailable';

/** What a key set needs of the world. */
export interface KeySetContext {
  readonly fetch: typeof globalThis.fetch;
  readonly nowMs: () => number;
  /** Hears of each refresh that failed. */
  readonly onFailure: (uri: string, cause: unknown) => void;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 3_000;
const MAXIMUM_BYTES = 64 * 1024;
/** After this the keys are fetched again, while the old ones still serve. */
const REFRESH_AFTER_MS = 10 * 60_000;
/** Between two fetches, so that tokens with invented key ids cost the pool nothing. Source: security.md J15. */
const BETWEEN_FETCHES_MS = 10_000;
/** The same while there are no keys at all: the pool may just be starting. */
const BETWEEN_FIRST_FETCHES_MS = 2_000;
/** Keys that could not be refreshed for so long are no longer believed. */
const STALE_LIMIT_MS = 24 * 3_600_000;
const SMALLEST_MODULUS_BITS = 2048;

/** The keys of one pool, fetched when they are needed and kept while the pool cannot be reached. */
export class KeySet {
  readonly #uri: string | undefined;
  readonly #context: KeySetContext;
  #keys: ReadonlyMap<string, VerificationKey> = new Map();
  #fetchedAtMs: number | undefined;
  #refreshAtMs = Infinity;
  #noFetchBeforeMs = -Infinity;
  #fetching: Promise<void> | undefined;

  constructor(
    source: { readonly uri: string } | { readonly fixed: JwkSet },
    context: KeySetContext,
  ) {
    this.#context = context;
    this.#uri = 'uri' in source ? source.uri : undefined;
    if ('fixed' in source) this.#keys = fixedKeys(source.fixed);
  }

  /** At once where the key is known; otherwise after at most one fetch, which everybody who waits shares. */
  find(kid: string): KeyFound | Promise<KeyFound> {
    this.keepFresh();
    const known = this.#keys.get(kid);
    if (known !== undefined) return known;
    if (this.#uri === undefined) return 'unknown';
    if (this.#fetching === undefined && this.#context.nowMs() < this.#noFetchBeforeMs) {
      return this.#absent();
    }
    return this.#refresh().then(() => this.#keys.get(kid) ?? this.#absent());
  }

  /** To be called whenever a key is used: starts a refresh in the background when one is due. */
  keepFresh(): void {
    const nowMs = this.#context.nowMs();
    if (nowMs < this.#refreshAtMs) return;
    if (this.#fetchedAtMs !== undefined && nowMs >= this.#fetchedAtMs + STALE_LIMIT_MS) {
      this.#replace(new Map());
      this.#fetchedAtMs = undefined;
      this.#refreshAtMs = Infinity;
      return;
    }
    if (nowMs >= this.#noFetchBeforeMs) void this.#refresh();
  }

  /** Fetches the keys unless they are there already. Rejects when there are none in the end. */
  async load(): Promise<void> {
    if (this.#uri === undefined || this.#fetchedAtMs !== undefined) return;
    await this.#refresh();
    if (this.#absent() === 'unavailable') {
      throw new Error(`The keys at ${this.#uri} could not be fetched.`);
    }
  }

  #absent(): 'unknown' | 'unavailable' {
    return this.#fetchedAtMs === undefined ? 'unavailable' : 'unknown';
  }

  #refresh(): Promise<void> {
    this.#fetching ??= this.#fetchKeys().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  /** Never rejects: what could not be fetched leaves the keys as they were. */
  async #fetchKeys(): Promise<void> {
    const { fetch, nowMs, onFailure, timeoutMs = TIMEOUT_MS } = this.#context;
    const uri = this.#uri ?? '';
    const startedAtMs = nowMs();
    const pauseMs = this.#fetchedAtMs === undefined ? BETWEEN_FIRST_FETCHES_MS : BETWEEN_FETCHES_MS;
    this.#noFetchBeforeMs = startedAtMs + pauseMs;
    try {
      const { status, text } = await boundedFetch(
        fetch,
        uri,
        { headers: { accept: 'application/json' } },
        { timeoutMs, maximumBytes: MAXIMUM_BYTES },
      );
      if (status !== 200) throw new Error(`status ${status}`);
      const keys = verificationKeys(JSON.parse(text));
      if (keys.size === 0) throw new Error('no RS256 key among them');
      this.#replace(keys);
      this.#fetchedAtMs = startedAtMs;
      this.#refreshAtMs = startedAtMs + REFRESH_AFTER_MS;
      this.#noFetchBeforeMs = startedAtMs + BETWEEN_FETCHES_MS;
    } catch (cause) {
      onFailure(uri, cause);
    }
  }

  /** Keeps what stays the same object, and tells those that hold a key which has gone. */
  #replace(next: ReadonlyMap<string, VerificationKey>): void {
    const merged = new Map(next);
    for (const [kid, old] of this.#keys) {
      const same = merged.get(kid)?.key.equals(old.key) ?? false;
      if (same) merged.set(kid, old);
      else old.live = false;
    }
    this.#keys = merged;
  }
}

function fixedKeys(set: JwkSet): ReadonlyMap<string, VerificationKey> {
  const keys = verificationKeys(set);
  if (keys.size === 0) throw new ConfigurationError('jwks holds no RS256 key with a kid.');
  return keys;
}

/** Only what RS256 needs is taken from a key, and of two keys with one id the first. */
function verificationKeys(set: unknown): ReadonlyMap<string, VerificationKey> {
  const keys = new Map<string, VerificationKey>();
  const list: unknown = (set as Partial<JwkSet> | null)?.keys;
  if (!Array.isArray(list)) throw new ConfigurationError('jwks is not a key set: {"keys": [...]}.');
  for (const jwk of list as readonly (Jwk | null)[]) {
    const { kty, kid, use = 'sig', alg = 'RS256', n, e } = jwk ?? {};
    const ours = kty === 'RSA' && use === 'sig' && alg === 'RS256' && typeof kid === 'string';
    if (!ours || keys.has(kid) || typeof n !== 'string' || typeof e !== 'string') continue;
    const key = publicKey(n, e);
    if (key !== undefined) keys.set(kid, { key, live: true });
  }
  return keys;
}

function publicKey(n: string, e: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return bits >= SMALLEST_MODULUS_BITS ? key : undefined;
  } catch {
    return undefined;
  }
}

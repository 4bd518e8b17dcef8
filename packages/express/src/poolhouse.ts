import { COGNITO_ROLES, gateOf, type AccessRules } from './access-rules.ts';
import { admission, type Admission } from './admission.ts';
import type { Auth } from './tokens/auth.ts';
import { ConfigurationError } from './errors/configuration-error.ts';
import { KeySet } from './tokens/key-set.ts';
import { issuersOf, type Issuer, type PoolOptions } from './tokens/pool-options.ts';
import { NotAuthorizedError, Refusal, type RefusalReason } from './errors/refusal.ts';
import { requireAuthWith, type AuthMiddleware } from './require-auth.ts';
import { RevocationCheck, type RevocationOptions } from './tokens/revocation-check.ts';
import { TokenVerifier } from './tokens/token-verifier.ts';

/** How an application checks tokens; only `pools` is required. */
export interface PoolhouseOptions {
  readonly pools: readonly PoolOptions[];
  /** Whether every `requireAuth()` asks the pool if the session is still valid, unless the route overrides it. Default: `false`. */
  readonly checkRevocation?: boolean;
  readonly revocation?: RevocationOptions;
  /** Fetches the keys at once instead of with the first request; `await ready()` to wait for them. */
  readonly prefetch?: boolean;
  /** How many verified tokens are cached, a few KB each. Default: 5000; 0 for none. */
  readonly cachedTokens?: number;
  /** How far `iat` and `nbf` may be in the future, at most 300. Default: 5. */
  readonly clockToleranceSeconds?: number;
  /** The claim that holds roles. Default: `cognito:roles`. */
  readonly rolesClaim?: string;
  /** The realm in `WWW-Authenticate`. Default: `api`. */
  readonly realm?: string;
  /** Receives details that callers do not get. Errors that it throws are ignored. */
  readonly onEvent?: (event: PoolhouseEvent) => void;
  /** For proxies and tests. */
  readonly fetch?: typeof globalThis.fetch;
  /** For tests: milliseconds since 1970. */
  readonly nowMs?: () => number;
}

/** An event for the application's log. Events never contain a token. */
export type PoolhouseEvent =
  | {
      readonly type: 'refused';
      readonly status: number;
      readonly reason: RefusalReason;
      readonly detail: string;
    }
  | { readonly type: 'keys-not-fetched'; readonly jwksUri: string; readonly cause: unknown };

/** What a route requires of its callers. */
export interface AuthRules extends AccessRules {
  /** Asks the pool whether the session is still valid: one request per token every few seconds. */
  readonly checkRevocation?: boolean;
}

/** Checks tokens of the configured pools. */
export interface Poolhouse {
  /** Express middleware: passes requests that meet the rules on, with `req.auth`, and answers all others. */
  requireAuth(rules?: AuthRules): AuthMiddleware;
  /** Checks a token outside a request, as in a WebSocket's first message. Throws `NotAuthorizedError`. */
  verify(token: string, rules?: AuthRules): Promise<Auth>;
  /** Resolves when the keys of every pool are loaded; rejects if they are not available. */
  ready(): Promise<void>;
}

/** Sets up the checks. Throws `ConfigurationError` for invalid settings. */
export function poolhouse(options: PoolhouseOptions): Poolhouse {
  const { rolesClaim = COGNITO_ROLES, realm = 'api', onEvent } = options;
  if (!/^[\w .:/@-]+$/.test(realm)) {
    throw new ConfigurationError('realm may only contain letters, digits, spaces and . : / @ - _');
  }
  const nowMs = options.nowMs ?? Date.now;
  // Looked up at each call, so that tests and tracing can replace the global function later.
  const fetch: typeof globalThis.fetch =
    options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const cachedTokens = within(options, 'cachedTokens', 5_000, 1_000_000);
  const tell = (event: PoolhouseEvent): void => {
    try {
      onEvent?.(event);
    } catch {
      // A failing event listener must not affect the request.
    }
  };

  const keySets = new Map<string, KeySet>();
  const keySetOf = ({ keys, issuer }: Issuer): KeySet => {
    const id = 'uri' in keys ? keys.uri : `fixed keys of ${issuer}`;
    const keySet =
      keySets.get(id) ??
      new KeySet(keys, {
        fetch,
        nowMs,
        onFailure: (jwksUri, cause) => tell({ type: 'keys-not-fetched', jwksUri, cause }),
      });
    keySets.set(id, keySet);
    return keySet;
  };
  const issuers = new Map<string, { readonly from: Issuer; readonly keySet: KeySet }>();
  /** The keys of each pool's first issuer; those of Cognito's second issuer are fetched when a token uses it. */
  const firstKeySets: KeySet[] = [];
  for (const pool of poolsOf(options)) {
    for (const [index, from] of issuersOf(pool).entries()) {
      if (issuers.has(from.issuer)) {
        throw new ConfigurationError(`pools: the issuer ${from.issuer} appears twice.`);
      }
      const keySet = keySetOf(from);
      issuers.set(from.issuer, { from, keySet });
      if (index === 0) firstKeySets.push(keySet);
    }
  }

  const verifier = new TokenVerifier({
    issuers,
    cachedTokens,
    clockToleranceMs: within(options, 'clockToleranceSeconds', 5, 300) * 1000,
    rolesClaim,
    nowMs,
  });
  const { revocation = {} } = options;
  const revocationCheck = new RevocationCheck({
    fetch,
    nowMs,
    cacheMs: within(revocation, 'cacheSeconds', 5, 60) * 1000,
    withoutScope: revocation.withoutScope ?? 'refuse',
    cachedTokens,
  });

  const admissionOf = (rules: AuthRules): Admission => {
    const { tokenUse = 'access' } = rules;
    const gate = gateOf(rules, rolesClaim);
    const asksPool = rules.checkRevocation ?? options.checkRevocation ?? false;
    if (asksPool && tokenUse !== 'access') {
      throw new ConfigurationError(
        'checkRevocation: a pool can be asked about access tokens only. Use tokenUse "access", or checkRevocation false.',
      );
    }
    return admission({
      tokenUse,
      verifier,
      gate,
      revocationCheck: asksPool ? revocationCheck : undefined,
      onRefusal: ({ status, reason, detail }) => tell({ type: 'refused', status, reason, detail }),
    });
  };

  const ready = async (): Promise<void> => {
    await Promise.all(firstKeySets.map((keySet) => keySet.load()));
  };
  if (options.prefetch === true) {
    // The failure was already reported as an event, and the first request tries again.
    ready().catch(() => undefined);
  }

  return {
    requireAuth: (rules = {}) => requireAuthWith(admissionOf(rules), realm),
    verify: async (token, rules = {}) => {
      const verdict = await admissionOf(rules)(String(token));
      if (verdict instanceof Refusal) throw new NotAuthorizedError(verdict);
      return verdict;
    },
    ready,
  };
}

function poolsOf({ pools }: PoolhouseOptions): readonly PoolOptions[] {
  if (!Array.isArray(pools) || pools.length === 0) {
    throw new ConfigurationError('pools must be a list with at least one pool.');
  }
  return pools;
}

function within<Name extends string>(
  options: { readonly [name in Name]?: number },
  name: Name,
  otherwise: number,
  maximum: number,
): number {
  const value = options[name] ?? otherwise;
  if (typeof value === 'number' && value >= 0 && value <= maximum) return value;
  throw new ConfigurationError(`${name} has to be a number from 0 to ${maximum}.`);
}

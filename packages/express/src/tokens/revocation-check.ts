import { boundedFetch } from './bounded-fetch.ts';
import { RecentlyUsed } from './recently-used.ts';
import { Refusal, texts } from '../errors/refusal.ts';
import type { VerifiedToken } from './token-verifier.ts';

/** How the pool is asked whether a token is still valid. */
export interface RevocationOptions {
  /** How long the pool's answer is cached, at most 60 seconds. Default: 5; 0 asks each time. */
  readonly cacheSeconds?: number;
  /**
   * What happens to tokens that the pool cannot be asked about, because they lack the scope
   * `aws.cognito.signin.user.admin` (client credentials, narrow OAuth scopes). Default: `refuse`.
   */
  readonly withoutScope?: 'refuse' | 'accept';
}

/** What the check needs from outside. */
export interface RevocationContext {
  readonly fetch: typeof globalThis.fetch;
  readonly nowMs: () => number;
  readonly cacheMs: number;
  readonly withoutScope: 'refuse' | 'accept';
  readonly cachedTokens: number;
}

/** The scope that a token needs at the user pool's own API. Source: behaviour.md 1.2. */
const USER_ADMIN_SCOPE = 'aws.cognito.signin.user.admin';
const TIMEOUT_MS = 3_000;
/** The longest answer that a pool gives: some 70 attributes of 2048 characters, each up to 6 bytes in JSON. */
const MAXIMUM_BYTES = 1024 * 1024;

/** The pool's errors that mean the session or the user has ended. Anything else is not an answer. Source: behaviour.md 7.4. */
const ENDED = /(^|#)(NotAuthorized|UserNotFound|UserNotConfirmed|PasswordResetRequired)Exception$/;

interface Answer {
  readonly untilMs: number;
  readonly live: boolean;
}

/** Asks the pool whether an access token is still valid, so that signed-out, disabled and deleted users are refused. */
export class RevocationCheck {
  readonly #context: RevocationContext;
  readonly #answers: RecentlyUsed<Answer>;
  readonly #asking = new Map<string, Promise<Refusal | undefined>>();

  constructor(context: RevocationContext) {
    this.#context = context;
    this.#answers = new RecentlyUsed(context.cacheMs === 0 ? 0 : context.cachedTokens);
  }

  /** Never rejects; if the pool cannot be asked, the token is refused. */
  check(
    token: string,
    verified: VerifiedToken,
  ): Refusal | undefined | Promise<Refusal | undefined> {
    const { auth, digest } = verified;
    if (!auth.scopes.includes(USER_ADMIN_SCOPE)) {
      return this.#context.withoutScope === 'accept'
        ? undefined
        : new Refusal('scopes', texts.scopeMissing, 'cannot ask the pool', USER_ADMIN_SCOPE);
    }
    const known = this.#answers.get(digest);
    if (known !== undefined && this.#context.nowMs() < known.untilMs) return refusalOf(known.live);
    let asking = this.#asking.get(digest);
    if (asking === undefined) {
      asking = this.#ask(token, verified).finally(() => this.#asking.delete(digest));
      this.#asking.set(digest, asking);
    }
    return asking;
  }

  async #ask(token: string, { digest, from }: VerifiedToken): Promise<Refusal | undefined> {
    const { fetch, nowMs, cacheMs } = this.#context;
    const untilMs = nowMs() + cacheMs;
    try {
      const { status, text } = await boundedFetch(
        fetch,
        from.apiUrl,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.1',
            'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
          },
          body: JSON.stringify({ AccessToken: token }),
        },
        { timeoutMs: TIMEOUT_MS, maximumBytes: MAXIMUM_BYTES },
      );
      const live = status === 200;
      if (!live) {
        const code = status === 400 ? errorCode(text) : '';
        if (!ENDED.test(code)) {
          return new Refusal('revocation-unknown', texts.tryAgain, `GetUser: ${status} ${code}`);
        }
      }
      this.#answers.set(digest, { untilMs, live });
      return refusalOf(live);
    } catch (cause) {
      return new Refusal('revocation-unknown', texts.tryAgain, `GetUser: ${String(cause)}`);
    }
  }
}

function refusalOf(live: boolean): Refusal | undefined {
  return live ? undefined : new Refusal('revoked', texts.revoked);
}

function errorCode(text: string): string {
  const type = (JSON.parse(text) as { __type?: unknown } | null)?.__type;
  return typeof type === 'string' ? type.slice(0, 100) : '';
}

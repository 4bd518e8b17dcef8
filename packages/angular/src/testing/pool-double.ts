import { PoolFailure, type CallPool } from '../pool/pool-api';
import type { AuthenticationResult, PoolOperation, PoolOperations } from '../pool/wire';

type Answers = {
  [Name in PoolOperation]?: (
    input: PoolOperations[Name]['input'],
  ) => PoolOperations[Name]['output'] | Promise<PoolOperations[Name]['output']>;
};

/** A pool that answers as a test tells it, and remembers what it was asked. */
export class PoolDouble {
  /** What it was asked, in order. */
  readonly calls: { readonly operation: PoolOperation; readonly input: object }[] = [];
  readonly #answers: Answers;

  constructor(answers: Answers = {}) {
    this.#answers = answers;
  }

  readonly call: CallPool = async (operation, input) => {
    this.calls.push({ operation, input });
    // A network is never at once.
    await Promise.resolve();
    const answer = this.#answers[operation] as ((asked: object) => object) | undefined;
    if (!answer) throw new Error(`${operation} was not expected`);
    return answer(input);
  };

  /** Changes an answer. */
  answer(answers: Answers): void {
    Object.assign(this.#answers, answers);
  }

  /** How often an operation was asked for. */
  count(operation: PoolOperation): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }
}

/** Throws as the pool refuses. */
export function refuse(
  operation: PoolOperation,
  serviceCode: string,
  message = '',
  httpStatus = 400,
): never {
  throw new PoolFailure(operation, { serviceCode, message, httpStatus });
}

/** Throws as if there were no connection. */
export function lost(operation: PoolOperation): never {
  throw new PoolFailure(operation, { httpStatus: 0, message: 'no connection' });
}

/** A token that nobody signed. */
export function unsignedToken(claims: object): string {
  const part = (value: object) =>
    btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}

let made = 0;

/** Tokens of a person, different each time. */
export function tokensFor(
  person: {
    readonly username?: string;
    readonly groups?: readonly string[];
    readonly life?: number;
  } = {},
  claims: object = {},
): AuthenticationResult {
  const { username = 'ann', groups, life = 3600 } = person;
  made += 1;
  const times = { iat: 1_700_000_000, exp: 1_700_000_000 + life, jti: `token-${made}` };
  const shared = { sub: `sub-${username}`, ...(groups && { 'cognito:groups': groups }), ...times };
  return {
    AccessToken: unsignedToken({ ...shared, username, token_use: 'access' }),
    IdToken: unsignedToken({
      ...shared,
      'cognito:username': username,
      token_use: 'id',
      email: `${username}@example.com`,
      email_verified: true,
      ...claims,
    }),
    RefreshToken: `refresh-${made}`,
    ExpiresIn: life,
  };
}

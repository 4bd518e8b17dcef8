import type { PoolConfig } from '../pool-config';

/** A pool of Amazon Cognito, and the same one at an endpoint of its own. */
export const POOL: PoolConfig = {
  region: 'eu-central-1',
  userPoolId: 'eu-central-1_aB3dE5fG7',
  clientId: '1h57kf5cpq17m0eml12EXAMPLE',
};
export const OWN = { ...POOL, endpoint: 'http://localhost:8400' };
export const COGNITO = 'https://cognito-idp.eu-central-1.amazonaws.com/';
export const ANN = 'ann';

/** A request as it was sent. */
export interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** Keeps what is sent, and answers it: in this order per operation, the last answer again and again. What is not sent to the API fails. */
export function stubPool(answers: Readonly<Record<string, readonly object[]>>): Sent[] {
  const sent: Sent[] = [];
  const asked = new Map<string, number>();
  vi.stubGlobal('fetch', (url: string, { method, headers, body }: RequestInit) => {
    const one: Sent = {
      ...{ url: String(url), method: method ?? 'GET' },
      headers: Object.fromEntries(new Headers(headers)),
      body: typeof body === 'string' ? JSON.parse(body) : undefined,
    };
    sent.push(one);
    if (one.method === 'GET') return Promise.reject(new TypeError('not the API'));
    const operation = operationOf(one);
    const [all, at] = [answers[operation] ?? [{}], asked.get(operation) ?? 0];
    asked.set(operation, at + 1);
    return Promise.resolve(Response.json(all[Math.min(at, all.length - 1)]));
  });
  return sent;
}

/** The operation that a request asks for. */
export function operationOf({ headers }: Sent): string {
  return headers['x-amz-target']?.split('.')[1] ?? '';
}

/** What is another one each time: the numbers of SRP, and what is made of them. */
const RANDOM = /"(SRP_A|PASSWORD_CLAIM_SIGNATURE|TIMESTAMP|Salt|PasswordVerifier)":"[^"]+"/g;

/** All of a request but its address. */
export function withoutAddress({ method, headers, body }: Sent): string {
  return JSON.stringify({ method, headers, body }).replaceAll(RANDOM, '"$1":"..."');
}

const NOW_SECONDS = Math.floor(Date.now() / 1000);

function token(claims: object): string {
  const part = (value: object) => btoa(JSON.stringify(value)).replaceAll('=', '');
  return `${part({ alg: 'RS256' })}.${part({ sub: 'sub-1', iat: NOW_SECONDS, exp: NOW_SECONDS + 3600, ...claims })}.sig`;
}

/** An answer with the tokens of somebody. */
export function tokens(more: object = {}) {
  return {
    AuthenticationResult: {
      AccessToken: token({ token_use: 'access', username: ANN }),
      IdToken: token({ token_use: 'id', 'cognito:username': ANN, email: 'a@b.example' }),
      RefreshToken: 'refresh',
      ExpiresIn: 3600,
      ...more,
    },
  };
}

import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { JwkSet } from '../tokens/key-set.ts';
import { awsHost, regionOf, type PoolOptions } from '../tokens/pool-options.ts';

/** The apparent location of the fake pool; all members are optional. */
export interface FakePoolOptions {
  readonly userPoolId?: string | undefined;
  readonly clientId?: string | undefined;
  /** As in the options of `poolhouse()`: without it the tokens look like Cognito's. */
  readonly endpoint?: string | undefined;
  /** For tests with their own clock: milliseconds since 1970. */
  readonly nowMs?: () => number;
}

/** The contents of a test token; everything else is as a pool would write it. */
export interface FakeTokenOptions {
  readonly sub?: string;
  readonly username?: string;
  readonly clientId?: string;
  readonly groups?: readonly string[];
  /** Default: 3600; negative for an expired token. */
  readonly expiresInSeconds?: number;
  /** Applied last: additional or replaced claims; `undefined` removes a claim. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Options of an access token. */
export interface FakeAccessTokenOptions extends FakeTokenOptions {
  /** Default: `aws.cognito.signin.user.admin`, as after a sign-in through the API. */
  readonly scopes?: readonly string[];
}

/** Options of an ID token. */
export interface FakeIdTokenOptions extends FakeTokenOptions {
  readonly email?: string;
  /** ARNs, for `cognito:roles`. */
  readonly roles?: readonly string[];
}

/** A user pool that exists in a test only. */
export interface FakePool {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly issuer: string;
  /** The public keys, as a pool publishes them. */
  readonly jwks: JwkSet;
  /** For `poolhouse({ pools: [...] })`; nothing is fetched then. */
  readonly options: PoolOptions;
  accessToken(token?: FakeAccessTokenOptions): string;
  idToken(token?: FakeIdTokenOptions): string;
  /** Signs any header and claims, for tests of what must be refused. */
  sign(
    claims: Readonly<Record<string, unknown>>,
    header?: Readonly<Record<string, unknown>>,
  ): string;
}

/** Creates a user pool with its own keys, whose tokens no other pool accepts. Takes about a tenth of a second. */
export function fakePool(options: FakePoolOptions = {}): FakePool {
  const {
    userPoolId = 'us-east-1_Testing00',
    clientId = 'testclient0000000000000000',
    endpoint,
    nowMs = Date.now,
  } = options;
  const home = endpoint?.replace(/\/+$/, '') || awsHost(regionOf(userPoolId));
  const issuer = `${home}/${userPoolId}`;
  // User pools sign ID tokens and access tokens with different keys.
  const idKey = newKey();
  const accessKey = newKey();
  const jwks: JwkSet = { keys: [idKey.jwk, accessKey.jwk] };

  const common = (token: FakeTokenOptions): Record<string, unknown> => {
    const nowSeconds = Math.floor(nowMs() / 1000);
    const { sub = randomUUID(), groups, expiresInSeconds = 3600 } = token;
    return {
      sub,
      ...(groups === undefined ? {} : { 'cognito:groups': groups }),
      iss: issuer,
      origin_jti: randomUUID(),
      event_id: randomUUID(),
      // An expired token was issued before it expired.
      auth_time: nowSeconds + Math.min(0, expiresInSeconds - 1),
      exp: nowSeconds + expiresInSeconds,
      iat: nowSeconds + Math.min(0, expiresInSeconds - 1),
      jti: randomUUID(),
    };
  };

  return {
    userPoolId,
    clientId,
    issuer,
    jwks,
    options: { userPoolId, clientIds: [clientId], jwks, ...(endpoint && { endpoint }) },
    accessToken(token = {}) {
      const { username = 'test-user', scopes = ['aws.cognito.signin.user.admin'] } = token;
      return signed(accessKey, {
        ...common(token),
        client_id: token.clientId ?? clientId,
        token_use: 'access',
        scope: scopes.join(' '),
        username,
        ...token.claims,
      });
    },
    idToken(token = {}) {
      const { username = 'test-user', email, roles } = token;
      return signed(idKey, {
        ...common(token),
        ...(email === undefined ? {} : { email, email_verified: true }),
        ...(roles === undefined ? {} : { 'cognito:roles': roles }),
        'cognito:username': username,
        aud: token.clientId ?? clientId,
        token_use: 'id',
        ...token.claims,
      });
    },
    sign: (claims, header) => signed(accessKey, claims, header),
  };
}

interface FakeKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: JwkSet['keys'][number];
}

function newKey(): FakeKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  const { kty, n, e } = publicKey.export({ format: 'jwk' });
  return { kid, privateKey, jwk: { alg: 'RS256', e, kid, kty, n, use: 'sig' } };
}

function signed(
  { kid, privateKey }: FakeKey,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ kid, alg: 'RS256', ...header })}.${part(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

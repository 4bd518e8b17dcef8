import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import type { RequestHandler } from 'express';
import { JwtVerifier } from 'aws-jwt-verify';
import { auth } from 'express-oauth2-jwt-bearer';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { poolhouse } from '@poolhouse/express';
import { fakePool } from '@poolhouse/express/testing';

/** One way to check a token in an Express application. */
export interface Checker {
  readonly name: string;
  readonly middleware: RequestHandler;
}

/** The checkers, the tokens they are given, and what must be closed afterwards. */
export interface Checkers {
  readonly checkers: readonly Checker[];
  /** The unavoidable part: one RSA verification and the parsing of the claims. */
  readonly floor: Checker;
  /** Access tokens that nobody has seen. */
  tokens(count: number): readonly string[];
  close(): Promise<void>;
}

const bearer = (header: string | undefined) => header?.slice('Bearer '.length) ?? '';

/** Prepares every library for the same user pool, its keys already fetched where it can be told so. */
export async function prepareCheckers(): Promise<Checkers> {
  const pool = fakePool({ endpoint: 'http://localhost:1' });
  const { jwks, issuer, clientId } = pool;
  const keyServer = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(jwks));
  });
  await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', () => resolve()));
  const jwksUri = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks.json`;

  const kit = poolhouse({ pools: [{ ...pool.options, clientIds: [clientId] }] });
  const aws = JwtVerifier.create({ issuer, audience: null, jwksUri: 'https://localhost/unused' });
  aws.cacheJwks(jwks as Parameters<typeof aws.cacheJwks>[0]);
  const joseKeys = createLocalJWKSet(jwks as Parameters<typeof createLocalJWKSet>[0]);
  const keys = new Map(
    jwks.keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })]),
  );

  const floor: RequestHandler = (request, _, next) => {
    const [header = '', claims = '', signature = ''] = bearer(request.headers.authorization).split(
      '.',
    );
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const key = keys.get(kid);
    const good =
      key !== undefined &&
      verify(
        'sha256',
        Buffer.from(`${header}.${claims}`),
        key,
        Buffer.from(signature, 'base64url'),
      );
    const parsed = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number };
    next(good && parsed.exp * 1000 > Date.now() ? undefined : new Error('refused'));
  };

  return {
    floor: { name: 'floor: node:crypto', middleware: floor },
    checkers: [
      { name: '@poolhouse/express', middleware: kit.requireAuth() as RequestHandler },
      {
        name: 'aws-jwt-verify',
        middleware: (request, _, next) => {
          aws.verify(bearer(request.headers.authorization)).then(() => next(), next);
        },
      },
      {
        name: 'jose',
        middleware: (request, _, next) => {
          const token = bearer(request.headers.authorization);
          jwtVerify(token, joseKeys, { issuer, algorithms: ['RS256'] }).then(() => next(), next);
        },
      },
      {
        name: 'express-oauth2-jwt-bearer',
        middleware: auth({ issuer, audience: clientId, jwksUri, tokenSigningAlg: 'RS256' }),
      },
    ],
    // express-oauth2-jwt-bearer asks for an audience, which access tokens of user pools do not have of themselves.
    tokens: (count) =>
      Array.from({ length: count }, (_, n) =>
        pool.accessToken({ sub: `user-${n}`, groups: ['member'], claims: { aud: clientId } }),
      ),
    close: () =>
      new Promise((resolve) => {
        keyServer.close(() => resolve());
        keyServer.closeAllConnections();
      }),
  };
}

import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import express from 'express';
import { poolhouse, type PoolhouseEvent } from '../src/index.ts';
import { badTokens } from './testing/bad-tokens.ts';
import {
  CLIENT_ID,
  NOW_SECONDS,
  USER_POOL_ID,
  accessClaims,
  idClaims,
  signedBy,
  signer,
} from './testing/forge.ts';

const pool = signer('pool-key');
const corpus = badTokens(pool);

/** The texts that a caller with a bad token may see, and no other. */
const TEXTS = new Set([
  'The token is not valid here.',
  'The token has expired.',
  'An access token is needed here, not an ID token.',
  'An ID token is needed here, not an access token.',
]);

/** The kit on a pool whose keys are fetched, by a fetch that remembers what for. */
function watchedKit() {
  const fetched: string[] = [];
  const events: PoolhouseEvent[] = [];
  const kit = poolhouse({
    pools: [{ userPoolId: USER_POOL_ID, clientIds: [CLIENT_ID] }],
    nowMs: () => NOW_SECONDS * 1000,
    onEvent: (event) => events.push(event),
    fetch: (input) => {
      fetched.push(input instanceof Request ? input.url : String(input));
      return Promise.resolve(Response.json(pool.jwks));
    },
  });
  return { kit, fetched, events };
}

test('the corpus has at least 200 tokens, each of its own', () => {
  assert.ok(corpus.length >= 200, `${corpus.length} tokens`);
  assert.equal(new Set(corpus.map(({ name }) => name)).size, corpus.length);
  const cases = corpus.map(({ token, tokenUse }) => `${tokenUse ?? 'access'} ${token}`);
  assert.equal(new Set(cases).size, cases.length);
});

test('each bad token is refused with 401 for the right reason, and moves nothing', async (t) => {
  const { kit, fetched, events } = watchedKit();
  for (const { name, token, reason, tokenUse } of corpus) {
    await t.test(name, async () => {
      const { status, headers, body, next } = await pass(kit.requireAuth({ tokenUse }), token);
      assert.equal(next, 0);
      assert.equal(status, 401);
      const { error, message, ...more } = JSON.parse(body) as Record<string, string>;
      assert.equal(error, 'invalid_token');
      assert.deepEqual(more, {});
      assert.ok(TEXTS.has(message ?? ''), message);
      assert.equal(
        headers.get('www-authenticate'),
        `Bearer realm="api", error="invalid_token", error_description="${message}"`,
      );
      const event = events.pop();
      assert.equal(event?.type === 'refused' && event.reason, reason);
      assert.ok(JSON.stringify(event).length < 300, 'an event holds no token');
    });
  }
  // Neither `jku` nor invented key ids make anybody fetch: the keys came once, with the first token.
  assert.deepEqual(fetched, [
    `https://cognito-idp.us-east-1.amazonaws.com/${USER_POOL_ID}/.well-known/jwks.json`,
  ]);
});

test('verify() rejects each bad token with a NotAuthorizedError', async () => {
  const { kit } = watchedKit();
  for (const { name, token, reason, tokenUse } of corpus) {
    const expected = { name: 'NotAuthorizedError', status: 401, reason };
    await assert.rejects(kit.verify(token, { tokenUse }), expected, name);
  }
});

test('Express answers 401 to each bad token that fits into a header', async (t) => {
  const { kit } = watchedKit();
  const app = express();
  app.get('/access', kit.requireAuth(), (_req, res) => void res.json({ in: true }));
  app.get('/id', kit.requireAuth({ tokenUse: 'id' }), (_req, res) => void res.json({ in: true }));
  const server = app.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let sent = 0;
  for (const { name, token, tokenUse = 'access' } of corpus) {
    // Node's server refuses longer headers, and its client these characters.
    if (token.length > 15_000 || /[^\x20-\x7e]/.test(token)) continue;
    const authorization = `Bearer ${token}`;
    const answer = await fetch(`${origin}/${tokenUse}`, { headers: { authorization } });
    const text = await answer.text();
    // The client drops what stands after the token, and then it is a good one.
    const trimmed = token.endsWith(' ');
    assert.equal(answer.status, trimmed ? 200 : 401, name);
    if (!trimmed) assert.match(text, /^\{"error":"invalid_token","message":"[^"]+"\}$/, name);
    sent += 1;
  }
  assert.ok(sent > 200, `${sent} tokens sent`);
});

test('good tokens are let in by us and by aws-jwt-verify, with the same claims', async (t) => {
  const { kit } = watchedKit();
  const good: Record<string, { claims: Record<string, unknown>; tokenUse: 'access' | 'id' }> = {
    'an access token': { claims: accessClaims(), tokenUse: 'access' },
    'an ID token': { claims: idClaims(), tokenUse: 'id' },
    'of client credentials': {
      claims: accessClaims({ sub: CLIENT_ID, username: undefined, version: 2, scope: 'a/b' }),
      tokenUse: 'access',
    },
    'without a scope': { claims: accessClaims({ scope: undefined }), tokenUse: 'access' },
    'with groups': { claims: accessClaims({ 'cognito:groups': ['a', 'ü'] }), tokenUse: 'access' },
    'with the most and longest groups that a pool allows': {
      claims: accessClaims({
        username: '𝒜'.repeat(128),
        'cognito:groups': Array.from(
          { length: 100 },
          (_, index) => `${'𝒜'.repeat(125)}${100 + index}`,
        ),
      }),
      tokenUse: 'access',
    },
    'an access token with an aud': {
      claims: accessClaims({ aud: 'https://api.example.com' }),
      tokenUse: 'access',
    },
    'with an nbf that has passed': {
      claims: accessClaims({ nbf: NOW_SECONDS - 5 }),
      tokenUse: 'access',
    },
    'with a claim named __proto__': {
      claims: JSON.parse(
        JSON.stringify(accessClaims()).replace(
          '{',
          '{"__proto__":{"admin":true},"a":{"__proto__":{}},',
        ),
      ) as Record<string, unknown>,
      tokenUse: 'access',
    },
    'with 8 KB of attributes': {
      claims: idClaims({ 'custom:note': 'ß'.repeat(4_000) }),
      tokenUse: 'id',
    },
    'with structured claims': {
      claims: idClaims({ identities: [{ userId: '1', primary: 'true' }], 'custom:a': { b: [1] } }),
      tokenUse: 'id',
    },
  };
  for (const [name, { claims, tokenUse }] of Object.entries(good)) {
    await t.test(name, async () => {
      const token = signedBy(pool, claims);
      const auth = await kit.verify(token, { tokenUse });
      assert.deepEqual(auth.claims, reference(tokenUse).verifySync(token));
      assert.equal((await pass(kit.requireAuth({ tokenUse }), token)).next, 1);
    });
  }
});

test('aws-jwt-verify refuses the same tokens, but for those that only we refuse', async (t) => {
  // It takes no clock of ours, and a token of a minute ahead is good a minute later.
  t.mock.timers.enable({ apis: ['Date'], now: NOW_SECONDS * 1000 });
  for (const { name, token, tokenUse = 'access', stricter = false } of corpus) {
    await t.test(name, () => {
      let letIn = true;
      try {
        reference(tokenUse).verifySync(token);
      } catch {
        letIn = false;
      }
      assert.equal(letIn, stricter);
    });
  }
});

function reference(tokenUse: 'access' | 'id') {
  const verifier = CognitoJwtVerifier.create({
    userPoolId: USER_POOL_ID,
    clientId: CLIENT_ID,
    tokenUse,
  });
  verifier.cacheJwks({ keys: pool.jwks.keys.map((key) => ({ kty: 'RSA', ...key })) });
  return verifier;
}

/** Sends a token past the middleware without a network, so that no HTTP library has a say in what arrives. */
async function pass(
  middleware: ReturnType<ReturnType<typeof poolhouse>['requireAuth']>,
  token: string,
) {
  const headers = new Map<string, unknown>();
  const { promise, resolve, reject } = Promise.withResolvers<{ body: string; next: number }>();
  const req = { headers: { authorization: `Bearer ${token}` } };
  const res = {
    headersSent: false,
    statusCode: 200,
    setHeader: (name: string, value: unknown) => headers.set(name.toLowerCase(), value),
    end: (body: string) => resolve({ body, next: 0 }),
  };
  type Arguments = Parameters<typeof middleware>;
  middleware(req as unknown as Arguments[0], res as unknown as Arguments[1], (error) =>
    error === undefined ? resolve({ body: '', next: 1 }) : reject(error),
  );
  const { body, next } = await promise;
  return { status: res.statusCode, headers, body, next };
}

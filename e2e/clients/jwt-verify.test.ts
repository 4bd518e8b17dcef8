/** aws-jwt-verify, unmodified: tokens of pools with their own issuer, and of pools with an AWS-shaped one. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import {
  CognitoJwtInvalidClientIdError,
  CognitoJwtInvalidGroupError,
  CognitoJwtInvalidTokenUseError,
  JwtInvalidAudienceError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureError,
  KidNotFoundInJwksError,
  ParameterValidationError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache, type Jwks } from 'aws-jwt-verify/jwk';
import {
  CreateUserPoolClientCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { REGION, startServer } from './server-under-test.ts';
import { makeTutorialPool, makeUser, PASSWORD, roleOf } from './tutorial-pool.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const ours = await makeTutorialPool(aws);
const awsShaped = await makeTutorialPool(aws, { IssuerConfiguration: { Type: 'ORIGINAL' } });
for (const { UserPoolId } of [ours, awsShaped]) {
  await makeUser(aws, UserPoolId, 'ada', ['member', 'admin']);
  await makeUser(aws, UserPoolId, 'bob');
}

async function tokensOf(username: string, { ClientId }: { readonly ClientId: string }) {
  const { AuthenticationResult } = await aws.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD },
    }),
  );
  const { AccessToken: access, IdToken: id } = AuthenticationResult ?? {};
  assert(access && id);
  return { access, id };
}

async function keySetOf(UserPoolId: string): Promise<Jwks> {
  const response = await fetch(`${server.url}/${UserPoolId}/.well-known/jwks.json`);
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  return (await response.json()) as Jwks;
}

/** A token with one character of one part changed. */
function tampered(token: string, part: 0 | 1 | 2): string {
  const parts = token.split('.');
  const text = parts[part] ?? '';
  const middle = Math.floor(text.length / 2);
  parts[part] =
    `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`;
  return parts.join('.');
}

suite('JwtVerifier on an issuer of its own', () => {
  // The verifier's own fetcher supports only https; a server in development uses http.
  const fetched: string[] = [];
  const fetcher = {
    async fetch(uri: string): Promise<ArrayBuffer> {
      fetched.push(uri);
      return (await fetch(uri)).arrayBuffer();
    },
  };
  const issuer = `${server.publicUrl}/${ours.UserPoolId}`;
  const verifier = JwtVerifier.create(
    { issuer, audience: null, jwksUri: `${server.url}/${ours.UserPoolId}/.well-known/jwks.json` },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );

  test('verifies access and ID tokens, with the keys fetched once', async () => {
    const tokens = await tokensOf('ada', ours);
    const access = await verifier.verify(tokens.access);
    assert.equal(access['token_use'], 'access');
    assert.equal(access['client_id'], ours.ClientId);
    assert.equal(access['username'], 'ada');
    assert.equal(access.scope, 'aws.cognito.signin.user.admin');
    assert.deepEqual(access['cognito:groups'], ['admin', 'member']);
    const id = await verifier.verify(tokens.id, { audience: ours.ClientId });
    assert.equal(id['token_use'], 'id');
    assert.equal(id['cognito:username'], 'ada');
    assert.equal(id['email'], 'ada@example.com');
    assert.equal(id['email_verified'], true);
    assert.deepEqual(id['cognito:roles'], [roleOf('admin'), roleOf('member')]);
    assert.equal(id['cognito:preferred_role'], roleOf('admin'));
    assert.equal(id.sub, access.sub);
    assert.equal((access.exp ?? 0) - (access.iat ?? 0), 3600);
    assert.equal(fetched.length, 1);
    assert.equal(
      (await verifier.verify((await tokensOf('bob', ours)).access))['cognito:groups'],
      undefined,
    );
  });

  test('finds the issuer and the keys by discovery', async () => {
    const response = await fetch(
      `${server.url}/${ours.UserPoolId}/.well-known/openid-configuration`,
    );
    const found = (await response.json()) as { issuer: string; jwks_uri: string };
    assert.equal(found.issuer, issuer);
    assert.deepEqual(await (await fetch(found.jwks_uri)).json(), await keySetOf(ours.UserPoolId));
  });

  test('the key set contains only public keys', async () => {
    const { keys } = await keySetOf(ours.UserPoolId);
    assert.equal(keys.length, 2);
    for (const key of keys) {
      assert.deepEqual(Object.keys(key).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
    }
  });

  test('refuses another audience, another issuer and another pool', async () => {
    const { id } = await tokensOf('ada', ours);
    await assert.rejects(verifier.verify(id, { audience: 'another' }), JwtInvalidAudienceError);
    const elsewhere = JwtVerifier.create({ issuer: `${issuer}x`, audience: null });
    elsewhere.cacheJwks(await keySetOf(ours.UserPoolId));
    await assert.rejects(elsewhere.verify(id), JwtInvalidIssuerError);
    const foreign = await tokensOf('ada', awsShaped);
    await assert.rejects(verifier.verify(foreign.access), KidNotFoundInJwksError);
  });

  test('refuses a token of which any part was tampered with', async () => {
    const { access } = await tokensOf('ada', ours);
    for (const part of [0, 1, 2] as const) {
      await assert.rejects(verifier.verify(tampered(access, part)), `part ${part}`);
    }
    await assert.rejects(verifier.verify(tampered(access, 2)), JwtInvalidSignatureError);
  });
});

suite('CognitoJwtVerifier on an AWS-shaped issuer', () => {
  const { UserPoolId: userPoolId, ClientId: clientId } = awsShaped;
  const access = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' });
  const id = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'id' });

  test('verifies access and ID tokens, groups and scope', async () => {
    const jwks = await keySetOf(userPoolId);
    access.cacheJwks(jwks);
    id.cacheJwks(jwks);
    const tokens = await tokensOf('ada', awsShaped);
    const payload = await access.verify(tokens.access, {
      groups: ['admin', 'nobody'],
      scope: 'aws.cognito.signin.user.admin',
    });
    assert.equal(payload.iss, `https://cognito-idp.${REGION}.amazonaws.com/${userPoolId}`);
    assert.equal(payload.username, 'ada');
    assert.deepEqual(payload['cognito:groups'], ['admin', 'member']);
    const person = await id.verify(tokens.id, { groups: 'member' });
    assert.equal(person['cognito:username'], 'ada');
    assert.equal(person.aud, clientId);
    assert.equal(person.origin_jti, payload.origin_jti);
    assert.notEqual(person.jti, payload.jti);
    assert.equal(id.verifySync(tokens.id).sub, payload.sub);
  });

  test('refuses the other kind of token, a missing group and another app client', async () => {
    const tokens = await tokensOf('bob', awsShaped);
    await assert.rejects(access.verify(tokens.id), CognitoJwtInvalidTokenUseError);
    await assert.rejects(id.verify(tokens.access), CognitoJwtInvalidTokenUseError);
    await assert.rejects(
      access.verify(tokens.access, { groups: 'admin' }),
      CognitoJwtInvalidGroupError,
    );
    const { UserPoolClient } = await aws.send(
      new CreateUserPoolClientCommand({
        UserPoolId: userPoolId,
        ClientName: 'another',
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      }),
    );
    const another = await tokensOf('bob', { ClientId: UserPoolClient?.ClientId ?? '' });
    await assert.rejects(access.verify(another.access), CognitoJwtInvalidClientIdError);
    await assert.rejects(id.verify(another.id), CognitoJwtInvalidClientIdError);
    await assert.rejects(access.verify(tampered(tokens.access, 2)), JwtInvalidSignatureError);
    const foreign = await tokensOf('ada', ours);
    await assert.rejects(access.verify(foreign.access), ParameterValidationError);
  });
});

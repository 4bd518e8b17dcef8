/** Without an endpoint this is an application of Amazon Cognito: what it sends differs in the address, and in nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationOf, startStarter, type SdkRequest, type Starter } from './testing/starter.ts';

const ENDPOINT = 'http://localhost:8400';
const COGNITO = 'https://cognito-idp.eu-central-1.amazonaws.com';

async function addUserAndList({ call, pool }: Starter): Promise<void> {
  const token = pool.accessToken({ groups: ['admin'] });
  await call('/api/users', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'ann', email: 'ann@example.com', group: 'member' }),
    token,
  });
  assert.equal((await call('/api/admin', { token })).status, 200);
}

/** A request without what differs from one moment to the next: time, signature, number of the call. */
function lasting({ method, path, headers, body }: SdkRequest) {
  const { authorization = '', ...rest } = headers;
  const { host: _host, 'x-amz-date': _date, 'amz-sdk-invocation-id': _id, ...others } = rest;
  return {
    method,
    path,
    // The SDK tells AWS which of its features an application uses; "N" is an endpoint of one's own.
    headers: { ...others, 'user-agent': others['user-agent']?.replace('m/N,', 'm/') },
    signedAs: authorization
      .replace(/\/\d{8}\//, '/DAY/')
      .replace(/Signature=[0-9a-f]{64}$/, 'Signature=...'),
    body: new TextDecoder().decode(body),
  };
}

function originOf({ protocol, hostname, port }: SdkRequest): string {
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}

test('the requests of the AWS SDK', async (t) => {
  const answer = () => ({ body: { User: { Username: 'ann' }, Users: [] } });
  const amazon = await startStarter(t, { answer });
  const own = await startStarter(t, { answer, endpoint: ENDPOINT });
  await addUserAndList(amazon);
  await addUserAndList(own);
  assert.deepEqual(amazon.sdkRequests.map(operationOf), [
    'GetGroup',
    'AdminCreateUser',
    'AdminAddUserToGroup',
    'ListUsersInGroup',
    'ListUsers',
  ]);
  assert.deepEqual(amazon.sdkRequests.map(lasting), own.sdkRequests.map(lasting));
  assert.match(
    lasting(amazon.sdkRequests[0]!).signedAs,
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/DAY\/eu-central-1\/cognito-idp\/aws4_request, /,
  );
  assert.deepEqual(new Set(amazon.sdkRequests.map(originOf)), new Set([COGNITO]));
  assert.deepEqual(new Set(own.sdkRequests.map(originOf)), new Set([ENDPOINT]));
});

test('the issuer of tokens, and where their keys are', async (t) => {
  const amazon = await startStarter(t);
  const own = await startStarter(t, { endpoint: ENDPOINT });
  for (const [starter, home, other] of [
    [amazon, COGNITO, own],
    [own, ENDPOINT, amazon],
  ] as const) {
    const { call, pool, keyRequests } = starter;
    const iss = `${home}/${pool.userPoolId}`;
    assert.equal(pool.issuer, iss);
    const refused = await call('/api/me', {
      token: pool.accessToken({ claims: { iss: other.pool.issuer } }),
    });
    assert.equal(refused.status, 401);
    assert.equal((await call('/api/me', { token: pool.accessToken() })).status, 200);
    assert.deepEqual(keyRequests, [`${iss}/.well-known/jwks.json`]);
  }
});

test('where browsers may send requests', async (t) => {
  for (const [endpoint, home] of [
    [undefined, COGNITO],
    [`${ENDPOINT}/`, ENDPOINT],
  ] as const) {
    const { call } = await startStarter(t, { endpoint });
    const policy = (await call('/api/health')).headers.get('content-security-policy') ?? '';
    assert(policy.split(';').includes(`connect-src 'self' ${home}`), policy);
  }
});

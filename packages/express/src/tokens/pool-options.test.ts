import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { issuersOf, poolOrigin, type PoolOptions } from './pool-options.ts';

const POOL = 'eu-central-1_aB3dE5fG7';
const AWS = `https://cognito-idp.eu-central-1.amazonaws.com`;
const CHINA = 'https://cognito-idp.cn-north-1.amazonaws.com.cn';
const GOV = 'https://cognito-idp.us-gov-west-1.amazonaws.com';
const UPDATED = `https://issuer-cognito-idp.eu-central-1.amazonaws.com/${POOL}`;
const JWKS = '.well-known/jwks.json';

test('issuers, keys and the API of a pool', async (t) => {
  const cases: readonly [string, Partial<PoolOptions>, (readonly [string, string, string])[]][] = [
    [
      'no endpoint: Amazon Cognito, under either of its names',
      {},
      [
        [`${AWS}/${POOL}`, `${AWS}/${POOL}/${JWKS}`, `${AWS}/`],
        [UPDATED, `${UPDATED}/${JWKS}`, `${AWS}/`],
      ],
    ],
    [
      'no endpoint, in China',
      { userPoolId: 'cn-north-1_aB3dE5fG7' },
      [
        [`${CHINA}/cn-north-1_aB3dE5fG7`, `${CHINA}/cn-north-1_aB3dE5fG7/${JWKS}`, `${CHINA}/`],
        [
          'https://issuer-cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_aB3dE5fG7',
          `https://issuer-cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_aB3dE5fG7/${JWKS}`,
          `${CHINA}/`,
        ],
      ],
    ],
    [
      'no endpoint, in the regions of a government',
      { userPoolId: 'us-gov-west-1_aB3dE5fG7' },
      [
        [`${GOV}/us-gov-west-1_aB3dE5fG7`, `${GOV}/us-gov-west-1_aB3dE5fG7/${JWKS}`, `${GOV}/`],
        [
          'https://issuer-cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_aB3dE5fG7',
          `https://issuer-cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_aB3dE5fG7/${JWKS}`,
          `${GOV}/`,
        ],
      ],
    ],
    [
      'an empty endpoint, of an environment that has none: Amazon Cognito',
      { endpoint: '' },
      [
        [`${AWS}/${POOL}`, `${AWS}/${POOL}/${JWKS}`, `${AWS}/`],
        [UPDATED, `${UPDATED}/${JWKS}`, `${AWS}/`],
      ],
    ],
    [
      'an endpoint: Poolhouse',
      { endpoint: 'https://id.example.com' },
      [
        [
          `https://id.example.com/${POOL}`,
          `https://id.example.com/${POOL}/${JWKS}`,
          'https://id.example.com/',
        ],
      ],
    ],
    [
      'an endpoint with a path and a final slash, on this machine',
      { endpoint: 'http://localhost:8400/pools/' },
      [
        [
          `http://localhost:8400/pools/${POOL}`,
          `http://localhost:8400/pools/${POOL}/${JWKS}`,
          'http://localhost:8400/pools/',
        ],
      ],
    ],
    [
      "Cognito's issuer, keys of Poolhouse",
      { endpoint: 'https://id.example.com', issuer: 'aws' },
      [[`${AWS}/${POOL}`, `https://id.example.com/${POOL}/${JWKS}`, 'https://id.example.com/']],
    ],
    [
      'a public issuer, reached inside a private network',
      {
        endpoint: 'http://poolhouse:8400',
        issuer: `https://id.example.com/${POOL}`,
        allowPlainHttp: true,
      },
      [
        [
          `https://id.example.com/${POOL}`,
          `http://poolhouse:8400/${POOL}/${JWKS}`,
          'http://poolhouse:8400/',
        ],
      ],
    ],
    [
      'keys from somewhere else',
      { issuer: `https://id.example.com/${POOL}`, jwksUri: 'https://keys.example.com/k?v=1' },
      [[`https://id.example.com/${POOL}`, 'https://keys.example.com/k?v=1', `${AWS}/`]],
    ],
  ];
  for (const [name, options, expected] of cases) {
    await t.test(name, () => {
      const issuers = issuersOf({ userPoolId: POOL, ...options });
      assert.deepEqual(
        issuers.map(({ issuer, keys, apiUrl }) => [issuer, 'uri' in keys && keys.uri, apiUrl]),
        expected,
      );
    });
  }
});

test('browsers reach a pool of Amazon Cognito where the AWS SDK does, in every part of the world', () => {
  for (const region of [
    ...['eu-central-1', 'us-gov-west-1', 'us-gov-east-1'],
    ...['cn-north-1', 'cn-northwest-1', 'eusc-de-east-1'],
  ]) {
    const { config } = new CognitoIdentityProviderClient({ region });
    const { origin } = config.endpointProvider({ Region: region }).url;
    assert.equal(poolOrigin({ userPoolId: `${region}_aB3dE5fG7` }), origin);
    assert.equal(new URL(issuersOf({ userPoolId: `${region}_a` })[0]?.apiUrl ?? '').origin, origin);
  }
});

test('browsers reach a pool of Poolhouse at its endpoint', () => {
  const origin = (endpoint: string | undefined) => poolOrigin({ userPoolId: POOL, endpoint });
  assert.equal(origin('https://id.example.com/pools/'), 'https://id.example.com');
  assert.equal(origin('http://poolhouse:8400'), 'http://poolhouse:8400');
  assert.equal(origin(''), AWS);
  assert.throws(() => origin('id.example.com'), { name: 'ConfigurationError' });
});

test('settings that cannot work are named', async (t) => {
  const cases: readonly [string, Partial<PoolOptions>, RegExp][] = [
    ['no pool id', { userPoolId: undefined }, /userPoolId is undefined/],
    ['a pool id without a region', { userPoolId: 'aB3dE5fG7' }, /userPoolId/],
    ['a pool id with a path', { userPoolId: 'eu-central-1_a/../b' }, /userPoolId/],
    ['another region', { region: 'us-east-1' }, /region is "us-east-1"/],
    ['no client', { clientIds: [] }, /clientIds/],
    ['an empty client', { clientIds: ['a', ''] }, /clientIds/],
    [
      'a client from an environment that lacks it',
      { clientIds: [undefined as unknown as string] },
      /clientIds .* environment/,
    ],
    ['an endpoint that is no URL', { endpoint: 'id.example.com' }, /endpoint/],
    ['another scheme', { endpoint: 'ftp://id.example.com' }, /endpoint/],
    ['a user in the URL', { endpoint: 'https://a@id.example.com' }, /endpoint/],
    ['a query', { endpoint: 'https://id.example.com?a' }, /endpoint/],
    ['a fragment', { jwksUri: 'https://id.example.com#a' }, /jwksUri/],
    ['plain http', { endpoint: 'http://id.example.com' }, /plain http/],
    ['plain http for the keys', { jwksUri: 'http://10.0.0.1/keys' }, /plain http/],
    ['a name like localhost', { endpoint: 'http://localhost.example.com' }, /plain http/],
    ['an issuer that is none', { issuer: 'cognito' }, /issuer is "cognito".*or "aws"/],
  ];
  for (const [name, options, message] of cases) {
    await t.test(name, () => {
      const expected = { name: 'ConfigurationError', message };
      assert.throws(() => issuersOf({ userPoolId: POOL, ...options }), expected);
    });
  }
});

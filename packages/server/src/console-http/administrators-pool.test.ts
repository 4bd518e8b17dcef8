import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleMembers } from '@poolhouse/core/testing';
import { isOperationName } from '@poolhouse/model';
import { ADMINISTRATORS_POOL } from '../pools/administrators-pool.ts';
import { parseDeclaration } from '../declarative/read-declaration.ts';
import { startServer } from '../testing/start-server.ts';
import { administrator } from './testing/administrator.ts';

const NOTHING = { code: 'NotFound', message: 'There is no such thing here.' };
const NAMES_NO_POOL: ReadonlySet<string> = new Set([
  'CreateUserPool',
  'DescribeUserPoolDomain',
  'ListUserPools',
]);
const ARN = `arn:aws:cognito-idp:console:000000000000:userpool/${ADMINISTRATORS_POOL}`;

test('nobody can reach the administrators’ pool, whatever they ask about it', async (t) => {
  const running = await startServer(t);
  const owner = await administrator(running, 'owner');
  const viewer = await administrator(running, 'viewer');
  const pool = `/pools/${ADMINISTRATORS_POOL}`;
  for (const who of [owner, viewer]) {
    for (const [method, path, body] of [
      ['GET', `${pool}/metrics`, undefined],
      ['GET', `${pool}/metrics?days=3`, undefined],
      [
        'GET',
        `/pools/${encodeURIComponent(ADMINISTRATORS_POOL).replace('_', '%5F')}/metrics`,
        undefined,
      ],
      ['POST', `${pool}/messages/preview`, { occasion: 'SignUp' }],
      ['POST', `${pool}/messages/test`, { occasion: 'SignUp', to: 'a@example.com' }],
    ] as const) {
      const answer = await who.send(method, path, body);
      assert.equal(answer.status, 404, path);
      assert.deepEqual(answer.json(), NOTHING, path);
    }
  }
  // Every operation that the console offers, with the pool's id and with its ARN, in its own region and in another.
  const { operations: offered } = (await owner.send('GET', '/session')).json() as {
    operations: Record<string, string>;
  };
  for (const name of Object.keys(offered)) {
    assert(isOperationName(name));
    for (const region of ['console', 'local']) {
      const input = {
        ...sampleMembers,
        UserPoolId: ADMINISTRATORS_POOL,
        ResourceArn: ARN,
        Username: 'owner',
        GroupName: 'owner',
        ClientId: 'poolhouseconsole0000000000',
        PoolName: 'a',
        Domain: 'a',
      };
      const answer = await owner.send('POST', `/operations/${name}`, { region, input });
      if (NAMES_NO_POOL.has(name) && region === 'local') continue;
      assert.equal(answer.status, 404, `${name} in ${region}: ${answer.body}`);
    }
  }
});

test('a declaration file cannot take what belongs to the console', () => {
  const refused = (pool: string) =>
    assert.throws(() => parseDeclaration(`pools: [${pool}]`, 'x.yaml'), /console/, pool);
  refused(`{ id: ${ADMINISTRATORS_POOL}, name: a }`);
  refused('{ id: console_Another, name: a }');
  refused('{ region: console, name: a }');
  refused('{ name: a, clients: [{ id: poolhouseconsole0000000000, name: a }] }');
  parseDeclaration('pools: [{ id: local_Console, name: console }]', 'x.yaml');
});

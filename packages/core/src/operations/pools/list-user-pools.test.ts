import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Caller } from '../../operation.ts';
import { openHarness } from '../../testing/harness.ts';

const key = (region: string, pools?: string[]): Caller => ({
  kind: 'access-key',
  id: 'local',
  region,
  pools,
});

test('pools are listed by age, a page at a time, those of the region only', async (t) => {
  const harness = await openHarness(t);
  const ids: string[] = [];
  for (const PoolName of ['c', 'a', 'b']) {
    ids.push((await harness.call('CreateUserPool', { PoolName })).UserPool?.Id ?? '');
    harness.advance(1000);
  }
  await harness.call('CreateUserPool', { PoolName: 'elsewhere' }, key('us-east-1'));
  const all = async (caller: Caller) => {
    const seen: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await harness.call('ListUserPools', { MaxResults: 1, NextToken }, caller);
      assert((page.UserPools?.length ?? 0) <= 1);
      seen.push(...(page.UserPools ?? []).map(({ Id }) => Id));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return seen;
  };
  assert.deepEqual(await all(key('eu-west-1')), ids);
  assert.deepEqual(await all(key('eu-west-1', [ids[2]!, 'eu-west-1_gone', ids[0]!])), [
    ids[0],
    ids[2],
  ]);
  assert.deepEqual(await all(key('ap-south-1')), []);
  const { UserPools } = await harness.call('ListUserPools', { MaxResults: 60 });
  assert.deepEqual(UserPools?.[0], {
    Id: ids[0],
    Name: 'c',
    LambdaConfig: {},
    CreationDate: 1795424400,
    LastModifiedDate: 1795424400,
  });
});

test("a token is good for an hour, for its list and for its caller's key", async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  await harness.makePool();
  const { NextToken = '' } = await harness.call('ListUserPools', { MaxResults: 1 });
  const refused = (token: string) =>
    harness.refuses(
      'ListUserPools',
      { MaxResults: 1, NextToken: token },
      'InvalidParameterException',
      'Invalid pagination token',
    );
  const changed = NextToken.startsWith('A') ? `B${NextToken.slice(1)}` : `A${NextToken.slice(1)}`;
  for (const token of [changed, 'x', NextToken.slice(0, -1)]) await refused(token);
  await harness.refuses(
    'ListUserPoolClients',
    { UserPoolId, NextToken },
    'InvalidParameterException',
    'Invalid pagination token',
  );
  await assert.rejects(
    harness.call('ListUserPools', { MaxResults: 1, NextToken }, key('us-east-1')),
    /Invalid pagination token/,
  );
  assert.doesNotMatch(Buffer.from(NextToken, 'base64url').toString('latin1'), /eu-west-1/);
  harness.advance(3_599_999);
  await harness.call('ListUserPools', { MaxResults: 1, NextToken });
  harness.advance(1);
  await refused(NextToken);
});

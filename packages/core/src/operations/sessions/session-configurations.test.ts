import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

const tracking = (MaxPerUser: number, UserSessionTracking: 'ENABLED' | 'DISABLED' = 'ENABLED') => ({
  UserSessionTracking,
  TokenSession: { MaxPerUser },
});
const reuse = (MaxValidityMinutes: number) => ({ SSOSession: { MaxValidityMinutes } });

async function opened(t: TestContext, settings: Partial<InputOf<'CreateUserPool'>> = {}) {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool(settings);
  return { harness, pool: { UserPoolId }, client: { UserPoolId, ClientId } };
}

test('a pool that was never configured tracks nothing; its app clients reuse a sign-in for an hour', async (t) => {
  const { harness, pool, client } = await opened(t);
  assert.deepEqual(await harness.call('GetUserPoolSessionConfiguration', pool), {
    ...pool,
    ...tracking(20, 'DISABLED'),
  });
  assert.deepEqual(await harness.call('GetUserPoolClientSessionConfiguration', client), {
    ...client,
    ...reuse(60),
  });
});

test('what is set is answered and shown, at both ends of its range, and replaced as a whole', async (t) => {
  const { harness, pool, client } = await opened(t);
  for (const value of [tracking(1), tracking(100), tracking(7, 'DISABLED'), tracking(7)]) {
    const answer = await harness.call('SetUserPoolSessionConfiguration', { ...pool, ...value });
    assert.deepEqual(answer, { ...pool, ...value });
    assert.deepEqual(await harness.call('GetUserPoolSessionConfiguration', pool), answer);
  }
  for (const value of [reuse(0), reuse(129_600)]) {
    const input = { ...client, ...value };
    assert.deepEqual(await harness.call('SetUserPoolClientSessionConfiguration', input), input);
    assert.deepEqual(await harness.call('GetUserPoolClientSessionConfiguration', client), input);
  }
  const other = await harness.makePool();
  const untouched = { UserPoolId: other.UserPoolId };
  const { UserSessionTracking } = await harness.call('GetUserPoolSessionConfiguration', untouched);
  assert.equal(UserSessionTracking, 'DISABLED');
});

test('numbers outside of their range are refused, before the pool is looked at', async (t) => {
  const { harness, client } = await opened(t);
  const UserPoolId = 'eu-west-1_missing00';
  const range = (value: number, member: string, rule: string) =>
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${rule}`;
  for (const [value, rule] of [
    [0, 'greater than or equal to 1'],
    [-1, 'greater than or equal to 1'],
    [101, 'less than or equal to 100'],
  ] as const) {
    await harness.refuses(
      'SetUserPoolSessionConfiguration',
      { UserPoolId, ...tracking(value) },
      'InvalidParameterException',
      range(value, 'tokenSession.maxPerUser', rule),
    );
  }
  for (const [value, rule] of [
    [-1, 'greater than or equal to 0'],
    [129_601, 'less than or equal to 129600'],
  ] as const) {
    await harness.refuses(
      'SetUserPoolClientSessionConfiguration',
      { ...client, UserPoolId, ...reuse(value) },
      'InvalidParameterException',
      range(value, 'sSOSession.maxValidityMinutes', rule),
    );
  }
});

test('missing pools and clients, and another pool’s client, are not there', async (t) => {
  const { harness, pool, client } = await opened(t);
  const { ClientId } = await harness.makePool();
  const missing = { UserPoolId: 'eu-west-1_missing00' };
  const gone = 'ResourceNotFoundException';
  await harness.call('SetUserPoolSessionConfiguration', { ...pool, ...tracking(5) });
  await harness.refuses('GetUserPoolSessionConfiguration', missing, gone);
  const elsewhere = { ...missing, ...tracking(5) };
  await harness.refuses('SetUserPoolSessionConfiguration', elsewhere, gone);
  for (const place of [
    { ...client, ...missing },
    { ...pool, ClientId },
    { ...pool, ClientId: 'unknown' },
  ]) {
    await harness.refuses('GetUserPoolClientSessionConfiguration', place, gone);
    const input = { ...place, ...reuse(5) };
    await harness.refuses('SetUserPoolClientSessionConfiguration', input, gone);
  }
});

test('below Essentials nothing can be set, and a pool that tracks sessions cannot be moved there', async (t) => {
  const { harness, pool, client } = await opened(t);
  const lite = { ...pool, UserPoolTier: 'LITE' } as const;
  const closed = 'FeatureUnavailableInTierException';
  await harness.call('SetUserPoolSessionConfiguration', { ...pool, ...tracking(5) });
  await harness.refuses('UpdateUserPool', lite, closed, /LITE .*: Session Tracking$/);
  await harness.call('SetUserPoolSessionConfiguration', { ...pool, ...tracking(5, 'DISABLED') });
  await harness.call('UpdateUserPool', lite);
  for (const value of [tracking(5), tracking(5, 'DISABLED')]) {
    await harness.refuses('SetUserPoolSessionConfiguration', { ...pool, ...value }, closed);
  }
  await harness.refuses(
    'SetUserPoolClientSessionConfiguration',
    { ...client, ...reuse(5) },
    closed,
  );
  const { TokenSession } = await harness.call('GetUserPoolSessionConfiguration', pool);
  assert.deepEqual(TokenSession, { MaxPerUser: 5 });
});

test('an app client’s setting needs tracking, and is kept while that is off', async (t) => {
  const { harness, pool, client } = await opened(t);
  const track = (value: ReturnType<typeof tracking>) =>
    harness.call('SetUserPoolSessionConfiguration', { ...pool, ...value });
  const input = { ...client, ...reuse(0) };
  const refused = () =>
    harness.refuses(
      'SetUserPoolClientSessionConfiguration',
      input,
      'OperationNotEnabledException',
      'Session tracking is not enabled for this user pool.',
    );
  await refused();
  await track(tracking(5));
  await harness.call('SetUserPoolClientSessionConfiguration', input);
  await track(tracking(5, 'DISABLED'));
  await refused();
  assert.deepEqual(await harness.call('GetUserPoolClientSessionConfiguration', client), input);
});

test('UpdateUserPool leaves the configuration of sessions as it is', async (t) => {
  const { harness, pool } = await opened(t);
  await harness.call('SetUserPoolSessionConfiguration', { ...pool, ...tracking(5) });
  await harness.call('UpdateUserPool', { ...pool, PoolName: 'renamed' });
  assert.deepEqual(await harness.call('GetUserPoolSessionConfiguration', pool), {
    ...pool,
    ...tracking(5),
  });
});

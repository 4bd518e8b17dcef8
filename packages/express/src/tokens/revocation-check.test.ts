import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolhouse, type PoolhouseOptions } from '../index.ts';
import { fakePool } from '../testing/index.ts';

const pool = fakePool();
const ENDED = {
  status: 401,
  reason: 'revoked',
  message: 'The token has been revoked. Sign in again.',
};

/** The kit with the pool's API behind it; `answer` may be changed at any time. */
function harness(
  answer: () => Response | Promise<Response>,
  options: Partial<PoolhouseOptions> = {},
) {
  const state = { nowMs: Date.now(), asked: [] as { url: unknown; init?: RequestInit }[], answer };
  const kit = poolhouse({
    pools: [pool.options],
    checkRevocation: true,
    nowMs: () => state.nowMs,
    fetch: async (url, init) => {
      state.asked.push({ url, init });
      return state.answer();
    },
    ...options,
  });
  return { state, kit };
}

const live = () => Response.json({ Username: 'ann', UserAttributes: [] });
const failure =
  (type: string, status = 400) =>
  () =>
    Response.json({ __type: type, message: 'x' }, { status });

test('the pool is asked with GetUser, and its answer kept for five seconds', async () => {
  const { state, kit } = harness(live);
  const token = pool.accessToken();
  await Promise.all([kit.verify(token), kit.verify(token), kit.verify(token)]);
  assert.equal(state.asked.length, 1, 'one question for everybody who waits');
  const { url, init } = state.asked[0] ?? {};
  assert.equal(url, 'https://cognito-idp.us-east-1.amazonaws.com/');
  assert.equal(init?.method, 'POST');
  assert.deepEqual(init?.headers, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
  });
  assert.equal(init?.body, JSON.stringify({ AccessToken: token }));

  state.answer = failure('NotAuthorizedException');
  state.nowMs += 4_999;
  await kit.verify(token);
  state.nowMs += 1;
  await assert.rejects(kit.verify(token), ENDED);
  await assert.rejects(kit.verify(token), ENDED);
  assert.equal(state.asked.length, 2, '"no" is kept as well');
  // A user who was disabled may be enabled again.
  state.answer = live;
  state.nowMs += 5_000;
  await kit.verify(token);
});

test('what the pool says, and what comes of it', async (t) => {
  const cases: readonly [string, () => Response | Promise<Response>, 401 | 503][] = [
    ['revoked', failure('NotAuthorizedException'), 401],
    ['with a namespace', failure('com.amazonaws#NotAuthorizedException'), 401],
    ['deleted', failure('UserNotFoundException'), 401],
    ['password to be reset', failure('PasswordResetRequiredException'), 401],
    ['too many requests', failure('TooManyRequestsException'), 503],
    ['a mistake of ours', failure('InvalidParameterException'), 503],
    ['a fault', failure('InternalErrorException', 500), 503],
    ['a fault that looks like a no', failure('NotAuthorizedException', 502), 503],
    ['no JSON', () => new Response('<html>', { status: 400 }), 503],
    ['nothing', () => new Response(null, { status: 400 }), 503],
    ['a redirection', () => new Response(null, { status: 302 }), 503],
    ['unreachable', () => Promise.reject(new Error('ECONNREFUSED')), 503],
  ];
  for (const [name, answer, status] of cases) {
    await t.test(name, async () => {
      const { kit, state } = harness(answer);
      const token = pool.accessToken();
      await assert.rejects(kit.verify(token), status === 401 ? ENDED : { status });
      // An answer that is none is not kept.
      state.answer = live;
      if (status === 503) await kit.verify(token);
    });
  }
});

test('the pool hears of tokens only that are good and whose owner may pass', async () => {
  const { kit, state } = harness(live);
  const bad = [
    'junk',
    fakePool().accessToken(),
    pool.accessToken({ expiresInSeconds: -1 }),
    pool.accessToken({ clientId: 'another' }),
    pool.accessToken({ groups: ['others'] }),
  ];
  for (const token of bad) await assert.rejects(kit.verify(token, { groups: ['staff'] }));
  assert.equal(state.asked.length, 0);
});

test('a token that the pool cannot be asked about is refused, or let in by choice', async () => {
  const token = pool.accessToken({ scopes: ['orders/read'] });
  const strict = harness(live);
  await assert.rejects(strict.kit.verify(token), { status: 403, reason: 'scopes' });
  const lenient = harness(live, { revocation: { withoutScope: 'accept' } });
  await lenient.kit.verify(token);
  assert.equal(strict.state.asked.length + lenient.state.asked.length, 0);
});

test('a route may choose for itself; 0 seconds ask each time', async () => {
  const { kit, state } = harness(live, { revocation: { cacheSeconds: 0 } });
  const token = pool.accessToken();
  await kit.verify(token, { checkRevocation: false });
  assert.equal(state.asked.length, 0);
  await kit.verify(token);
  await kit.verify(token);
  assert.equal(state.asked.length, 2);
});

test("Poolhouse's pools are asked at their endpoint", async () => {
  const own = fakePool({ endpoint: 'https://id.example.com' });
  const { kit, state } = harness(live, { pools: [own.options] });
  await kit.verify(own.accessToken());
  assert.equal(state.asked[0]?.url, 'https://id.example.com/');
});

test('the longest answer about somebody with every attribute is read, a longer one is none', async () => {
  const UserAttributes = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      Name: `custom:${String(index).padStart(20, 'a')}`,
      Value: '\u0001'.repeat(2048),
    }));
  const of = (count: number) => () =>
    Response.json({ Username: 'ann', UserAttributes: UserAttributes(count) });
  await harness(of(70)).kit.verify(pool.accessToken());
  await assert.rejects(harness(of(100)).kit.verify(pool.accessToken()), { status: 503 });
});

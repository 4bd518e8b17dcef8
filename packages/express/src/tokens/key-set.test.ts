import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { KeySet, type Jwk, type KeyFound } from './key-set.ts';

const URI = 'https://id.example.com/pool/.well-known/jwks.json';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const [OLD, NEW, THIRD] = ['old', 'new', 'third'].map((kid) => rsaKey(kid));

function rsaKey(kid: string, modulusLength = 2048): Jwk {
  const { n, e } = generateKeyPairSync('rsa', { modulusLength }).publicKey.export({
    format: 'jwk',
  });
  return { kty: 'RSA', kid, use: 'sig', alg: 'RS256', n, e };
}

/** A key set, its clock, and what its pool answers; `publish` takes keys, a whole answer, or a failure. */
function harness(first: () => Response | Promise<Response>) {
  const state = { nowMs: 1_000_000, fetches: 0, failures: [] as unknown[], answer: first };
  const keySet = new KeySet(
    { uri: URI },
    {
      nowMs: () => state.nowMs,
      onFailure: (uri, cause) => state.failures.push([uri, String(cause)]),
      timeoutMs: 20,
      fetch: async (input, init) => {
        assert.equal(input, URI);
        assert.equal(init?.redirect, 'error');
        assert.ok(init?.signal instanceof AbortSignal);
        state.fetches += 1;
        return state.answer();
      },
    },
  );
  const find = async (kid: string): Promise<string> => {
    const found: KeyFound = await keySet.find(kid);
    return typeof found === 'string' ? found : 'found';
  };
  return { state, keySet, find };
}

const publishing =
  (...keys: (Jwk | undefined)[]) =>
  () =>
    Response.json({ keys });
const down = () => Promise.reject(new Error('connect ECONNREFUSED'));
/** Lets what runs in the background come to its end. */
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('keys are fetched once for everybody who waits, and then found at once', async () => {
  const { state, keySet, find } = harness(publishing(OLD));
  const found = await Promise.all([find('old'), find('old'), find('old'), find('other')]);
  assert.deepEqual(found, ['found', 'found', 'found', 'unknown']);
  assert.equal(state.fetches, 1);
  assert.ok(!(keySet.find('old') instanceof Promise));
});

test('a flood of unknown keys fetches once in ten seconds', async () => {
  const { state, find } = harness(publishing(OLD));
  await find('old');
  for (let second = 0; second < 60; second++) {
    state.nowMs += SECOND;
    const flood = Array.from({ length: 50 }, (_, index) => find(`invented-${second}-${index}`));
    assert.deepEqual([...new Set(await Promise.all(flood))], ['unknown']);
  }
  // The first load, and one fetch for each ten seconds of the minute.
  assert.equal(state.fetches, 1 + 6);
  assert.equal(await find('old'), 'found');
});

test('a new key is found with its first token', async () => {
  const { state, find } = harness(publishing(OLD));
  await find('old');
  state.answer = publishing(OLD, NEW);
  state.nowMs += 10 * SECOND;
  assert.equal(await find('new'), 'found');
  assert.equal(state.fetches, 2);
});

test('a key that was taken out counts until the refresh, and is dead after it', async () => {
  const { state, keySet, find } = harness(publishing(OLD, NEW));
  const old = await keySet.find('old');
  const kept = await keySet.find('new');
  assert.ok(typeof old === 'object' && typeof kept === 'object');
  state.answer = publishing(NEW, THIRD);
  state.nowMs += 10 * MINUTE;
  assert.equal(await find('old'), 'found');
  await settled();
  assert.equal(state.fetches, 2);
  assert.deepEqual([old.live, kept.live], [false, true]);
  assert.equal(await find('old'), 'unknown');
  assert.equal(await keySet.find('new'), kept, 'what stays published stays the same object');
});

test('a key whose id now means another key is dead', async () => {
  const { state, keySet } = harness(publishing(OLD));
  const old = await keySet.find('old');
  state.answer = publishing({ ...NEW, kid: 'old' });
  state.nowMs += 10 * MINUTE;
  keySet.keepFresh();
  await settled();
  assert.ok(typeof old === 'object' && !old.live);
  assert.notEqual(await keySet.find('old'), old);
});

test('while the pool is down the known keys serve on, for a day', async () => {
  const { state, keySet, find } = harness(publishing(OLD));
  const old = await keySet.find('old');
  state.answer = down;
  for (let hour = 1; hour < 24; hour++) {
    state.nowMs += 60 * MINUTE;
    assert.equal(await find('old'), 'found');
    assert.equal(await find('new'), 'unknown');
    await settled();
  }
  assert.equal(state.failures.length, 23);
  state.nowMs += 60 * MINUTE;
  assert.equal(await find('old'), 'unavailable');
  assert.ok(typeof old === 'object' && !old.live);
  state.answer = publishing(OLD);
  state.nowMs += 10 * SECOND;
  assert.equal(await find('old'), 'found');
});

test('without any keys nothing is found, and the pool is asked every two seconds', async () => {
  const { state, keySet, find } = harness(down);
  await assert.rejects(keySet.load(), /could not be fetched/);
  for (let index = 0; index < 20; index++) assert.equal(await find('old'), 'unavailable');
  assert.equal(state.fetches, 1);
  state.nowMs += 2 * SECOND;
  assert.equal(await find('old'), 'unavailable');
  assert.equal(state.fetches, 2);
  state.answer = publishing(OLD);
  state.nowMs += 2 * SECOND;
  assert.equal(await find('old'), 'found');
  await keySet.load();
  assert.equal(state.fetches, 3);
});

test('answers that are no key set change nothing and are reported', async (t) => {
  const answers: Record<string, () => Response | Promise<Response>> = {
    'status 500 with keys': () => Response.json({ keys: [NEW] }, { status: 500 }),
    'status 404': () => new Response('not found', { status: 404 }),
    'no JSON': () => new Response('<html>'),
    'an array': () => Response.json([NEW]),
    null: () => Response.json(null),
    'keys that are no list': () => Response.json({ keys: { new: NEW } }),
    'no key at all': () => Response.json({ keys: [] }),
    'too long': () => Response.json({ keys: [NEW], filler: 'a'.repeat(65_536) }),
    endless: () => new Response(endless()),
    never: () => new Promise<Response>(() => undefined),
    'no key of use': () =>
      Response.json({
        keys: [
          null,
          7,
          { ...NEW, kty: 'EC' },
          { ...NEW, use: 'enc' },
          { ...NEW, alg: 'RS512' },
          { ...NEW, kid: undefined },
          { ...NEW, kid: 7 },
          { ...NEW, n: 7 },
          { ...NEW, e: undefined },
          { kty: 'oct', kid: 'new', k: 'c2VjcmV0' },
          rsaKey('new', 1024),
        ],
      }),
  };
  for (const [name, answer] of Object.entries(answers)) {
    await t.test(name, async () => {
      const { state, find } = harness(publishing(OLD));
      await find('old');
      state.answer = answer;
      state.nowMs += 10 * SECOND;
      // The loop stays alive for the time limit, whose timer alone would not keep it so.
      const alive = setInterval(() => undefined, 1_000);
      assert.equal(await find('new'), 'unknown');
      clearInterval(alive);
      assert.equal(await find('old'), 'found');
      assert.equal(state.failures.length, 1);
    });
  }
});

test('of two keys with one id the first counts, and unknown members do not matter', async () => {
  const { keySet } = harness(publishing({ ...OLD, d: 'x' } as Jwk, { ...NEW, kid: 'old' }));
  const found = await keySet.find('old');
  assert.ok(typeof found === 'object');
  assert.equal(found.key.export({ format: 'jwk' }).n, OLD?.n);
  assert.equal(found.key.type, 'public');
});

test('fixed keys are never fetched; without any it is a mistake of the settings', () => {
  const context = { fetch: down, nowMs: Date.now, onFailure: () => assert.fail() };
  const keySet = new KeySet({ fixed: { keys: [OLD ?? {}] } }, context);
  assert.equal(typeof keySet.find('old'), 'object');
  assert.equal(keySet.find('new'), 'unknown');
  for (const fixed of [{ keys: [] }, {} as { keys: [] }]) {
    assert.throws(() => new KeySet({ fixed }, context), { name: 'ConfigurationError' });
  }
});

function endless(): ReadableStream {
  return new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(16_384)) });
}

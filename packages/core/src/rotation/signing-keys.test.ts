import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { poolId, type PoolId } from '../domain/ids.ts';
import { runSlice } from '../jobs/run-slice.ts';
import type { AuditedChange } from '../ports/stores/audit.ts';
import { PoolGoneError } from '../ports/stores/index.ts';
import { finishJobs } from '../testing/finish-jobs.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, signIn, type MadePool } from '../testing/signed-in.ts';
import { rotateSigningKeys } from './rotate-signing-keys.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

async function fixture(t: TestContext) {
  const harness = await openHarness(t);
  const made = await harness.makePool({}, { AccessTokenValidity: 24, IdTokenValidity: 24 });
  await addUser(harness, made, 'ann');
  const id = poolId(made.UserPoolId);
  harness.advance(HOUR);
  return { harness, made, id };
}

const kidOf = (token: string): string =>
  (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string })
    .kid;

async function published(harness: Harness, id: PoolId): Promise<readonly string[]> {
  return (await harness.world.signingKeys.of(id))?.jwks.map(({ kid }) => kid) ?? [];
}

/** Which keys sign an ID and an access token now. */
async function signing(harness: Harness, made: MadePool): Promise<readonly string[]> {
  const { IdToken, AccessToken } = await signIn(harness, made, 'ann');
  return [kidOf(IdToken), kidOf(AccessToken)];
}

const rotate = (harness: Harness, id: PoolId, atOnce = false) =>
  rotateSigningKeys(harness, id, { atOnce });

test('new signing keys are published ten minutes before they sign; the old ones go after their last token', async (t) => {
  const { harness, made, id } = await fixture(t);
  const former = await published(harness, id);
  assert.deepEqual(new Set(await signing(harness, made)), new Set(former));
  const startMs = harness.world.clock.nowMs();
  const rotation = await rotate(harness, id);
  assert.deepEqual(rotation, {
    kind: 'rotated',
    signFromMs: startMs + 10 * MINUTE,
    formerGoAtMs: startMs + 10 * MINUTE + 25 * HOUR,
  });
  const all = await published(harness, id);
  assert.equal(all.length, 4);
  harness.advance(10 * MINUTE - 1);
  assert.deepEqual(new Set(await signing(harness, made)), new Set(former));
  const last = await signIn(harness, made, 'ann');
  harness.advance(1);
  const fresh = await signing(harness, made);
  assert.deepEqual(new Set([...fresh, ...former]), new Set(all));

  // Tokens of both are good until they end, and so long both keys are published.
  harness.advance(24 * HOUR - MINUTE);
  await harness.call('GetUser', { AccessToken: last.AccessToken });
  assert.deepEqual(await published(harness, id), all);
  await finishJobs(harness);
  assert.equal(harness.world.clock.nowMs(), startMs + 10 * MINUTE + 25 * HOUR);
  assert.deepEqual(new Set(await published(harness, id)), new Set(fresh));
  const now = await signIn(harness, made, 'ann');
  await harness.call('GetUser', { AccessToken: now.AccessToken });
  assert.deepEqual(new Set([kidOf(now.IdToken), kidOf(now.AccessToken)]), new Set(fresh));
});

test('keys that do not sign yet are not rotated', async (t) => {
  const { harness, id } = await fixture(t);
  const startMs = harness.world.clock.nowMs();
  await rotate(harness, id);
  const all = await published(harness, id);
  harness.advance(10 * MINUTE - 1);
  assert.deepEqual(await rotate(harness, id), {
    kind: 'pending',
    signFromMs: startMs + 10 * MINUTE,
  });
  assert.deepEqual(await published(harness, id), all);
  harness.advance(1);
  assert.equal((await rotate(harness, id)).kind, 'rotated');
  assert.equal((await published(harness, id)).length, 6);
});

test('who rotates often keeps no key longer than its tokens', async (t) => {
  const { harness, id } = await fixture(t);
  const { storage, world } = harness;
  for (let rotation = 0; rotation < 12; rotation += 1) {
    await rotate(harness, id);
    harness.advance(10 * HOUR);
    const nowMs = world.clock.nowMs();
    const job = await storage.stores.jobs.claim({ nowMs, leaseMs: 1_000, lease: 'test' });
    if (job !== undefined) await runSlice({ storage, world }, job, nowMs);
    // Those of the last 25 hours, and the one that signed when they began.
    const count = (await published(harness, id)).length;
    assert(count <= 2 * 4, `${count} keys after ${rotation} rotations`);
  }
});

test('known keys are replaced at once: their tokens are refused, refresh tokens go on', async (t) => {
  const { harness, made, id } = await fixture(t);
  const former = await published(harness, id);
  const { AccessToken, RefreshToken } = await signIn(harness, made, 'ann');
  const nowMs = harness.world.clock.nowMs();
  assert.deepEqual(await rotate(harness, id, true), { kind: 'rotated', signFromMs: nowMs });
  const all = await published(harness, id);
  assert.equal(all.length, 2);
  assert.deepEqual(
    all.filter((kid) => former.includes(kid)),
    [],
  );
  await harness.refuses('GetUser', { AccessToken }, 'NotAuthorizedException');
  const renewed = await harness.call('InitiateAuth', {
    ClientId: made.ClientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: RefreshToken },
  });
  await harness.call('GetUser', { AccessToken: renewed.AuthenticationResult?.AccessToken ?? '' });
  // Twice in a row, too: there is nothing to wait for.
  assert.equal((await rotate(harness, id, true)).kind, 'rotated');
  assert.equal((await published(harness, id)).length, 2);
});

test('a rotation stands on the audit, and the keys of a new pool are no news', async (t) => {
  const { harness, id } = await fixture(t);
  const { audit } = harness.storage.stores;
  const entriesOf = async (operation: string) => (await audit.list({ operation }, 10)).items;
  assert.deepEqual(
    (await entriesOf('CreateUserPool'))[0]?.changes.map(({ record }) => record),
    ['user-pool'],
  );
  const former = new Set(await published(harness, id));
  await rotate(harness, id);
  const fresh = (await published(harness, id)).filter((kid) => !former.has(kid));
  const [entry] = await entriesOf('rotate signing-keys');
  assert.equal(entry?.poolId, id);
  assert.equal(entry?.actor, 'command line');
  const noted = entry?.changes as readonly AuditedChange[];
  assert.deepEqual(new Set(noted.map(({ name }) => name)), new Set(fresh));
  assert.deepEqual(
    noted.map(({ record, before, after }) => [record, before, after]),
    [
      ['signing-key', undefined, { use: 'id' }],
      ['signing-key', undefined, { use: 'access' }],
    ],
  );
  await rotate(harness, id, true);
  const [latest] = await entriesOf('rotate signing-keys');
  assert.equal(latest?.changes.filter((change) => 'before' in change).length, 4);
});

test('a pool that is gone, or goes meanwhile, gets no keys', async (t) => {
  const { harness, made, id } = await fixture(t);
  await assert.rejects(rotate(harness, poolId('eu-west-1_nosuchone')), PoolGoneError);
  const { signingKeys } = harness.world;
  // It goes while the keys are made.
  const meanwhile = {
    ...signingKeys,
    generate: async () => {
      await harness.call('DeleteUserPool', { UserPoolId: made.UserPoolId });
      return signingKeys.generate();
    },
  };
  const { clock, random, vault } = harness.world;
  const world = { clock, random, vault, signingKeys: meanwhile };
  const late = rotateSigningKeys({ storage: harness.storage, world }, id, { atOnce: false });
  await assert.rejects(late, PoolGoneError);
  assert.deepEqual(await harness.storage.stores.signingKeys.of(id), []);
  assert.equal(await signingKeys.of(id), undefined);
});

test('a clock that was set back does not make new keys older than the ones before', async (t) => {
  const { harness, made, id } = await fixture(t);
  const former = await published(harness, id);
  harness.advance(-2 * HOUR);
  assert.equal((await rotate(harness, id)).kind, 'rotated');
  assert.deepEqual((await published(harness, id)).slice(0, 2), former);
  harness.advance(2 * HOUR + 10 * MINUTE + 1);
  const fresh = await signing(harness, made);
  assert.equal(fresh.filter((kid) => former.includes(kid)).length, 0);
});
